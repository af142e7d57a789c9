"""What a set of policies says of one action, arranged for a decision.

It depends on the policies and the action alone, so keeping it remembers nothing of requests and answers.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ostiary.policy.compile import CompiledPolicy, CompiledStatement
from ostiary.policy.decision import Decision, lacks_allow
from ostiary.policy.document import PolicyKind, StatementRef
from ostiary.policy.index import ResourceIndex
from ostiary.policy.match import PrincipalTest

NAMING_ORDER = (
    PolicyKind.RESOURCE_CONTROL,
    PolicyKind.SERVICE_CONTROL,
    PolicyKind.IDENTITY,
    PolicyKind.BOUNDARY,
    PolicyKind.SESSION,
    PolicyKind.RESOURCE,
    PolicyKind.TRUST,
)
"""Which kind of policy is named when several deny."""


class Layer(NamedTuple):
    """Policies that have a say together: an applying Allow in one of them is enough."""

    kind: PolicyKind
    policies: tuple[CompiledPolicy, ...]
    level: int | None = None
    """For control policies the level of the organisation, counted from its root."""
    target: str | None = None
    """For control policies the root, organisational unit or account that they are attached to."""


class DenyFound(NamedTuple):
    """What a Deny statement brings about when it applies."""

    order: tuple[int, int]
    """The least is the one that is named."""
    reaches: PrincipalTest | None
    decision: Decision


class AllowFound(NamedTuple):
    """What an Allow statement brings about when it applies."""

    ref: StatementRef
    reaches: PrincipalTest | None


class AllowPlan(NamedTuple):
    """How a layer can allow the action."""

    granted: StatementRef | None
    """A statement that allows it to everybody, on every resource and under all circumstances, so that nothing is left
    to ask."""
    statements: ResourceIndex[AllowFound]
    lacking: Decision
    """What the layer's silence comes to."""


class Plan(NamedTuple):
    """What each layer says of the action."""

    denies: ResourceIndex[DenyFound] | None
    """Those of all layers; None when there are none."""
    controls: tuple[AllowPlan, ...]
    """The levels of an organisation, from its root."""
    grants: tuple[AllowPlan, ...]
    """Identity-based policies, or the resource's own policy."""
    limits: tuple[AllowPlan, ...]
    """Boundary and session policies."""
    own: tuple[AllowPlan, ...]
    """`grants` and `limits`."""


def make_plan(layers: Iterable[Layer], action_key: str) -> Plan:
    """Return what the layers say of an action.

    Args:
        layers: in any order.
        action_key: the action, in lower case.
    """
    denies: list[tuple[CompiledStatement, DenyFound]] = []
    allows: list[tuple[Layer, AllowPlan]] = []
    for layer in layers:
        statements = [statement for policy in layer.policies for statement in policy.select(action_key)]
        rank = NAMING_ORDER.index(layer.kind)
        denies += [
            (statement, _deny_found(statement, layer, (rank, len(denies) + number)))
            for number, statement in enumerate(statements)
            if statement.denies
        ]
        allows.append((layer, _allow_plan(layer, [statement for statement in statements if not statement.denies])))
    grants = tuple(plan for layer, plan in allows if layer.kind.grants)
    limits = tuple(plan for layer, plan in allows if layer.kind.limits)
    return Plan(
        denies=ResourceIndex(denies) if denies else None,
        controls=tuple(plan for layer, plan in allows if layer.kind.controls_organisation),
        grants=grants,
        limits=limits,
        own=grants + limits,
    )


def _deny_found(statement: CompiledStatement, layer: Layer, order: tuple[int, int]) -> DenyFound:
    decision = Decision(
        allowed=False, explicit_deny=True, layer=layer.kind, determining=(statement.ref,), level=layer.level
    )
    return DenyFound(order, statement.reaches, decision)


def _allow_plan(layer: Layer, statements: Sequence[CompiledStatement]) -> AllowPlan:
    granted = next((statement.ref for statement in statements if _asks_nothing(statement)), None)
    index = ResourceIndex((statement, AllowFound(statement.ref, statement.reaches)) for statement in statements)
    return AllowPlan(granted, index, lacks_allow(layer.kind, layer.level))


def _asks_nothing(statement: CompiledStatement) -> bool:
    return (statement.fits_resource, statement.meets_conditions, statement.reaches) == (None, None, None)
