import { GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iam } from "#/api/clients";
import { isCode } from "#/api/refusal";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { Failure } from "#/parts/Failure";
import { exact } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

/** What AWS's console calls the inline policy that refuses sessions which began before a moment. */
const POLICY_NAME = "AWSRevokeOlderSessions";

/** Ends what sessions of a role can do that have begun by now: whoever has their credentials is refused. */
export function RevokeTab({ name }: { name: string }) {
  const revoked = useLoad(() => revokedUntil(name), [name]);
  const [asking, setAsking] = useState(false);
  const notify = useNotify();

  async function revoke() {
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName: POLICY_NAME, PolicyDocument: denyBefore(new Date()) }),
    );
    notify.success(`The active sessions of ${name} are revoked.`);
    setAsking(false);
    revoked.reload();
  }

  return (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={() => setAsking(true)}>Revoke active sessions</Button>}>
          Revoke all active sessions
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>
          If you suspect that credentials of the role are in the wrong hands, revoke its active sessions: an inline
          policy then denies all actions to sessions that began before that moment. Whoever may assume the role can
          begin a new session.
        </Box>
        {revoked.error !== undefined && (
          <Failure what="When sessions were last revoked could not be found out" error={revoked.error} />
        )}
        {revoked.value && (
          <Alert type="info" statusIconAriaLabel="Info">
            Sessions that began before {exact(revoked.value)} are revoked, by the inline policy{" "}
            <RouterLink to={`/roles/${encodeURIComponent(name)}/inline/${POLICY_NAME}`}>{POLICY_NAME}</RouterLink>.
          </Alert>
        )}
      </SpaceBetween>
      {asking && (
        <ConfirmDelete
          title="Revoke active sessions?"
          button="Revoke active sessions"
          typed={name}
          onConfirm={revoke}
          onDismiss={() => setAsking(false)}
        >
          All who use the role now are refused at once, the good ones as well. They have to assume it again.
        </ConfirmDelete>
      )}
    </Container>
  );
}

function denyBefore(moment: Date): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": moment.toISOString() } },
      },
    ],
  });
}

async function revokedUntil(RoleName: string): Promise<Date | null> {
  try {
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME }));
    const moment = /"aws:TokenIssueTime"\s*:\s*"([^"]+)"/.exec(decodeURIComponent(PolicyDocument))?.[1];
    return moment ? new Date(moment) : null;
  } catch (error) {
    if (isCode(error, "NoSuchEntity")) return null;
    throw error;
  }
}
