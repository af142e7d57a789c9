import type { Role } from "@aws-sdk/client-iam";
import { deleteRole } from "#/api/roles";
import { DeleteEntities } from "#/parts/DeleteEntities";

interface Properties {
  roles: Role[];
  onDone: () => void;
  onDismiss: () => void;
}

export function DeleteRoles({ roles, ...dialogue }: Properties) {
  return (
    <DeleteEntities
      {...dialogue}
      entities={roles}
      nameOf={(role) => role.RoleName ?? ""}
      nouns={["Role", "roles"]}
      warnings={[
        "Delete the role permanently? Its inline policies and the instance profile of its name are deleted as well. Whoever uses the role, now or later, is refused.",
        "Delete these roles permanently? Whoever uses them, now or later, is refused.",
      ]}
      deleteOne={deleteRole}
    />
  );
}
