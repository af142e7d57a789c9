"""May this request be made? Deny statements first; then everyone who has to allow must.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from collections.abc import Sequence

from ostiary.policy.decision import Decision, lacks_allow
from ostiary.policy.document import StatementRef
from ostiary.policy.index import ResourceIndex
from ostiary.policy.match import Grant
from ostiary.policy.plan import AllowFound, AllowPlan, DenyFound, Plan
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
    if resource_policies is NO_RESOURCE_POLICIES:
        denied = _find_deny(plan.denies, request) if plan.denies else None
        return denied.decision if denied else _weigh_allows(request, plan)
    theirs = resource_policies.plans[standing].get(action) or resource_policies.make_plan(standing, action)
    found = [denied for denies in (plan.denies, theirs.denies) if denies and (denied := _find_deny(denies, request))]
    if found:
        return min(found).decision
    return _weigh_allows(request, plan, theirs, resource_policies)


_NOTHING = Plan(None, (), (), (), ())


def _weigh_allows(
    request: AccessRequest,
    plan: Plan,
    theirs: Plan = _NOTHING,
    resource_policies: ResourcePolicies = NO_RESOURCE_POLICIES,
) -> Decision:
    """Return the decision, given that no Deny statement applies.

    Every level of an organisation must allow. Within an account a resource's policy that names the caller then grants
    by itself. One that names the caller's role stands in for an identity-based policy, within boundary and session
    policies. One that names the account leaves the matter to the account's own policies. Across accounts both sides
    must allow.
    """
    refs: list[StatementRef] = []
    for controls in (theirs.controls, plan.controls):
        if controls and (lacking := _gather(controls, request, refs)) is not None:
            return lacking
    grant = Grant.NONE
    if theirs.grants:
        grant, ref = _find_best_allow(theirs.grants[0].statements, request)
        if ref is not None:
            refs.append(ref)
    crosses_accounts = request.crosses_accounts
    outsider = request.principal.standing is Standing.OUTSIDER
    if not outsider and (crosses_accounts or grant is not Grant.DIRECT):
        needed = plan.limits if grant is Grant.ISSUER and not crosses_accounts else plan.own
        if (lacking := _gather(needed, request, refs)) is not None:
            return lacking
    if not grant and (resource_policies.must_allow or crosses_accounts or outsider):
        return lacks_allow(resource_policies.kind)
    return Decision(True, False, None, tuple(refs))  # noqa: FBT003 - names would cost a fifth of a decision


def _gather(plans: Sequence[AllowPlan], request: AccessRequest, refs: list[StatementRef]) -> Decision | None:
    """Add to `refs` one statement of each layer that allows, or return what the first without one comes to."""
    for granted, statements, lacking in plans:
        ref = granted or _find_allow(statements, request)
        if ref is None:
            return lacking
        refs.append(ref)
    return None


def _find_deny(index: ResourceIndex[DenyFound], request: AccessRequest) -> DenyFound | None:
    """Return the first of the Deny statements that apply."""
    best = None
    for fits, meets, found in index.find(request):
        if (
            (fits is None or fits(request))
            and (meets is None or meets(request.context))
            and (found.reaches is None or found.reaches(request.principal))
            and (best is None or found.order < best.order)
        ):
            best = found
    return best


def _find_allow(index: ResourceIndex[AllowFound], request: AccessRequest) -> StatementRef | None:
    """Return one of the Allow statements that apply."""
    for fits, meets, found in index.find(request):
        if (
            (fits is None or fits(request))
            and (meets is None or meets(request.context))
            and (found.reaches is None or found.reaches(request.principal))
        ):
            return found.ref
    return None


def _find_best_allow(index: ResourceIndex[AllowFound], request: AccessRequest) -> tuple[Grant, StatementRef | None]:
    """Return the Allow statement that reaches the caller most directly, and how."""
    best, best_ref = Grant.NONE, None
    for fits, meets, found in index.find(request):
        if (fits is None or fits(request)) and (meets is None or meets(request.context)):
            # Without a Principal element the statement is about whoever the policy is attached to.
            grant = Grant.DIRECT if found.reaches is None else found.reaches(request.principal)
            if grant > best:
                best, best_ref = grant, found.ref
    return best, best_ref
