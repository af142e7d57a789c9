"""Why a decision came out as it did: the same walk again, this time writing down each statement's fate.

`decide` keeps no notes, so explaining costs nothing when nobody asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ostiary.policy.compile import CompiledPolicy, CompiledStatement
from ostiary.policy.decide import decide
from ostiary.policy.decision import Decision
from ostiary.policy.document import (
    NAMING_ORDER,
    Effect,
    PolicyKind,
    PolicySource,
    Statement,
    StatementRef,
)
from ostiary.policy.evaluate import match_statement
from ostiary.policy.match import Grant
from ostiary.policy.plan import Layer
from ostiary.policy.policy_set import NO_RESOURCE_POLICIES, PolicySet, ResourcePolicies
from ostiary.policy.request import AccessRequest
from ostiary.values.operation import ContextValue


class MismatchReason(Enum):
    """The element of a statement that a request does not match."""

    ACTION = "action"
    PRINCIPAL = "principal"
    RESOURCE = "resource"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a statement and a request part."""

    reason: MismatchReason
    expected: tuple[str, ...]
    """What the statement says, as it is written."""
    actual: ContextValue | None
    """What the request has; None when a condition's key is absent."""
    key: str | None = None
    """The condition's key; None for the other elements."""
    operator: str | None = None
    """The condition's operator, or the element's name when it is a negated one."""
    undecided: bool = False
    """The comparison could not be made: a value is malformed, or a variable has no value."""


@dataclass(frozen=True, slots=True)
class StatementOutcome:
    """What became of one statement."""

    ref: StatementRef
    written: Statement
    grant: Grant
    """How it reaches the caller; `Grant.NONE` when it does not apply."""
    mismatches: tuple[Mismatch, ...]
    """All that does not match, and what cannot be decided. A Deny statement may apply with undecided ones."""

    @property
    def applies(self) -> bool:
        """It has a say in the decision."""
        return bool(self.grant)

    @property
    def effect(self) -> Effect:
        """What it does when it applies."""
        return self.written.effect


@dataclass(frozen=True, slots=True)
class PolicyOutcome:
    """What became of one policy's statements, in the order of the document."""

    source: PolicySource
    statements: tuple[StatementOutcome, ...]


@dataclass(frozen=True, slots=True)
class LayerOutcome:
    """What became of one kind of policy's statements, or those of one level of an organisation."""

    kind: PolicyKind
    policies: tuple[PolicyOutcome, ...]
    level: int | None
    """For control policies the level of the organisation, counted from its root."""
    target: str | None
    """For control policies the root, organisational unit or account that they are attached to."""

    @property
    def statements(self) -> tuple[StatementOutcome, ...]:
        """Those of all the policies."""
        return tuple(statement for policy in self.policies for statement in policy.statements)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision and how every statement that had a say came out."""

    request: AccessRequest
    decision: Decision
    layers: tuple[LayerOutcome, ...]
    """In the order in which the one that denies is named."""


def explain(
    request: AccessRequest, policies: PolicySet, resource_policies: ResourcePolicies = NO_RESOURCE_POLICIES
) -> Explanation:
    """Return the decision that `decide` gives, with the fate of each statement.

    Args:
        request: as for `decide`.
        policies: as for `decide`.
        resource_policies: as for `decide`.
    """
    standing = request.principal.standing
    layers = [*policies.layers(standing), *resource_policies.layers(standing, bounded=policies.bounded)]
    layers.sort(key=lambda layer: NAMING_ORDER.index(layer.kind))
    return Explanation(
        request,
        decide(request, policies, resource_policies),
        tuple(_layer_outcome(layer, request) for layer in layers),
    )


def _layer_outcome(layer: Layer, request: AccessRequest) -> LayerOutcome:
    policies = tuple(_policy_outcome(policy, request) for policy in layer.policies)
    return LayerOutcome(layer.kind, policies, layer.level, layer.target)


def _policy_outcome(policy: CompiledPolicy, request: AccessRequest) -> PolicyOutcome:
    return PolicyOutcome(policy.source, tuple(_outcome(statement, request) for statement in policy.statements))


def _outcome(statement: CompiledStatement, request: AccessRequest) -> StatementOutcome:
    grant = match_statement(statement, request)
    return StatementOutcome(statement.ref, statement.written, grant, tuple(_mismatches(statement, request)))


def _mismatches(statement: CompiledStatement, request: AccessRequest) -> Iterable[Mismatch]:
    written = statement.written
    if not statement.action.test(request.action_key):
        operator = "NotAction" if written.actions.negated else None
        yield Mismatch(MismatchReason.ACTION, written.actions.values, request.action, operator=operator)
    if written.principal is not None and statement.reaches and not statement.reaches(request.principal):
        yield Mismatch(
            MismatchReason.PRINCIPAL,
            written.principal.listed or ("*",),
            request.principal.arn or request.principal.kind.value,
            operator="NotPrincipal" if written.principal.negated else None,
        )
    spoken_of = statement.resource.test is None or statement.resource.test(request)
    if written.resources is not None and not spoken_of:
        yield Mismatch(
            MismatchReason.RESOURCE,
            written.resources.values,
            request.resource,
            operator="NotResource" if written.resources.negated else None,
            undecided=spoken_of is None,
        )
    for condition in statement.conditions:
        met = condition.test(request.context)
        if not met:
            yield Mismatch(
                MismatchReason.CONDITION,
                condition.written.values,
                request.context.get(condition.written.key.lower()),
                key=condition.written.key,
                operator=condition.written.operator,
                undecided=met is None,
            )
