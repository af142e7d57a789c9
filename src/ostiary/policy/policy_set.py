"""The policies that a request is decided by: those that bind its principal, and those that guard its resource."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ostiary.policy.compile import CompiledPolicy
from ostiary.policy.document import PolicyKind
from ostiary.policy.plan import Layer, Plan, make_plan
from ostiary.policy.principal import Standing

_MOST_PLANS = 1_024
"""How many actions' plans are kept, so that requests for ever new actions cannot fill the memory."""

Plans = dict[str, Plan]
"""By action."""


@dataclass(frozen=True, slots=True)
class ControlLevel:
    """The control policies at one level of an organisation; each level has to allow.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """

    target: str
    """The root, organisational unit or account that they are attached to."""
    policies: tuple[CompiledPolicy, ...]


def _no_plans() -> tuple[Plans, ...]:
    return tuple({} for _ in Standing)


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies that bind the principal of a request. Make it once and decide with it many times."""

    identity: tuple[CompiledPolicy, ...] = ()
    """Those of the caller: a user's own and its groups', or a role's. Not looked at for a root user."""
    boundary: tuple[CompiledPolicy, ...] | None = None
    """The permissions boundary; None when the caller has none, empty when it has one that allows nothing."""
    session: tuple[CompiledPolicy, ...] | None = None
    """Session policies; None when the session was made without, empty when they allow nothing. A federated user
    session made without has an empty tuple: it may do only what resource-based policies let it."""
    service_control: tuple[ControlLevel, ...] = ()
    """From the root of the organisation to the caller's account. Empty without an organisation, and for the account
    that manages one."""
    plans: tuple[Plans, ...] = field(default_factory=_no_plans, init=False, repr=False, compare=False)
    """By standing, what was worked out of the policies so far."""

    @property
    def bounded(self) -> bool:
        """The principal has a permissions boundary."""
        return self.boundary is not None

    def layers(self, standing: Standing) -> list[Layer]:
        """Return the layers that bind a principal.

        What a policy does follows from its place, not from its source: one managed policy serves as several kinds.
        """
        controlled = standing in (Standing.IDENTITY, Standing.ROOT)
        layers = _levels(PolicyKind.SERVICE_CONTROL, self.service_control if controlled else ())
        if standing is not Standing.ROOT:
            layers.append(Layer(PolicyKind.IDENTITY, self.identity))
            if self.boundary is not None:
                layers.append(Layer(PolicyKind.BOUNDARY, self.boundary))
        if self.session is not None:
            layers.append(Layer(PolicyKind.SESSION, self.session))
        return layers

    def make_plan(self, standing: Standing, action_key: str) -> Plan:
        """Work out, and keep in `plans`, what the policies that bind a principal say of an action."""
        return _keep(self.plans[standing], action_key, self.layers(standing))


@dataclass(frozen=True, slots=True)
class ResourcePolicies:
    """The policies that guard the resource of a request."""

    policy: CompiledPolicy | None = None
    """The resource's own policy, if it has one."""
    must_allow: bool = False
    """The resource's own policy must always allow, also within an account: so it is for role trust policies."""
    resource_control: tuple[ControlLevel, ...] = ()
    """From the root of the organisation to the account that owns the resource. Empty without an organisation, for the
    account that manages one, and for what resource control policies do not cover."""
    plans: dict[tuple[Standing, bool], Plans] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By standing, and whether the principal has a boundary, what was worked out of the policies so far."""

    @property
    def kind(self) -> PolicyKind:
        """What the resource's own policy, or its absence, is called."""
        if self.policy is not None:
            return PolicyKind.TRUST if self.policy.source.kind is PolicyKind.TRUST else PolicyKind.RESOURCE
        return PolicyKind.TRUST if self.must_allow else PolicyKind.RESOURCE

    def layers(self, standing: Standing, *, bounded: bool) -> list[Layer]:
        """Return the layers that a principal meets at the resource.

        Args:
            standing: which kinds of policy bind the principal.
            bounded: it has a permissions boundary, and so is never spared by a Deny with NotPrincipal.
        """
        controls = () if standing is Standing.SERVICE_LINKED else self.resource_control
        layers = _levels(PolicyKind.RESOURCE_CONTROL, controls)
        if self.policy is not None:
            spares_nobody = bounded and standing in (Standing.IDENTITY, Standing.SERVICE_LINKED)
            layers.append(Layer(self.kind, (self.policy.sparing_nobody() if spares_nobody else self.policy,)))
        return layers

    def plan(self, standing: Standing, action_key: str, *, bounded: bool) -> Plan:
        """Return what the policies say of an action to a principal."""
        plans = self.plans.setdefault((standing, bounded), {})
        return plans.get(action_key) or _keep(plans, action_key, self.layers(standing, bounded=bounded))


NO_RESOURCE_POLICIES = ResourcePolicies()


def _levels(kind: PolicyKind, levels: Sequence[ControlLevel]) -> list[Layer]:
    return [Layer(kind, level.policies, number, level.target) for number, level in enumerate(levels)]


def _keep(plans: Plans, action_key: str, layers: list[Layer]) -> Plan:
    if len(plans) >= _MOST_PLANS:
        plans.clear()
    plan = plans[action_key] = make_plan(layers, action_key)
    return plan
