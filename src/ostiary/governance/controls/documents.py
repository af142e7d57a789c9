"""What a policy gives away, read by the policy language's own rules.

A policy is asked about actions, never compared as text: `iam:*`, `i?m:Put*` and `NotAction` say what they say. Where a
resource matters, the policy is asked about one that nobody named: a pattern that takes it in takes in every one.
Conditions narrow what a statement allows in ways that a control cannot weigh, so an Allow counts whatever its
conditions, and a Deny counts only when it has none and is about every resource.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from ostiary import catalogue
from ostiary.governance.controls.control import POLICY, Result, judge
from ostiary.governance.controls.facts import AccountFacts, ManagedPolicyFacts
from ostiary.governance.controls.identities import identities
from ostiary.policy import (
    AccessRequest,
    CompiledPolicy,
    CompiledStatement,
    MalformedPolicy,
    PolicyKind,
    PolicySource,
    Principal,
    PrincipalKind,
    compile_policy,
    parse_policy,
)
from ostiary.values.identifiers import AccountId

FindFault = Callable[[CompiledPolicy], str | None]
"""Says what is wrong with a policy, or None."""

_MOST_POLICIES = 2_000

_NOBODY = Principal(PrincipalKind.ANONYMOUS)
_REGIONLESS = frozenset({"iam"})


@lru_cache(maxsize=_MOST_POLICIES)
def read_policy(document: str, kind: PolicyKind = PolicyKind.IDENTITY) -> CompiledPolicy:
    """Return a policy that can be asked.

    Raises:
        MalformedPolicy: the document is no policy of its kind.
    """
    return compile_policy(parse_policy(document, kind), PolicySource(kind, "asked", "asked"))


def allowing(policy: CompiledPolicy) -> Iterator[CompiledStatement]:
    """Yield the statements that allow."""
    return (statement for statement in policy.statements if not statement.denies)


def nobodys(account: AccountId, service: str, resource: str) -> str:
    """Return the ARN of a resource that nobody has; a pattern that takes it in takes in every such resource.

    Args:
        account: the account that resources of the kind belong to.
        service: of the resources, such as `kms`.
        resource: the last part of the ARN, such as `key/nobodys`.
    """
    region = "" if service in _REGIONLESS else "nowhere"
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def is_about(statement: CompiledStatement, arn: str) -> bool:
    """Tell whether a statement of an identity-based policy is about a resource."""
    if statement.fits_resource is None:
        return True
    return bool(statement.fits_resource(AccessRequest(_NOBODY, "any:Action", arn)))


def is_allowed(policy: CompiledPolicy, action: str) -> bool:
    """Tell whether a policy allows an action on something, under some conditions."""
    selected = policy.select(action.lower())
    return not any(map(_denies_flatly, selected)) and any(not statement.denies for statement in selected)


def is_allowed_on(policy: CompiledPolicy, action: str, arn: str) -> bool:
    """Tell whether a policy allows an action on a resource, under some conditions."""
    selected = policy.select(action.lower())
    return not any(map(_denies_flatly, selected)) and any(
        not statement.denies and is_about(statement, arn) for statement in selected
    )


@cache
def actions_of(service: str) -> tuple[str, ...]:
    """Return all actions of a service, such as `kms:Decrypt`; those of every service for `*`."""
    return tuple(catalogue.match_actions("*" if service == "*" else f"{service}:*"))


def check_managed(policies: Iterable[ManagedPolicyFacts], find_fault: FindFault, fine: str) -> Iterator[Result]:
    """Yield for each managed policy whether it is without fault; a malformed one is not.

    Args:
        policies: the policies.
        find_fault: says what is wrong with one.
        fine: the reason for passing.
    """
    for policy in policies:
        fault = _fault_of(policy.document, find_fault)
        yield judge(policy.arn, POLICY, passed=fault is None, reason=fault or fine)


def check_inline(facts: AccountFacts, find_fault: FindFault, fine: str) -> Iterator[Result]:
    """Yield for each user, group and role with inline policies whether all are without fault, as `check_managed`."""
    for identity, resource_type in identities(facts):
        if identity.inline:
            faults = [
                f"{policy.name} {fault}"
                for policy in identity.inline
                if (fault := _fault_of(policy.document, find_fault)) is not None
            ]
            yield judge(identity.arn, resource_type, passed=not faults, reason="; ".join(faults) or fine)


def _denies_flatly(statement: CompiledStatement) -> bool:
    return statement.denies and statement.fits_resource is None and statement.meets_conditions is None


def _fault_of(document: str, find_fault: FindFault) -> str | None:
    try:
        return find_fault(read_policy(document))
    except MalformedPolicy as error:
        return f"cannot be read: {error}"
