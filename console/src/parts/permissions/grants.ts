import { ListGroupsForUserCommand } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";
import { type PrincipalKind, policiesOf } from "#/api/permissions";
import { kindOfPolicy } from "#/api/policies";

/** A policy that gives a principal permissions, and how it comes to have it. */
export interface Grant {
  id: string;
  policyName: string;
  /** Undefined for inline policies. */
  arn: string | undefined;
  /** Whose the policy is: the principal itself, or a group that the user is in. */
  owner: { kind: PrincipalKind; name: string };
}

/** What there is, and what could not be found out. */
export interface Grants {
  found: Grant[];
  failures: { what: string; error: unknown }[];
}

/** Gathers all policies of a principal; whatever is refused is told, and the rest is there. */
export async function loadGrants(kind: PrincipalKind, name: string): Promise<Grants> {
  const own = await grantsOf(kind, name);
  if (kind !== "user") return own;
  try {
    const groups = await groupsOf(name);
    const all = [own, ...(await Promise.all(groups.map((group) => grantsOf("group", group))))];
    return { found: all.flatMap((each) => each.found), failures: all.flatMap((each) => each.failures) };
  } catch (error) {
    const failure = { what: "The groups of the user, which may give permissions too, could not be listed", error };
    return { found: own.found, failures: [...own.failures, failure] };
  }
}

export function typeOf({ arn }: Grant): string {
  return arn === undefined ? "Customer inline" : kindOfPolicy(arn);
}

/** Returns the path of the page that shows the policy. */
export function pageOf({ arn, policyName, owner }: Grant): string {
  if (arn !== undefined) return `/policies/${encodeURIComponent(arn)}`;
  return `/${owner.kind}s/${encodeURIComponent(owner.name)}/inline/${encodeURIComponent(policyName)}`;
}

async function grantsOf(kind: PrincipalKind, name: string): Promise<Grants> {
  const owner = { kind, name };
  const [attached, inline] = await Promise.allSettled([
    policiesOf[kind].listAttached(name),
    policiesOf[kind].listInline(name),
  ]);
  const grants: Grants = { found: [], failures: [] };
  if (attached.status === "fulfilled") {
    for (const { PolicyArn: arn = "", PolicyName: policyName = "" } of attached.value) {
      grants.found.push({ id: `${kind}/${name}/${arn}`, policyName, arn, owner });
    }
  } else {
    grants.failures.push({
      what: `The policies attached to the ${kind} ${name} could not be listed`,
      error: attached.reason,
    });
  }
  if (inline.status === "fulfilled") {
    for (const policyName of inline.value) {
      grants.found.push({ id: `${kind}/${name}/${policyName}`, policyName, arn: undefined, owner });
    }
  } else {
    grants.failures.push({
      what: `The inline policies of the ${kind} ${name} could not be listed`,
      error: inline.reason,
    });
  }
  return grants;
}

function groupsOf(UserName: string): Promise<string[]> {
  return listAll(
    (Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker, MaxItems: 1000 })),
    (page) => page.Groups?.map((group) => group.GroupName ?? ""),
  );
}
