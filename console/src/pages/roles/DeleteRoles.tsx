import type { Role } from "@aws-sdk/client-iam";
import { deleteRole } from "#/api/roles";
import { useNotify } from "#/app/notifications";
import { ConfirmDelete } from "#/parts/ConfirmDelete";

interface Properties {
  roles: Role[];
  onDone: () => void;
  onDismiss: () => void;
}

/** Deletes roles, after the name of the one or a word for the many was typed. */
export function DeleteRoles({ roles, onDone, onDismiss }: Properties) {
  const notify = useNotify();
  const only = roles.length === 1 ? roles[0]?.RoleName : undefined;

  async function remove() {
    for (const role of roles) await deleteRole(role);
    notify.success(only ? `Role ${only} deleted.` : `${roles.length} roles deleted.`);
    onDone();
  }

  return (
    <ConfirmDelete
      title={only ? `Delete ${only}?` : `Delete ${roles.length} roles?`}
      typed={only ?? "delete"}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      {only
        ? "Delete the role permanently? Its inline policies and the instance profile of its name are deleted as well. Whoever uses the role, now or later, is refused."
        : "Delete these roles permanently? Whoever uses them, now or later, is refused."}
      {!only && (
        <ul>
          {roles.map((role) => (
            <li key={role.RoleName}>{role.RoleName}</li>
          ))}
        </ul>
      )}
    </ConfirmDelete>
  );
}
