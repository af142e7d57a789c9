import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useSession } from "#/app/session";
import { ChangePassword } from "#/pages/security-credentials/ChangePassword";
import { CopyText } from "#/parts/CopyText";
import { exact } from "#/parts/Moment";

/** Who one is, as policies name it, and how long one stays signed in. */
export function Details() {
  const { account, principal, mfa, expiresAt, idleMinutes } = useSession();
  const [changing, setChanging] = useState(false);
  const isRoot = principal.kind === "root";
  return (
    <Container
      header={
        <Header variant="h2" actions={<Button onClick={() => setChanging(true)}>Update console password</Button>}>
          Account details
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          isRoot
            ? { label: "Root user email address", value: principal.email }
            : { label: "User name", value: principal.userName },
          { label: "ARN", value: <CopyText text={principal.arn} label="ARN" /> },
          { label: "Unique ID", value: <CopyText text={principal.id} label="Unique ID" /> },
          { label: "Account ID", value: <CopyText text={account.id} label="Account ID" /> },
          { label: "Console sign-in link", value: <CopyText text={account.signInUrl} label="Console sign-in link" /> },
          {
            label: "Signed in with MFA",
            value: mfa ? (
              <StatusIndicator type="success">Yes</StatusIndicator>
            ) : (
              <StatusIndicator type="warning">No</StatusIndicator>
            ),
          },
          {
            label: "This sign-in lasts",
            value: `Until ${exact(new Date(expiresAt))}, or ${idleMinutes} minutes without use`,
          },
        ]}
      />
      {changing && <ChangePassword isRoot={isRoot} onDismiss={() => setChanging(false)} />}
    </Container>
  );
}
