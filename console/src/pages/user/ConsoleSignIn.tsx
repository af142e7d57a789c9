import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { Loaded } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { useSession } from "#/app/session";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { CopyText } from "#/parts/CopyText";
import { Moment } from "#/parts/Moment";
import { type ConsoleAccess, disableConsoleAccess } from "./consoleAccess";
import { Fact } from "./Fact";
import { SetPassword } from "./SetPassword";

interface Properties {
  name: string;
  user: Loaded<User | undefined>;
  access: Loaded<ConsoleAccess>;
}

/** Whether and how a user signs in, and what can be done about that. */
export function ConsoleSignIn({ name, user, access }: Properties) {
  const { account } = useSession();
  const notify = useNotify();
  const [dialogue, setDialogue] = useState<"password" | "disable">();
  const enabled = access.value?.enabled ?? false;

  function leave(changed: boolean) {
    setDialogue(undefined);
    if (changed) access.reload();
  }

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {enabled && <Button onClick={() => setDialogue("disable")}>Disable console access</Button>}
              {/* Who may not see whether there is a password may still be let to set one. */}
              <Button disabled={access.loading && !access.value} onClick={() => setDialogue("password")}>
                {enabled ? "Reset password" : "Enable console access"}
              </Button>
            </SpaceBetween>
          }
        >
          Console sign-in
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        minColumnWidth={220}
        items={[
          { label: "Console sign-in link", value: <CopyText text={account.signInUrl} label="Console sign-in link" /> },
          { label: "Console password", value: <Fact loaded={access}>{(known) => <Password access={known} />}</Fact> },
          {
            label: "Last console sign-in",
            value: <Fact loaded={user}>{(known) => <Moment at={known?.PasswordLastUsed} none="Never" />}</Fact>,
          },
        ]}
      />
      {dialogue === "password" && <SetPassword userName={name} hasOne={enabled} onLeave={leave} />}
      {dialogue === "disable" && (
        <ConfirmDelete
          title={`Disable console access of ${name}?`}
          button="Disable access"
          onConfirm={async () => {
            await disableConsoleAccess(name);
            notify.success(`Console access of ${name} disabled.`);
            leave(true);
          }}
          onDismiss={() => leave(false)}
        >
          The password is deleted, and the user is signed out everywhere. Access keys go on working.
        </ConfirmDelete>
      )}
    </Container>
  );
}

function Password({ access }: { access: ConsoleAccess }) {
  if (!access.enabled) return <StatusIndicator type="stopped">Not enabled</StatusIndicator>;
  return (
    <>
      Enabled <Moment at={access.since} />
      {access.mustChange && <StatusIndicator type="info">Must be changed at next sign-in</StatusIndicator>}
    </>
  );
}
