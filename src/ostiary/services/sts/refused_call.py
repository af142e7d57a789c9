"""What the policies in force now say of a call that was refused before.

A message on a refusal holds only what its caller knew, so everything that was looked up to decide the call is looked up
again: what the call acts on, its tags and its own policy, and the caller's policies and tags.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ostiary.credentials import RefusedCall
from ostiary.directory import in_force
from ostiary.directory.directory import Directory
from ostiary.directory.in_force import InForce, PolicyText
from ostiary.policy import (
    NO_RESOURCE_POLICIES,
    AccessRequest,
    CompiledPolicy,
    Explanation,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    ResourcePolicies,
    compile_policy,
    explain,
    parse_policy,
)
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.operation import ContextValue, Need

_PRINCIPAL_KINDS = {
    CallerKind.ROOT: PrincipalKind.ROOT,
    CallerKind.USER: PrincipalKind.USER,
    CallerKind.ASSUMED_ROLE: PrincipalKind.ROLE_SESSION,
    CallerKind.FEDERATED_USER: PrincipalKind.FEDERATED_USER,
}


@dataclass(frozen=True, slots=True)
class LookedInto:
    """A refused call as it would be decided now."""

    resource: str
    context: Mapping[str, ContextValue]
    explanation: Explanation | None
    """None when it cannot be told: the caller is gone, or the operation needs something else now. Where the caller's
    session has policies, as it would be without them."""


def look_into(refused: RefusedCall, directory: Directory) -> LookedInto:
    """Return what the policies in force say of a refused call."""
    caller = refused.caller
    found = in_force.policies_in_force(directory, caller)
    context = {**refused.context, **_principal_tags(caller, found.tags)}
    need = _find_need(refused, directory)
    if need is None or in_force.find_identity(directory, caller) is None:
        return LookedInto(refused.resource, context, None)
    account = need.resource_account or caller.account
    context |= {"aws:ResourceAccount": account, **need.context}
    request = AccessRequest(_principal(caller), need.action, need.resource, context, account)
    policies = _policy_set(found, caller, has_session_policies=refused.has_session_policies)
    return LookedInto(need.resource, context, explain(request, policies, _resource_policies(need)))


def _find_need(refused: RefusedCall, directory: Directory) -> Need | None:
    """Return the need that was not met, as it is now; None when the operation does not have it any more."""
    from ostiary.services.served import find_operation  # noqa: PLC0415 - what is served includes who asks here

    operation = find_operation(refused.service, refused.operation)
    if operation is None or operation.needs is None:
        return None
    needs = tuple(operation.needs(directory, refused.caller, refused.parameters))
    need = needs[refused.need] if refused.need < len(needs) else None
    return need if need is not None and need.action == refused.action else None


def _principal_tags(caller: Caller, identity_tags: Mapping[str, str]) -> dict[str, ContextValue]:
    """Return the caller's tags as condition keys; a session tag hides the identity's tag of the same key."""
    passed = (caller.session.tags if caller.session else None) or {}
    hidden = {key.lower() for key in passed}
    tags = {key: value for key, value in identity_tags.items() if key.lower() not in hidden} | dict(passed)
    return {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}


def _principal(caller: Caller) -> Principal:
    session = caller.session
    return Principal(
        kind=_PRINCIPAL_KINDS[caller.kind],
        arn=caller.arn,
        account=caller.account,
        issuer_arn=session.issuer_arn if session else None,
        unique_id=caller.unique_id if caller.kind is CallerKind.USER else None,
        issuer_id=session.issuer_id if session else None,
    )


def _policy_set(found: InForce, caller: Caller, *, has_session_policies: bool) -> PolicySet:
    # Without session policies a federated user's session may do only what resources' own policies let it.
    bare = caller.kind is CallerKind.FEDERATED_USER and not has_session_policies
    return PolicySet(
        identity=tuple(_compile(text, PolicyKind.IDENTITY) for text in found.identity),
        boundary=(_compile(found.boundary, PolicyKind.BOUNDARY),) if found.boundary else None,
        session=() if bare else None,
    )


def _resource_policies(need: Need) -> ResourcePolicies:
    if need.resource_policy is not None:
        text = PolicyText(need.resource, "trust policy", need.resource_policy)
        return ResourcePolicies(_compile(text, PolicyKind.TRUST), must_allow=True)
    return ResourcePolicies(must_allow=True) if need.resource_policy_must_allow else NO_RESOURCE_POLICIES


def _compile(text: PolicyText, kind: PolicyKind) -> CompiledPolicy:
    return compile_policy(parse_policy(text.document, kind), PolicySource(kind, text.policy_id, text.name))
