import type { Group } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { listGroups } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";
import { NewGroup } from "./NewGroup";

interface Properties {
  selected: string[];
  onChange: (names: string[]) => void;
}

/** A table of groups to choose from, in which a new one can be made. */
export function GroupChoice({ selected, onChange }: Properties) {
  const loaded = useLoad((early: (groups: Group[]) => void) => listGroups(early), []);
  const [creating, setCreating] = useState(false);

  return (
    <>
      <EntityTable<Group>
        title="User groups"
        noun="group"
        variant="container"
        headingTag="h2"
        preferencesKey="group-choice"
        loaded={loaded}
        trackBy={nameOf}
        textOf={nameOf}
        selectionType="multi"
        selected={selected.map((name) => loaded.value?.find((group) => group.GroupName === name) ?? named(name))}
        onSelect={(groups) => onChange(groups.map(nameOf))}
        actions={<Button onClick={() => setCreating(true)}>Create group</Button>}
        columns={[
          {
            id: "name",
            header: "Group name",
            isRowHeader: true,
            sortingField: "GroupName",
            cell: (group) => (
              <RouterLink to={`/groups/${encodeURIComponent(nameOf(group))}`} target="_blank">
                {nameOf(group)}
              </RouterLink>
            ),
          },
          { id: "path", header: "Path", sortingField: "Path", cell: (group) => group.Path },
          {
            id: "created",
            header: "Created",
            sortingComparator: (a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0),
            cell: (group) => <Moment at={group.CreateDate} />,
          },
        ]}
      />
      {creating && (
        <NewGroup
          onLeave={(created) => {
            setCreating(false);
            if (created === undefined) return;
            onChange([...selected, created]);
            loaded.reload();
          }}
        />
      )}
    </>
  );
}

function nameOf(group: Group): string {
  return group.GroupName ?? "";
}

/** Stands in for a group that is not listed yet. */
function named(GroupName: string): Group {
  return { GroupName, Path: undefined, GroupId: undefined, Arn: undefined, CreateDate: undefined };
}
