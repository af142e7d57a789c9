"""What a set of policies says of one action, arranged for a decision.

It depends on the policies and the action alone, so keeping it remembers nothing of requests and answers.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ostiary.policy.compile import CompiledPolicy, CompiledStatement
from ostiary.policy.decision import Decision, allow, explicit_deny, lacks_allow
from ostiary.policy.document import PolicyKind, StatementRef
from ostiary.policy.index import StatementIndex
from ostiary.policy.match import PrincipalTest
from ostiary.policy.request import AccessRequest


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
    decision: Decision
    """The decision when no other layer depends on the request."""


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

    decide: Callable[[AccessRequest], Decision]
    """Decides where these policies alone count."""
    denies: StatementIndex[Decision] | None
    """The Deny statements of all layers and what they come to, the one to be named first; None when there are none."""
    controls: Allows
    """What the levels of an organisation take."""
    grants: Allows
    """What identity-based policies take, or the resource's own policy."""
    limits: Allows
    """What boundary and session policies take."""


def make_plan(layers: Sequence[Layer], action_key: str) -> Plan:
    """Return what the layers say of an action.

    Args:
        layers: in the order in which the one that denies is named.
        action_key: the action, in lower case.
    """
    spoken = [(layer, [each for policy in layer.policies for each in policy.select(action_key)]) for layer in layers]
    denying = [
        (each, explicit_deny(layer.kind, each.ref, layer.level))
        for layer, statements in spoken
        for each in statements
        if each.denies
    ]
    denies = StatementIndex(denying) if denying else None
    allowing = _allow_layers([(layer, [each for each in several if not each.denies]) for layer, several in spoken])
    return Plan(
        decide=_decide_alone(denies, _together(allowing)),
        denies=denies,
        controls=_together(each for each in allowing if each.kind.controls_organisation),
        grants=_together(each for each in allowing if each.kind.grants),
        limits=_together(each for each in allowing if each.kind.limits),
    )


def _decide_alone(denies: StatementIndex[Decision] | None, allows: Allows) -> Callable[[AccessRequest], Decision]:
    """Return how to decide when a Deny statement denies, and else every layer has to allow.

    Nearly every decision is made here, so all that can be is done beforehand: with one layer left to ask, as most
    often, the answers lie ready.
    """
    find_deny = denies.first if denies else None
    settled, open_layers = allows
    if not open_layers:
        return _decide_by_denies(find_deny, allow(settled))
    asked = [(layer.statements.first, layer.lacking) for layer in open_layers]
    if len(asked) == 1:
        return _decide_by_layer(find_deny, *asked[0])

    def decide(request: AccessRequest) -> Decision:
        if find_deny is not None and (denied := find_deny(request)) is not None:
            return denied
        refs = settled
        for find, lacking in asked:
            found = find(request)
            if found is None:
                return lacking
            refs += found[:1]
        return allow(refs)

    return decide


_FindDeny = Callable[[AccessRequest], Decision | None] | None


def _decide_by_layer(
    find_deny: _FindDeny, find_allow: Callable[[AccessRequest], AllowFound | None], lacking: Decision
) -> Callable[[AccessRequest], Decision]:
    def decide(request: AccessRequest) -> Decision:
        if find_deny is not None and (denied := find_deny(request)) is not None:
            return denied
        found = find_allow(request)
        return lacking if found is None else found.decision

    return decide


def _decide_by_denies(find_deny: _FindDeny, allowed: Decision) -> Callable[[AccessRequest], Decision]:
    def decide(request: AccessRequest) -> Decision:
        if find_deny is not None and (denied := find_deny(request)) is not None:
            return denied
        return allowed

    return decide


class _AllowLayer(NamedTuple):
    kind: PolicyKind
    settled: StatementRef | None
    open: OpenLayer | None
    """Left out when the layer is settled."""


def _allow_layers(layers: Sequence[tuple[Layer, Sequence[CompiledStatement]]]) -> list[_AllowLayer]:
    refs = [next((each.ref for each in statements if _asks_nothing(each)), None) for _, statements in layers]
    settled = tuple(ref for ref in refs if ref is not None)
    return [
        _AllowLayer(layer.kind, ref, _open_layer(layer, statements, settled) if ref is None else None)
        for ref, (layer, statements) in zip(refs, layers, strict=True)
    ]


def _open_layer(layer: Layer, statements: Sequence[CompiledStatement], settled: tuple[StatementRef, ...]) -> OpenLayer:
    found = ((each, AllowFound(each.ref, each.reaches, allow((*settled, each.ref)))) for each in statements)
    return OpenLayer(StatementIndex(found), lacks_allow(layer.kind, layer.level))


def _together(layers: Iterable[_AllowLayer]) -> Allows:
    several = list(layers)
    return Allows(
        tuple(layer.settled for layer in several if layer.settled is not None),
        tuple(layer.open for layer in several if layer.open is not None),
    )


def _asks_nothing(statement: CompiledStatement) -> bool:
    return (statement.fits_resource, statement.meets_conditions, statement.reaches) == (None, None, None)
