import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  type InstanceProfile,
  ListInstanceProfilesForRoleCommand,
  ListRolesCommand,
  RemoveRoleFromInstanceProfileCommand,
  type Role,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { policiesOf } from "#/api/permissions";

const MaxItems = 1000;
const BETWEEN_LOOKS_MS = 500;
const MOST_LOOKS = 60;

export function listRoles(early?: (roles: Role[]) => void): Promise<Role[]> {
  return listAll(
    (Marker) => iam.send(new ListRolesCommand({ Marker, MaxItems })),
    (page) => page.Roles,
    early,
  );
}

/** Returns a role with what lists leave out: when it was last used, its boundary, its tags. */
export async function getRole(RoleName: string): Promise<Role | undefined> {
  return (await iam.send(new GetRoleCommand({ RoleName }))).Role;
}

export function instanceProfilesOf(RoleName: string): Promise<InstanceProfile[]> {
  return listAll(
    (Marker) => iam.send(new ListInstanceProfilesForRoleCommand({ RoleName, Marker, MaxItems })),
    (page) => page.InstanceProfiles,
  );
}

/** Tells whether a role belongs to a service, which alone says what is in it. */
export function isServiceLinked(role: Role): boolean {
  return role.Path?.startsWith("/aws-service-role/") ?? false;
}

/** Deletes a role and what hangs on it, which IAM wants to be gone first.
 *
 * The instance profile of the role's own name goes with it, as it came with it; others only lose the role.
 */
export async function deleteRole(role: Role): Promise<void> {
  const name = role.RoleName ?? "";
  if (isServiceLinked(role)) return deleteServiceLinkedRole(name);
  for (const { InstanceProfileName } of await instanceProfilesOf(name)) {
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: name }));
    if (InstanceProfileName === name) await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  }
  for (const policy of await policiesOf.role.listAttached(name)) {
    await policiesOf.role.detach(name, policy.PolicyArn ?? "");
  }
  for (const policy of await policiesOf.role.listInline(name)) await policiesOf.role.deleteInline(name, policy);
  await iam.send(new DeleteRoleCommand({ RoleName: name }));
}

async function deleteServiceLinkedRole(RoleName: string): Promise<void> {
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const task = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
    if (task.Status === "SUCCEEDED") return;
    if (task.Status === "FAILED") throw new Error(task.Reason?.Reason ?? "The service still uses the role.");
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  throw new Error("The deletion takes long. It goes on; look again later.");
}
