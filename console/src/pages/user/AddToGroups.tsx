import type { Group } from "@aws-sdk/client-iam";
import { useState } from "react";
import { addToGroup, listGroups } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { useNotify } from "#/app/notifications";
import { EntityTable } from "#/parts/EntityTable";
import { FormModal } from "#/parts/FormModal";
import { GROUP_COLUMNS } from "./GroupsTab";

interface Properties {
  userName: string;
  /** The groups that the user is in already. */
  present: Group[];
  onLeave: (changed: boolean) => void;
}

/** Puts a user into groups. */
export function AddToGroups({ userName, present, onLeave }: Properties) {
  const notify = useNotify();
  const groups = useLoad((early: (groups: Group[]) => void) => listGroups(early), []);
  const [selected, setSelected] = useState<Group[]>([]);
  const inside = new Set(present.map((group) => group.GroupName));

  async function add() {
    const names = selected.map((group) => group.GroupName ?? "");
    for (const name of names) await addToGroup(name, userName);
    notify.success(`${userName} added to ${names.join(", ")}.`);
    onLeave(true);
  }

  return (
    <FormModal
      title={`Add ${userName} to groups`}
      button="Add user to groups"
      size="large"
      enterSubmits={false}
      disabled={selected.length === 0}
      onSubmit={add}
      onDismiss={() => onLeave(true)}
    >
      <EntityTable<Group>
        title="Other user groups"
        noun="group"
        variant="container"
        headingTag="h2"
        preferencesKey="other-groups"
        loaded={{ ...groups, value: groups.value?.filter((group) => !inside.has(group.GroupName)) }}
        columns={GROUP_COLUMNS}
        trackBy={(group) => group.GroupName ?? ""}
        textOf={(group) => group.GroupName ?? ""}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
      />
    </FormModal>
  );
}
