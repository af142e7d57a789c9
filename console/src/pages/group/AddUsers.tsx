import type { User } from "@aws-sdk/client-iam";
import { useState } from "react";
import { addToGroup, listUsers } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { FormModal } from "#/parts/FormModal";
import { UserPicker } from "#/parts/UserPicker";

interface Properties {
  group: string;
  /** Who is in the group already. */
  present: string[];
  onClose: (changed: boolean) => void;
}

/** Adds users to a group. */
export function AddUsers({ group, present, onClose }: Properties) {
  const users = useLoad((early: (users: User[]) => void) => listUsers(early), []);
  const [names, setNames] = useState<string[]>([]);
  const notify = useNotify();
  const members = new Set(present);

  async function add() {
    for (const name of names) await addToGroup(group, name);
    notify.success(names.length === 1 ? `${names[0]} added to ${group}.` : `${names.length} users added to ${group}.`);
    onClose(true);
  }

  return (
    <FormModal
      title={`Add users to ${group}`}
      button="Add users"
      size="large"
      enterSubmits={false}
      disabled={names.length === 0}
      onSubmit={add}
      onDismiss={() => onClose(true)}
    >
      <UserPicker
        users={{ ...users, value: users.value?.filter((user) => !members.has(user.UserName ?? "")) }}
        description="Users who are not in the group yet."
        onChange={setNames}
      />
    </FormModal>
  );
}
