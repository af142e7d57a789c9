import Table from "@cloudscape-design/components/table";
import { kindOfPolicy, nameOfPolicy } from "#/api/policies";
import type { Permissions } from "./permissions";

interface Row {
  name: string;
  type: string;
  usedAs: string;
}

/** What a user gets, as a summary: a row for each group, policy, and boundary. */
export function PermissionsList({ permissions }: { permissions: Permissions }) {
  return (
    <Table<Row>
      variant="embedded"
      ariaLabels={{ tableLabel: "Permissions summary" }}
      items={rowsOf(permissions)}
      trackBy={(row) => `${row.usedAs} ${row.type} ${row.name}`}
      empty="No permissions. The user can do nothing until it is given some."
      columnDefinitions={[
        { id: "name", header: "Name", isRowHeader: true, cell: (row) => row.name },
        { id: "type", header: "Type", cell: (row) => row.type },
        { id: "usedAs", header: "Used as", cell: (row) => row.usedAs },
      ]}
    />
  );
}

function rowsOf({ groups, policies, inline, boundary }: Permissions): Row[] {
  return [
    ...groups.map((name) => ({ name, type: "Group", usedAs: "Permissions group" })),
    ...policies.map((arn) => ({ name: nameOfPolicy(arn), type: kindOfPolicy(arn), usedAs: "Permissions policy" })),
    ...inline.map(({ name }) => ({ name, type: "Inline", usedAs: "Permissions policy" })),
    ...(boundary
      ? [{ name: nameOfPolicy(boundary), type: kindOfPolicy(boundary), usedAs: "Permissions boundary" }]
      : []),
  ];
}
