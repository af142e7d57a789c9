"""What a set of policies says of one action, arranged for a decision.

It depends on the policies and the action alone, so keeping it remembers nothing of requests and answers.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ostiary.policy.compile import CompiledPolicy, CompiledStatement
from ostiary.policy.decision import Decision, explicit_deny, lacks_allow
from ostiary.policy.document import PolicyKind, StatementRef
from ostiary.policy.index import StatementIndex
from ostiary.policy.match import PrincipalTest


class Layer(NamedTuple):
    """Policies that have a say together: an applying Allow in one of them is enough."""

    kind: PolicyKind
    policies: tuple[CompiledPolicy, ...]
    level: int | None = None
    """For control policies the level of the organisation, counted from its root."""
    target: str | None = None
    """For control policies the root, organisational unit or account that they are attached to."""


class AllowFound(NamedTuple):
    """What an Allow statement brings about when it applies."""

    ref: StatementRef
    reaches: PrincipalTest | None


class OpenLayer(NamedTuple):
    """A layer whose Allow depends on the request."""

    statements: StatementIndex[AllowFound]
    lacking: Decision
    """What it comes to when none of its statements applies."""


class Allows(NamedTuple):
    """What it takes for several layers to allow."""

    settled: tuple[StatementRef, ...] = ()
    """One statement for each layer that allows the action to everybody, on every resource and in all circumstances."""
    open: tuple[OpenLayer, ...] = ()
    """The other layers, in the order in which the one that lacks an Allow is named."""


class Plan(NamedTuple):
    """What a set of policies says of the action."""

    denies: StatementIndex[Decision] | None
    """The Deny statements of all layers and what they come to, the one to be named first; None when there are none."""
    controls: Allows
    """What the levels of an organisation take."""
    grants: Allows
    """What identity-based policies take, or the resource's own policy."""
    limits: Allows
    """What boundary and session policies take."""
    all: Allows
    """What all of them take."""


def make_plan(layers: Sequence[Layer], action_key: str) -> Plan:
    """Return what the layers say of an action.

    Args:
        layers: in the order in which the one that denies is named.
        action_key: the action, in lower case.
    """
    statements = [
        (layer, [each for policy in layer.policies for each in policy.select(action_key)]) for layer in layers
    ]
    denies = [
        (each, explicit_deny(layer.kind, each.ref, layer.level))
        for layer, several in statements
        for each in several
        if each.denies
    ]
    allows = [(layer, [each for each in several if not each.denies]) for layer, several in statements]
    return Plan(
        denies=StatementIndex(denies) if denies else None,
        controls=_allows([each for each in allows if each[0].kind.controls_organisation]),
        grants=_allows([each for each in allows if each[0].kind.grants]),
        limits=_allows([each for each in allows if each[0].kind.limits]),
        all=_allows(allows),
    )


def _allows(layers: Sequence[tuple[Layer, Sequence[CompiledStatement]]]) -> Allows:
    settled, open_layers = [], []
    for layer, statements in layers:
        ref = next((statement.ref for statement in statements if _asks_nothing(statement)), None)
        if ref is not None:
            settled.append(ref)
            continue
        found = StatementIndex((statement, AllowFound(statement.ref, statement.reaches)) for statement in statements)
        open_layers.append(OpenLayer(found, lacks_allow(layer.kind, layer.level)))
    return Allows(tuple(settled), tuple(open_layers))


def _asks_nothing(statement: CompiledStatement) -> bool:
    return (statement.fits_resource, statement.meets_conditions, statement.reaches) == (None, None, None)
