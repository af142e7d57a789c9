import { ListPoliciesCommand, type Policy, type PolicyScopeType } from "@aws-sdk/client-iam";
import { iam } from "#/api/clients";
import { listAll } from "#/api/pages";

/** Where a managed policy comes from, in the words of AWS's console. */
export type PolicyKind = "Customer managed" | "AWS managed" | "AWS managed - job function";

export function kindOfPolicy(arn: string): PolicyKind {
  if (!arn.startsWith("arn:aws:iam::aws:")) return "Customer managed";
  return arn.includes(":policy/job-function/") ? "AWS managed - job function" : "AWS managed";
}

/** Returns the name in a managed policy's ARN: what comes after its path. */
export function nameOfPolicy(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

let awsManaged: Promise<Policy[]> | undefined;

/** Lists all managed policies, the account's own first.
 *
 * AWS's are many and stay as they are, so they are asked for once; how often those are attached may be out of date.
 */
export async function listPolicies(): Promise<Policy[]> {
  awsManaged ??= listOf("AWS").catch((error) => {
    awsManaged = undefined;
    throw error;
  });
  const [own, aws] = await Promise.all([listOf("Local"), awsManaged]);
  return [...own, ...aws];
}

function listOf(scope: PolicyScopeType): Promise<Policy[]> {
  return listAll(
    (Marker) => iam.send(new ListPoliciesCommand({ Scope: scope, Marker, MaxItems: 1000 })),
    (page) => page.Policies,
  );
}
