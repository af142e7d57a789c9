"""May this request be made? Every kind of policy is evaluated, then `combine` holds the order of precedence.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ostiary.policy.compile import CompiledPolicy
from ostiary.policy.document import PolicyKind, StatementRef
from ostiary.policy.evaluate import match_statement
from ostiary.policy.match import Grant
from ostiary.policy.principal import Principal
from ostiary.policy.request import AccessRequest


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies that apply to one request."""

    identity: tuple[CompiledPolicy, ...] = ()
    """Those of the caller: a user's own and its groups', or a role's. Not looked at for a root user."""
    boundary: tuple[CompiledPolicy, ...] | None = None
    """The permissions boundary; None when the caller has none, empty when it has one that allows nothing."""
    session: tuple[CompiledPolicy, ...] | None = None
    """Session policies; None when the session was made without, empty when they allow nothing. A federated user
    session made without has an empty tuple: it may do only what resource-based policies let it."""
    resource: CompiledPolicy | None = None
    """The resource's own policy, if it has one."""
    resource_must_allow: bool = False
    """The resource's policy must always allow, also within an account: so it is for role trust policies."""

    @property
    def resource_kind(self) -> PolicyKind:
        """What the resource's policy, or its absence, is called."""
        if self.resource is not None:
            return PolicyKind.TRUST if self.resource.source.kind is PolicyKind.TRUST else PolicyKind.RESOURCE
        return PolicyKind.TRUST if self.resource_must_allow else PolicyKind.RESOURCE


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, with its reasons."""

    allowed: bool
    explicit_deny: bool
    """A Deny statement applies; else what is not allowed is so for want of an Allow."""
    layer: PolicyKind | None
    """The kind of policy that stands in the way; None when the request is allowed."""
    determining: tuple[StatementRef, ...]
    """The statements that settled it: the Deny, or for each kind of policy that had to allow the first that does.
    Empty when something is missing, and when a root user needs no policy."""


Layer = tuple[PolicyKind, Sequence[CompiledPolicy]]


def applicable_layers(principal: Principal, policies: PolicySet) -> list[Layer]:
    """Return the kinds of policy that have a say on a principal, in the order in which AWS names the one that denies.

    The resource's own comes last, if there is one. What a policy does follows from its place, not from its source: one
    managed policy serves as several kinds.
    """
    layers: list[Layer] = []
    if not principal.has_root_permissions:
        layers.append((PolicyKind.IDENTITY, policies.identity))
        if policies.boundary is not None:
            layers.append((PolicyKind.BOUNDARY, policies.boundary))
    if policies.session is not None:
        layers.append((PolicyKind.SESSION, policies.session))
    if policies.resource is not None:
        layers.append((policies.resource_kind, (policies.resource,)))
    return layers


def decide(request: AccessRequest, policies: PolicySet) -> Decision:
    """Return whether the request may be made, and what settled it.

    Args:
        request: who wants to do what to which resource, and under which circumstances.
        policies: all the policies that apply.
    """
    layers = applicable_layers(request.principal, policies)
    for kind, layer in layers:
        for policy in layer:
            for statement in policy.denies:
                if match_statement(statement, request):
                    return Decision(allowed=False, explicit_deny=True, layer=kind, determining=(statement.ref,))
    return combine(request, policies, [(kind, *_best_allow(layer, request)) for kind, layer in layers])


Allow = tuple[PolicyKind, Grant, StatementRef | None]
"""The most direct Allow that a kind of policy gives, and the statement that gives it."""


def combine(request: AccessRequest, policies: PolicySet, allows: Sequence[Allow]) -> Decision:
    """Return the decision, given that no Deny statement applies and what each kind of policy allows.

    Within an account a resource's policy that names the caller grants by itself. One that names the caller's role
    stands in for an identity-based policy, within boundary and session policies. One that names the account leaves
    the matter to the account's own policies. Across accounts both sides must allow.
    """
    principal = request.principal
    own, grant, resource_ref = allows, Grant.NONE, None
    if policies.resource is not None:
        *own, (_, grant, resource_ref) = allows
    refs = [] if resource_ref is None else [resource_ref]
    crosses_accounts = request.crosses_accounts
    if principal.has_policies and (crosses_accounts or grant is not Grant.DIRECT):
        for kind, _, ref in own:
            if ref is not None:
                refs.append(ref)
            elif kind is not PolicyKind.IDENTITY or crosses_accounts or grant is not Grant.ISSUER:
                return _missing(kind)
    needs_resource = policies.resource_must_allow or crosses_accounts or not principal.has_policies
    if needs_resource and not grant:
        return _missing(policies.resource_kind)
    return Decision(allowed=True, explicit_deny=False, layer=None, determining=tuple(refs))


def _best_allow(layer: Sequence[CompiledPolicy], request: AccessRequest) -> tuple[Grant, StatementRef | None]:
    best, best_ref = Grant.NONE, None
    for policy in layer:
        for statement in policy.allows:
            grant = match_statement(statement, request)
            if grant > best:
                best, best_ref = grant, statement.ref
                if grant is Grant.DIRECT:
                    return best, best_ref
    return best, best_ref


def _missing(kind: PolicyKind) -> Decision:
    return Decision(allowed=False, explicit_deny=False, layer=kind, determining=())
