import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { csvOf, download } from "#/api/csv";
import { useSession } from "#/app/session";
import { CopyText } from "#/parts/CopyText";
import { Secret } from "#/parts/Secret";

interface Properties {
  userName: string;
  password: string;
  /** Told when somebody can have read or taken the password. */
  onTaken?: () => void;
}

/** What a user signs in with; this once, with the password. */
export function SignInDetails({ userName, password, onTaken }: Properties) {
  const { account } = useSession();

  function save() {
    const row = [userName, password, account.signInUrl];
    download(`${userName}_credentials.csv`, csvOf(["User name", "Password", "Console sign-in URL"], [row]));
    onTaken?.();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="envelope" href={instructions(userName, account.signInUrl)}>
                Email sign-in instructions
              </Button>
              <Button iconName="download" onClick={save}>
                Download .csv file
              </Button>
            </SpaceBetween>
          }
        >
          Console sign-in details
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        minColumnWidth={220}
        items={[
          { label: "Console sign-in URL", value: <CopyText text={account.signInUrl} label="Console sign-in URL" /> },
          { label: "User name", value: <CopyText text={userName} label="User name" /> },
          {
            label: "Console password",
            value: <Secret text={password} label="console password" {...(onTaken ? { onTaken } : {})} />,
          },
        ]}
      />
    </Container>
  );
}

/** A mail to write, which leaves the password out: mail is no place for it. */
function instructions(userName: string, signInUrl: string): string {
  const subject = "Welcome: how to sign in";
  const body = [
    "Hello,",
    "",
    "You now have access to the console. Sign in here:",
    signInUrl,
    "",
    `Your user name: ${userName}`,
    "Your password will be given to you separately.",
  ].join("\r\n");
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
