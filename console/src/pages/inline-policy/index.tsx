import { useLocation, useParams } from "react-router";
import { inlinePoliciesOf } from "#/api/inlinePolicies";
import type { PrincipalKind } from "#/api/permissions";
import { useLoad } from "#/api/useLoad";
import { InlinePolicy } from "#/pages/inline-policy/InlinePolicy";
import { Failure } from "#/parts/Failure";
import { Loading } from "#/parts/Loading";
import { newPolicy } from "#/parts/policy-editor/statement";

const KINDS: Record<string, PrincipalKind> = { users: "user", groups: "group", roles: "role" };

/** An inline policy of a user, group or role: a new one, or one to change. */
export default function InlinePolicyPage() {
  const { name = "", policy } = useParams();
  const kind = KINDS[useLocation().pathname.split("/")[1] ?? ""] ?? "user";
  const { value, error, reload } = useLoad(
    async () => (policy === undefined ? newPolicy("identity") : inlinePoliciesOf[kind].get(name, policy)),
    [kind, name, policy],
  );
  if (error !== undefined) return <Failure what="The policy could not be opened" error={error} onRetry={reload} />;
  if (value === undefined) return <Loading />;
  return <InlinePolicy kind={kind} owner={name} existing={policy} document={value} />;
}
