"""What a decision is made with: callers, needs and the policies in force, in the form that the policy engine takes."""

from collections.abc import Mapping
from functools import lru_cache

from ostiary.directory import in_force
from ostiary.directory.directory import Directory
from ostiary.directory.in_force import InForce, PolicyText
from ostiary.policy import (
    NO_RESOURCE_POLICIES,
    AccessRequest,
    CompiledPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    ResourcePolicies,
    compile_policy,
    parse_policy,
)
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.operation import ContextValue, Need

_MOST_POLICIES = 10_000

_PRINCIPAL_KINDS = {
    CallerKind.ROOT: PrincipalKind.ROOT,
    CallerKind.USER: PrincipalKind.USER,
    CallerKind.ASSUMED_ROLE: PrincipalKind.ROLE_SESSION,
    CallerKind.FEDERATED_USER: PrincipalKind.FEDERATED_USER,
    CallerKind.WEB_IDENTITY_USER: PrincipalKind.FEDERATED,
    CallerKind.SAML_USER: PrincipalKind.FEDERATED,
}
_NO_TRUST_POLICY = ResourcePolicies(must_allow=True)


def principal_of(caller: Caller) -> Principal:
    """Return the principal that a caller is."""
    session = caller.session
    return Principal(
        kind=_PRINCIPAL_KINDS[caller.kind],
        arn=caller.arn,
        account=caller.account,
        issuer_arn=session.issuer_arn if session else None,
        unique_id=caller.unique_id if caller.kind is CallerKind.USER else None,
        issuer_id=session.issuer_id if session else None,
    )


def principal_tags(caller: Caller, identity_tags: Mapping[str, str]) -> dict[str, ContextValue]:
    """Return the condition keys for a caller's tags.

    A session tag hides the identity's tag of the same key, whatever its case.
    """
    passed = (caller.session.tags if caller.session else None) or {}
    hidden = {key.lower() for key in passed}
    tags = {key: value for key, value in identity_tags.items() if key.lower() not in hidden} | dict(passed)
    return {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}


def context_of(need: Need, caller: Caller, context: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    """Return all the condition keys that a need is decided with: those that every call has, and its own."""
    return {**context, "aws:ResourceAccount": need.resource_account or caller.account, **need.context}


def request_of(need: Need, principal: Principal, context: Mapping[str, ContextValue]) -> AccessRequest:
    """Return the request that has to be allowed for a need to be met.

    Args:
        need: what a call needs.
        principal: the caller.
        context: as `context_of` gives it.
    """
    return AccessRequest(principal, need.action, need.resource, context, need.resource_account or principal.account)


def guarding(need: Need) -> ResourcePolicies:
    """Return the policies that guard what a need is about."""
    must_allow = need.resource_policy_must_allow
    if need.resource_policy is None:
        return _NO_TRUST_POLICY if must_allow else NO_RESOURCE_POLICIES
    return (_trust_policies if must_allow else _resource_policies)(need.resource, need.resource_policy)


def binding(found: InForce, session: tuple[CompiledPolicy, ...] | None) -> PolicySet:
    """Return the policies that bind a caller.

    Args:
        found: those of the user or role behind the caller.
        session: those of the caller's session.
    """
    return PolicySet(
        identity=tuple(_compile_text(text, PolicyKind.IDENTITY) for text in found.identity),
        boundary=(_compile_text(found.boundary, PolicyKind.BOUNDARY),) if found.boundary else None,
        session=session,
    )


def session_policies(directory: Directory, caller: Caller) -> tuple[CompiledPolicy, ...] | None:
    """Return the policies of a caller's session, or None when it has none to hold to."""
    session = caller.session
    if session is None:
        return None
    if not (session.policies or session.policy_arns):
        # Without session policies a federated user's session may do only what resources' own policies let it.
        return () if caller.kind is CallerKind.FEDERATED_USER else None
    texts = [PolicyText("session", "session policy", document) for document in session.policies]
    for arn in session.policy_arns:
        text = in_force.managed_text(directory, caller.account, arn)
        if text is None:
            # The policy was deleted since. What it denied is not known any more, so the session may do nothing.
            return ()
        texts.append(text)
    return tuple(_compile_text(text, PolicyKind.SESSION) for text in texts)


@lru_cache(maxsize=_MOST_POLICIES)
def _trust_policies(role_arn: str, document: str) -> ResourcePolicies:
    """Return what guards a role; like the rest it is kept, as it seldom changes."""
    policy = _compile_text(PolicyText(role_arn, "trust policy", document), PolicyKind.TRUST)
    return ResourcePolicies(policy, must_allow=True)


@lru_cache(maxsize=_MOST_POLICIES)
def _resource_policies(arn: str, document: str) -> ResourcePolicies:
    """Return what guards a thing whose own policy may allow a call, and need not."""
    return ResourcePolicies(_compile_text(PolicyText(arn, "resource policy", document), PolicyKind.RESOURCE))


@lru_cache(maxsize=_MOST_POLICIES)
def _compile_text(text: PolicyText, kind: PolicyKind) -> CompiledPolicy:
    """Return a policy compiled for a place; a change to the account seldom changes it, so the result is kept."""
    return compile_policy(parse_policy(text.document, kind), PolicySource(kind, text.policy_id, text.name))
