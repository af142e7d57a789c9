import { type Group, ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { iam } from "#/api/clients";
import { removeFromGroup } from "#/api/groups";
import { listAll } from "#/api/pages";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { EntityTable } from "#/parts/EntityTable";
import { RouterLink } from "#/parts/RouterLink";
import { AddToGroups } from "./AddToGroups";

export const GROUP_COLUMNS: TableProps.ColumnDefinition<Group>[] = [
  {
    id: "name",
    header: "Group name",
    isRowHeader: true,
    sortingField: "GroupName",
    cell: ({ GroupName = "" }) => <RouterLink to={`/groups/${encodeURIComponent(GroupName)}`}>{GroupName}</RouterLink>,
  },
  { id: "path", header: "Path", sortingField: "Path", cell: (group) => group.Path },
];

/** The groups that a user is in: it can be put into more, and taken out of some. */
export function GroupsTab({ userName }: { userName: string }) {
  const notify = useNotify();
  const groups = useLoad(
    () =>
      listAll(
        (Marker) => iam.send(new ListGroupsForUserCommand({ UserName: userName, Marker, MaxItems: 1000 })),
        (page) => page.Groups,
      ),
    [userName],
  );
  const [selected, setSelected] = useState<Group[]>([]);
  const [dialogue, setDialogue] = useState<"add" | "remove">();
  const names = selected.map((group) => group.GroupName ?? "");

  function leave(changed: boolean) {
    setDialogue(undefined);
    if (!changed) return;
    setSelected([]);
    groups.reload();
  }

  async function remove() {
    for (const name of names) await removeFromGroup(name, userName);
    notify.success(`${userName} removed from ${names.join(", ")}.`);
    leave(true);
  }

  return (
    <>
      <EntityTable<Group>
        title="User groups membership"
        noun="group"
        description="A user group is a collection of IAM users. Use groups to specify permissions for a collection of users."
        variant="container"
        headingTag="h2"
        preferencesKey="groups-of-user"
        loaded={groups}
        columns={GROUP_COLUMNS}
        trackBy={(group) => group.GroupName ?? ""}
        textOf={(group) => group.GroupName ?? ""}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={names.length === 0} onClick={() => setDialogue("remove")}>
              Remove
            </Button>
            <Button onClick={() => setDialogue("add")}>Add user to groups</Button>
          </>
        }
      />
      {dialogue === "add" && <AddToGroups userName={userName} present={groups.value ?? []} onLeave={leave} />}
      {dialogue === "remove" && (
        <ConfirmDelete
          title={`Remove ${userName} from ${names.length === 1 ? names[0] : `${names.length} groups`}?`}
          button="Remove"
          onConfirm={remove}
          onDismiss={() => leave(true)}
        >
          The user loses the permissions that come by {names.join(", ")}.
        </ConfirmDelete>
      )}
    </>
  );
}
