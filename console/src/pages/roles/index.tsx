import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import { useNavigate } from "react-router";
import { decodeDocument } from "#/api/policyDocuments";
import { listRoles } from "#/api/roles";
import { useLoad } from "#/api/useLoad";
import { DeleteRoles } from "#/pages/roles/DeleteRoles";
import { LastActivity } from "#/pages/roles/LastActivity";
import { trustedEntities } from "#/pages/roles/trustedEntities";
import { EntityTable } from "#/parts/EntityTable";
import { RouterLink } from "#/parts/RouterLink";

function trustOf(role: Role): string {
  return trustedEntities(decodeDocument(role.AssumeRolePolicyDocument ?? "")).join(", ");
}

const COLUMNS: TableProps.ColumnDefinition<Role>[] = [
  {
    id: "name",
    header: "Role name",
    cell: (role) => <RouterLink to={`/roles/${encodeURIComponent(role.RoleName ?? "")}`}>{role.RoleName}</RouterLink>,
    sortingField: "RoleName",
    isRowHeader: true,
  },
  {
    id: "trust",
    header: "Trusted entities",
    cell: (role) => trustOf(role) || "-",
    sortingComparator: (a, b) => trustOf(a).localeCompare(trustOf(b)),
  },
  { id: "activity", header: "Last activity", cell: (role) => <LastActivity role={role.RoleName ?? ""} /> },
];

export default function RolesPage() {
  const roles = useLoad(listRoles, []);
  const [selected, setSelected] = useState<Role[]>([]);
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();

  return (
    <>
      <EntityTable<Role>
        title="Roles"
        noun="role"
        description="An IAM role is an identity you can create that has specific permissions with credentials that are valid for short durations. Roles can be assumed by entities that you trust."
        loaded={roles}
        columns={COLUMNS}
        trackBy={(role) => role.RoleName ?? ""}
        textOf={(role) => `${role.RoleName} ${role.Path} ${role.Description ?? ""} ${trustOf(role)}`}
        selectionType="multi"
        selected={selected}
        onSelect={setSelected}
        actions={
          <>
            <Button disabled={selected.length === 0} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button variant="primary" onClick={() => void navigate("/create-role")}>
              Create role
            </Button>
          </>
        }
      />
      {deleting && (
        <DeleteRoles
          roles={selected}
          onDone={() => {
            setDeleting(false);
            setSelected([]);
            roles.reload();
          }}
          onDismiss={() => {
            setDeleting(false);
            roles.reload();
          }}
        />
      )}
    </>
  );
}
