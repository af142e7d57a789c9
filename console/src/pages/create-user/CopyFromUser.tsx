import type { User } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { listUsers } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { Failure } from "#/parts/Failure";
import { Moment } from "#/parts/Moment";
import type { Change, UserDraft } from "./draft";
import { PermissionsList } from "./PermissionsList";
import { permissionsOfUser } from "./permissions";

interface Properties {
  draft: UserDraft;
  onChange: Change;
  insist: boolean;
}

/** A table of users to copy from, and what the chosen one has. */
export function CopyFromUser({ draft, onChange, insist }: Properties) {
  const loaded = useLoad((early: (users: User[]) => void) => listUsers(early), []);
  const [error, setError] = useState<unknown>();
  const chosen = loaded.value?.filter((user) => user.UserName === draft.copyFrom);

  async function choose(name: string) {
    setError(undefined);
    onChange({ copyFrom: name, copied: undefined });
    try {
      onChange({ copyFrom: name, copied: await permissionsOfUser(name) });
    } catch (failure) {
      setError(failure);
    }
  }

  return (
    <SpaceBetween size="l">
      {insist && draft.copyFrom === undefined && (
        <Alert type="error" statusIconAriaLabel="Error">
          Choose the user to copy permissions from.
        </Alert>
      )}
      <EntityTable<User>
        title="Users to copy from"
        noun="user"
        variant="container"
        headingTag="h2"
        preferencesKey="copy-from"
        loaded={loaded}
        trackBy={(user) => user.UserName ?? ""}
        textOf={(user) => user.UserName ?? ""}
        selectionType="single"
        selected={chosen ?? []}
        onSelect={([user]) => user?.UserName && void choose(user.UserName)}
        columns={[
          {
            id: "name",
            header: "User name",
            isRowHeader: true,
            sortingField: "UserName",
            cell: (user) => user.UserName,
          },
          { id: "path", header: "Path", sortingField: "Path", cell: (user) => user.Path },
          { id: "last", header: "Console last sign-in", cell: (user) => <Moment at={user.PasswordLastUsed} /> },
        ]}
      />
      {draft.copyFrom && (
        <Container header={<Header variant="h2">Permissions of {draft.copyFrom}</Header>}>
          {error !== undefined && (
            <Failure
              what={`What ${draft.copyFrom} has could not be read, so it cannot be copied`}
              error={error}
              onRetry={() => draft.copyFrom && void choose(draft.copyFrom)}
            />
          )}
          {error === undefined && !draft.copied && <StatusIndicator type="loading">Loading</StatusIndicator>}
          {draft.copied && <PermissionsList permissions={draft.copied} />}
        </Container>
      )}
    </SpaceBetween>
  );
}
