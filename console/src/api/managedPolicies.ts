import {
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPolicyVersionsCommand,
  type PolicyUsageType,
  type PolicyVersion,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { type PrincipalKind, policiesOf } from "#/api/permissions";
import { decodeDocument } from "#/api/policyDocuments";
import { describe, isCode } from "#/api/refusal";

/** As many as a policy may have. */
export const MOST_VERSIONS = 5;

/** One that a policy can be attached to. */
export interface Entity {
  kind: PrincipalKind;
  name: string;
}

/** A policy must not go while it bounds somebody. */
class StillBoundary extends Error {
  override readonly name = "DeleteConflict";
}

export async function getPolicy(PolicyArn: string) {
  return (await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy;
}

export async function getDocument(PolicyArn: string, VersionId: string): Promise<string> {
  const { PolicyVersion: version } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return decodeDocument(version?.Document ?? "");
}

/** Lists a policy's versions, the newest first. */
export async function listVersions(PolicyArn: string): Promise<PolicyVersion[]> {
  const versions = await listAll(
    (Marker) => iam.send(new ListPolicyVersionsCommand({ PolicyArn, Marker })),
    (page) => page.Versions,
  );
  return versions.sort((a, b) => numberOf(b) - numberOf(a));
}

/** Saves a new version, in the place of another one where there is no room; returns its ID.
 *
 * Room is made only when IAM asks for it, which it does for a document that it would take.
 */
export async function saveVersion(
  PolicyArn: string,
  PolicyDocument: string,
  { asDefault, inPlaceOf }: { asDefault: boolean; inPlaceOf: string | undefined },
): Promise<string | undefined> {
  const create = () => iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: asDefault }));
  const { PolicyVersion: version } = await create().catch(async (error) => {
    if (inPlaceOf === undefined || !hasNoRoom(error)) throw error;
    await deleteVersion(PolicyArn, inPlaceOf);
    return create();
  });
  return version?.VersionId;
}

/** IAM has one code for too many versions and for too long a document; only its sentence tells them apart. */
function hasNoRoom(error: unknown): boolean {
  return isCode(error, "LimitExceeded") && /versions/i.test(describe(error).message);
}

export function deleteVersion(PolicyArn: string, VersionId: string): Promise<unknown> {
  return iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
}

/** Lists those that a policy is attached to, or whose permissions boundary it is. */
export function listEntitiesOf(PolicyArn: string, PolicyUsageFilter: PolicyUsageType): Promise<Entity[]> {
  return listAll(
    (Marker) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter, Marker, MaxItems: 1000 })),
    (page) => [
      ...(page.PolicyUsers ?? []).map(({ UserName }): Entity => ({ kind: "user", name: UserName ?? "" })),
      ...(page.PolicyGroups ?? []).map(({ GroupName }): Entity => ({ kind: "group", name: GroupName ?? "" })),
      ...(page.PolicyRoles ?? []).map(({ RoleName }): Entity => ({ kind: "role", name: RoleName ?? "" })),
    ],
  );
}

/** Deletes a policy, after it was detached everywhere and its other versions are gone, as IAM wants it.
 *
 * A boundary is not taken from those whom it bounds: that would give them more than they had.
 */
export async function deletePolicy(arn: string): Promise<void> {
  const bounded = await listEntitiesOf(arn, "PermissionsBoundary");
  if (bounded.length > 0) {
    const names = bounded.map(({ kind, name }) => `${kind} ${name}`).join(", ");
    throw new StillBoundary(`The policy is the permissions boundary of ${names}. Change their boundaries first.`);
  }
  for (const { kind, name } of await listEntitiesOf(arn, "PermissionsPolicy")) await policiesOf[kind].detach(name, arn);
  for (const version of await listVersions(arn)) {
    if (!version.IsDefaultVersion) await deleteVersion(arn, version.VersionId ?? "");
  }
  await iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
}

function numberOf(version: PolicyVersion): number {
  return Number(version.VersionId?.slice(1));
}
