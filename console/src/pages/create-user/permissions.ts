import { GetUserPolicyCommand, ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { boundaryOf, policiesOf } from "#/api/permissions";

/** What a user may do, by what was given to it. */
export interface Permissions {
  groups: string[];
  /** ARNs of managed policies. */
  policies: string[];
  inline: { name: string; document: string }[];
  boundary: string | undefined;
}

/** Returns what another user has, whole: a copy with holes would pass for the original. */
export async function permissionsOfUser(UserName: string): Promise<Permissions> {
  const [boundary, groups, policies, inline] = await Promise.all([
    boundaryOf.user.get(UserName),
    listAll(
      (Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
      (page) => page.Groups,
    ),
    policiesOf.user.listAttached(UserName),
    policiesOf.user.listInline(UserName),
  ]);
  return {
    groups: groups.map((group) => group.GroupName ?? ""),
    policies: policies.map((policy) => policy.PolicyArn ?? ""),
    inline: await Promise.all(inline.map((name) => inlinePolicy(UserName, name))),
    boundary,
  };
}

async function inlinePolicy(UserName: string, name: string) {
  const { PolicyDocument = "" } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: name }));
  return { name, document: decodeURIComponent(PolicyDocument) };
}
