import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { removeFromGroup, usersOf } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { AddUsers } from "#/pages/group/AddUsers";
import { ConfirmDelete } from "#/parts/ConfirmDelete";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

const COLUMNS: TableProps.ColumnDefinition<User>[] = [
  {
    id: "name",
    header: "User name",
    cell: (user) => <RouterLink to={`/users/${encodeURIComponent(user.UserName ?? "")}`}>{user.UserName}</RouterLink>,
    sortingField: "UserName",
    isRowHeader: true,
  },
  { id: "activity", header: "Password last used", cell: (user) => <Moment at={user.PasswordLastUsed} none="Never" /> },
  { id: "created", header: "Creation time", cell: (user) => <Moment at={user.CreateDate} /> },
];

/** Who is in a group: more can be added, and some removed. */
export function UsersTab({ group }: { group: string }) {
  const users = useLoad((early: (users: User[]) => void) => usersOf(group, early), [group]);
  const [selected, setSelected] = useState<User[]>([]);
  const [dialogue, setDialogue] = useState<"add" | "remove">();
  const notify = useNotify();
  const names = selected.map((user) => user.UserName ?? "");

  function close(changed: boolean) {
    setDialogue(undefined);
    if (!changed) return;
    setSelected([]);
    users.reload();
  }

  async function remove() {
    for (const name of names) await removeFromGroup(group, name);
    notify.success(names.length === 1 ? `${names[0]} removed from ${group}.` : `${names.length} users removed.`);
    close(true);
  }

  return (
    <>
      <EntityTable<User>
        title="Users in this group"
        noun="user"
        description="An IAM user is an entity that you create to represent a person or application."
        variant="container"
        headingTag="h2"
        loaded={users}
        columns={COLUMNS}
        trackBy={(user) => user.UserName ?? ""}
        textOf={(user) => user.UserName ?? ""}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={names.length === 0} onClick={() => setDialogue("remove")}>
              Remove
            </Button>
            <Button variant="primary" onClick={() => setDialogue("add")}>
              Add users
            </Button>
          </>
        }
      />
      {dialogue === "add" && (
        <AddUsers group={group} present={(users.value ?? []).map((user) => user.UserName ?? "")} onClose={close} />
      )}
      {dialogue === "remove" && (
        <ConfirmDelete
          title={
            names.length === 1 ? `Remove ${names[0]} from ${group}?` : `Remove ${names.length} users from ${group}?`
          }
          button="Remove"
          onConfirm={remove}
          onDismiss={() => close(true)}
        >
          They lose the permissions that the group gives.
        </ConfirmDelete>
      )}
    </>
  );
}
