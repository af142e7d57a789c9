import {
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";

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
  const [{ User }, groups, policies, inline] = await Promise.all([
    iam.send(new GetUserCommand({ UserName })),
    listAll(
      (Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
      (page) => page.Groups,
    ),
    listAll(
      (Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
      (page) => page.AttachedPolicies,
    ),
    listAll(
      (Marker) => iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
      (page) => page.PolicyNames,
    ),
  ]);
  return {
    groups: groups.map((group) => group.GroupName ?? ""),
    policies: policies.map((policy) => policy.PolicyArn ?? ""),
    inline: await Promise.all(inline.map((name) => inlinePolicy(UserName, name))),
    boundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
  };
}

async function inlinePolicy(UserName: string, name: string) {
  const { PolicyDocument = "" } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: name }));
  return { name, document: decodeURIComponent(PolicyDocument) };
}
