import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { listUsers } from "#/api/groups";
import { useLoad } from "#/api/useLoad";
import { hrefOf } from "#/app/href";
import { EntityTable } from "#/parts/EntityTable";
import { Moment } from "#/parts/Moment";
import { RouterLink } from "#/parts/RouterLink";
import { DeleteUsers } from "./DeleteUsers";

const COLUMNS: TableProps.ColumnDefinition<User>[] = [
  {
    id: "name",
    header: "User name",
    isRowHeader: true,
    sortingField: "UserName",
    cell: ({ UserName = "" }) => <RouterLink to={`/users/${encodeURIComponent(UserName)}`}>{UserName}</RouterLink>,
  },
  { id: "path", header: "Path", sortingField: "Path", cell: (user) => user.Path },
  {
    id: "last-sign-in",
    header: "Console last sign-in",
    sortingComparator: (a, b) => time(a.PasswordLastUsed) - time(b.PasswordLastUsed),
    cell: (user) => <Moment at={user.PasswordLastUsed} />,
  },
  {
    id: "created",
    header: "Created",
    sortingComparator: (a, b) => time(a.CreateDate) - time(b.CreateDate),
    cell: (user) => <Moment at={user.CreateDate} />,
  },
  { id: "arn", header: "ARN", sortingField: "Arn", cell: (user) => user.Arn },
];

export default function Users() {
  const navigate = useNavigate();
  const loaded = useLoad((early: (users: User[]) => void) => listUsers(early), []);
  const [selected, setSelected] = useState<User[]>([]);
  const [deleting, setDeleting] = useState(false);

  return (
    <>
      <EntityTable<User>
        title="Users"
        noun="user"
        description="An IAM user is an identity with long-term credentials that is used to interact with AWS in an account."
        loaded={loaded}
        columns={COLUMNS}
        trackBy={nameOf}
        textOf={(user) => `${user.UserName} ${user.Path}`}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={selected.length === 0} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button
              variant="primary"
              href={hrefOf("/create-user")}
              onFollow={(event) => {
                event.preventDefault();
                navigate("/create-user");
              }}
            >
              Create user
            </Button>
          </>
        }
      />
      {deleting && (
        <DeleteUsers
          names={selected.map(nameOf)}
          onLeave={(deleted) => {
            setDeleting(false);
            if (deleted === 0) return;
            setSelected([]);
            loaded.reload();
          }}
        />
      )}
    </>
  );
}

function nameOf(user: User): string {
  return user.UserName ?? "";
}

function time(at: Date | undefined): number {
  return at?.getTime() ?? 0;
}
