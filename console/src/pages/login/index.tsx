import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSearchParams } from "react-router";
import { grantLogin } from "#/api/signIn";
import { useSession } from "#/app/session";
import { type LoginRequest, parseLoginRequest, parseLoopback } from "#/pages/login/request";
import { Failure } from "#/parts/Failure";
import { useSubmission } from "#/parts/useSubmission";

/** Asks the person whether a program on their own machine may sign in as they are. */
export default function Page() {
  const [search] = useSearchParams();
  const request = parseLoginRequest(search);
  return (
    <ContentLayout header={<Header variant="h1">Sign in from the command line</Header>}>
      {request ? (
        <Ask request={request} />
      ) : (
        <Alert type="error" statusIconAriaLabel="Error" header="This request cannot be granted">
          It is not whole, or would send the sign-in to another machine. Run <Box variant="code">ostiary login</Box>{" "}
          again, and go on from the address that it prints.
        </Alert>
      )}
    </ContentLayout>
  );
}

function Ask({ request }: { request: LoginRequest }) {
  const { account, principal, mfa } = useSession();
  const { busy, error, run } = useSubmission({ leaves: true });
  const { redirectUri, codeChallenge, state } = request;

  async function allow() {
    leaveFor(parseLoopback(await grantLogin(redirectUri.href, codeChallenge, state)));
  }

  function deny() {
    const denied = new URL(redirectUri);
    denied.search = new URLSearchParams({ error: "access_denied", state }).toString();
    leaveFor(denied);
  }

  return (
    <SpaceBetween size="l">
      {error !== undefined && <Failure what="The program was not signed in" error={error} />}
      <Container
        header={
          <Header
            variant="h2"
            description="Allow it only if you have just run ostiary login on this computer yourself."
          >
            A program on this computer asks to sign in as you
          </Header>
        }
        footer={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" loading={busy} onClick={() => void run(allow)}>
              Allow
            </Button>
            <Button disabled={busy} onClick={deny}>
              Deny
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Program", value: `Waits at ${redirectUri.host} on this computer` },
              { label: "Account", value: account.alias ? `${account.alias} (${account.id})` : account.id },
              { label: "Signs in as", value: principal.kind === "root" ? "Root user" : principal.userName },
            ]}
          />
          <Box>
            It gets temporary credentials with all of your permissions, which it can renew for 12 hours.{" "}
            {mfa
              ? "They count as signed in with MFA, as you are."
              : "They do not count as signed in with MFA, as you are not."}{" "}
            You can end this sign-in at any time under Security credentials.
          </Box>
        </SpaceBetween>
      </Container>
      {principal.kind === "root" && (
        <Alert type="warning" statusIconAriaLabel="Warning">
          You would sign the program in as the root user, whom nothing restricts. Sign in as an IAM user instead.
        </Alert>
      )}
    </SpaceBetween>
  );
}

/** Goes back to the program that waits; never to another machine, whatever the server or the address said. */
function leaveFor(url: URL | undefined): void {
  if (!url) throw new Error("the answer leads to another machine");
  window.location.assign(url);
}
