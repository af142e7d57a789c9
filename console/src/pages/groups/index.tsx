import type { Group } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { listGroups } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { DeleteGroups } from "#/pages/groups/DeleteGroups";
import { MemberCount } from "#/pages/groups/MemberCount";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";

const COLUMNS: TableProps.ColumnDefinition<Group>[] = [
  {
    id: "name",
    header: "Group name",
    cell: (group) => (
      <RouterLink to={`/groups/${encodeURIComponent(group.GroupName ?? "")}`}>{group.GroupName}</RouterLink>
    ),
    sortingField: "GroupName",
    isRowHeader: true,
  },
  { id: "users", header: "Users", cell: (group) => <MemberCount group={group.GroupName ?? ""} /> },
  { id: "path", header: "Path", cell: (group) => group.Path, sortingField: "Path" },
  {
    id: "created",
    header: "Creation time",
    cell: (group) => <Moment at={group.CreateDate} />,
    sortingComparator: (a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0),
  },
];

export default function GroupsPage() {
  const groups = useLoad(listGroups, []);
  const [selected, setSelected] = useState<Group[]>([]);
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();

  return (
    <>
      <EntityTable<Group>
        title="User groups"
        noun="group"
        description="A user group is a collection of IAM users. Use groups to specify permissions for a collection of users."
        loaded={groups}
        columns={COLUMNS}
        trackBy={(group) => group.GroupName ?? ""}
        textOf={(group) => `${group.GroupName} ${group.Path}`}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={selected.length === 0} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button variant="primary" onClick={() => void navigate("/create-group")}>
              Create group
            </Button>
          </>
        }
      />
      {deleting && (
        <DeleteGroups
          names={selected.map((group) => group.GroupName ?? "")}
          onDone={() => {
            setDeleting(false);
            setSelected([]);
            groups.reload();
          }}
          onDismiss={() => {
            setDeleting(false);
            groups.reload();
          }}
        />
      )}
    </>
  );
}
