import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextContent from "@cloudscape-design/components/text-content";
import { useState } from "react";
import { useLoad } from "#/api/useLoad";
import { EditPasswordPolicy } from "#/pages/settings/EditPasswordPolicy";
import { getPasswordPolicy, rulesOf } from "#/pages/settings/passwordPolicy";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";

/** What the account asks of its users' passwords. */
export function PasswordPolicyCard() {
  const loaded = useLoad(getPasswordPolicy, []);
  const [editing, setEditing] = useState(false);
  const policy = loaded.value;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Configure the password requirements for the IAM users."
          actions={
            <Button disabled={policy === undefined} onClick={() => setEditing(true)}>
              Edit password policy
            </Button>
          }
        >
          Password policy
        </Header>
      }
    >
      {loaded.error !== undefined && (
        <Failure what="The password policy could not be shown" error={loaded.error} onRetry={loaded.reload} />
      )}
      {loaded.loading && policy === undefined && <Loading />}
      {policy !== undefined && (
        <SpaceBetween size="xs">
          {policy === null
            ? "This account uses the default password policy of IAM:"
            : "This account uses a custom password policy:"}
          <TextContent>
            <ul>
              {rulesOf(policy).map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </TextContent>
        </SpaceBetween>
      )}
      {editing && policy !== undefined && (
        <EditPasswordPolicy
          policy={policy}
          onClose={(changed) => {
            setEditing(false);
            if (changed) loaded.reload();
          }}
        />
      )}
    </Container>
  );
}
