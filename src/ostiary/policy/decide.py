"""May this request be made? Deny statements first; then everyone who has to allow must.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from ostiary.policy.decision import Decision, allow, lacks_allow
from ostiary.policy.document import NAMING_ORDER, StatementRef
from ostiary.policy.match import Grant
from ostiary.policy.plan import Allows, Plan
from ostiary.policy.policy_set import NO_RESOURCE_POLICIES, PolicySet, ResourcePolicies
from ostiary.policy.principal import Standing
from ostiary.policy.request import AccessRequest


def decide(
    request: AccessRequest, policies: PolicySet, resource_policies: ResourcePolicies = NO_RESOURCE_POLICIES
) -> Decision:
    """Return whether the request may be made, and what settled it.

    Args:
        request: who wants to do what to which resource, and under which circumstances.
        policies: all that bind the principal.
        resource_policies: all that guard the resource.
    """
    standing, action = request.principal.standing, request.action_key
    plan = policies.plans[standing].get(action) or policies.make_plan(standing, action)
    if resource_policies is NO_RESOURCE_POLICIES and request.is_for_own_side:
        return plan.decide(request)
    theirs = resource_policies.plan(standing, action, bounded=policies.bounded)
    denied = [found for side in (plan, theirs) if side.denies and (found := side.denies.first(request)) is not None]
    if denied:
        return min(denied, key=_naming_rank)
    return _weigh_allows(request, plan, theirs, resource_policies)


def _weigh_allows(request: AccessRequest, plan: Plan, theirs: Plan, resource_policies: ResourcePolicies) -> Decision:
    """Return the decision, given that no Deny statement applies.

    Every level of an organisation must allow. Within an account a resource's policy that names the caller then grants
    by itself. One that names the caller's role stands in for an identity-based policy, within boundary and session
    policies. One that names the account leaves the matter to the account's own policies. Across accounts both sides
    must allow.
    """
    refs: list[StatementRef] = []
    for controls in (theirs.controls, plan.controls):
        if (lacking := _gather(controls, request, refs)) is not None:
            return lacking
    grant, ref = _best_grant(theirs.grants, request)
    if ref is not None:
        refs.append(ref)
    crosses_accounts = request.crosses_accounts
    outsider = request.principal.standing is Standing.OUTSIDER
    if not outsider and (crosses_accounts or grant is not Grant.DIRECT):
        if crosses_accounts or grant is not Grant.ISSUER:
            lacking = _gather(plan.grants, request, refs)
        if lacking is None:
            lacking = _gather(plan.limits, request, refs)
        if lacking is not None:
            return lacking
    if not grant and (resource_policies.must_allow or crosses_accounts or outsider):
        return lacks_allow(resource_policies.kind)
    return allow(tuple(refs))


def _gather(allows: Allows, request: AccessRequest, refs: list[StatementRef]) -> Decision | None:
    """Add to `refs` one statement of each layer that allows, or return what the first without one comes to."""
    refs += allows.settled
    for statements, lacking in allows.open:
        found = statements.first(request)
        if found is None:
            return lacking
        refs.append(found.ref)
    return None


def _best_grant(allows: Allows, request: AccessRequest) -> tuple[Grant, StatementRef | None]:
    """Return the Allow statement of a resource's policy that reaches the caller most directly, and how it does."""
    best, best_ref = Grant.NONE, None
    for ref in allows.settled:
        # Without a Principal element the statement is about whoever the policy is attached to.
        best, best_ref = Grant.DIRECT, ref
    for statements, _ in allows.open:
        for ref, reaches, _ in statements.applying(request):
            grant = Grant.DIRECT if reaches is None else reaches(request.principal)
            if grant > best:
                best, best_ref = grant, ref
    return best, best_ref


def _naming_rank(denied: Decision) -> int:
    return 0 if denied.layer is None else NAMING_ORDER.index(denied.layer)
