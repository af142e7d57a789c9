import type { User } from "@aws-sdk/client-iam";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import type { Loaded } from "#/api/useLoad";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";

const COLUMNS: TableProps.ColumnDefinition<User>[] = [
  { id: "name", header: "User name", cell: (user) => user.UserName, sortingField: "UserName", isRowHeader: true },
  {
    id: "activity",
    header: "Password last used",
    cell: (user) => <Moment at={user.PasswordLastUsed} none="Never" />,
    sortingComparator: (a, b) => (a.PasswordLastUsed?.getTime() ?? 0) - (b.PasswordLastUsed?.getTime() ?? 0),
  },
  {
    id: "created",
    header: "Creation time",
    cell: (user) => <Moment at={user.CreateDate} />,
    sortingComparator: (a, b) => (a.CreateDate?.getTime() ?? 0) - (b.CreateDate?.getTime() ?? 0),
  },
];

interface Properties {
  users: Loaded<User[]>;
  description: string;
  onChange: (names: string[]) => void;
}

/** A table to choose users from. */
export function UserPicker({ users, description, onChange }: Properties) {
  const [selected, setSelected] = useState<User[]>([]);
  return (
    <EntityTable<User>
      title="Users"
      noun="user"
      description={description}
      variant="container"
      headingTag="h2"
      preferencesKey="user-picker"
      loaded={users}
      columns={COLUMNS}
      trackBy={(user) => user.UserName ?? ""}
      textOf={(user) => user.UserName ?? ""}
      selectionType="multi"
      selected={selected}
      onSelect={(chosen) => {
        setSelected(chosen);
        onChange(chosen.map((user) => user.UserName ?? ""));
      }}
    />
  );
}
