"""Why a decision came out as it did: the same walk again, this time writing down each statement's fate.

`decide` keeps no notes, so explaining costs nothing when nobody asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ostiary.policy.compile import CompiledStatement
from ostiary.policy.decide import Decision, PolicySet, applicable_layers, decide
from ostiary.policy.document import Effect, PolicyKind, StatementRef
from ostiary.policy.evaluate import match_statement
from ostiary.policy.phrases import denial_phrase
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
    effect: Effect
    applies: bool
    mismatches: tuple[Mismatch, ...]
    """All that does not match, and what cannot be decided. A Deny statement may apply with undecided ones."""


@dataclass(frozen=True, slots=True)
class LayerOutcome:
    """What became of one kind of policy's statements, in the order of the policies."""

    kind: PolicyKind
    statements: tuple[StatementOutcome, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision and how every statement that had a say came out."""

    request: AccessRequest
    decision: Decision
    layers: tuple[LayerOutcome, ...]


def explain(request: AccessRequest, policies: PolicySet) -> Explanation:
    """Return the decision that `decide` gives, with the fate of each statement.

    Args:
        request: as for `decide`.
        policies: as for `decide`.
    """
    layers = tuple(
        LayerOutcome(kind, tuple(_outcome(statement, request) for policy in layer for statement in policy.statements))
        for kind, layer in applicable_layers(request.principal, policies)
    )
    return Explanation(request, decide(request, policies), layers)


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return the explanation in plain sentences: the decision first, then each kind of policy and its statements."""
    decision, request = explanation.decision, explanation.request
    asked = f"{request.action} on {request.resource}"
    if decision.allowed:
        lines = [f"{asked} is allowed."]
    else:
        lines = [f"{asked} is denied {denial_phrase(decision, request.action)}."]
    for layer in explanation.layers:
        lines.append(f"{layer.kind.value}:" if layer.statements else f"{layer.kind.value}: there is no statement.")
        for outcome in layer.statements:
            verdict = "applies" if outcome.applies else "does not apply"
            lines.append(f"  {outcome.effect.value} in {_place(outcome.ref)} {verdict}.")
            lines.extend(f"    {_sentence(mismatch)}" for mismatch in outcome.mismatches)
    return lines


def _outcome(statement: CompiledStatement, request: AccessRequest) -> StatementOutcome:
    applies = bool(match_statement(statement, request))
    return StatementOutcome(statement.ref, statement.written.effect, applies, tuple(_mismatches(statement, request)))


def _mismatches(statement: CompiledStatement, request: AccessRequest) -> Iterable[Mismatch]:
    written = statement.written
    if not statement.speaks_of_action(request.action_key):
        operator = "NotAction" if written.actions.negated else None
        yield Mismatch(MismatchReason.ACTION, written.actions.values, request.action, operator=operator)
    if written.principal is not None and not statement.reaches(request.principal):
        listed = written.principal
        expected = (*listed.aws, *listed.service, *listed.federated, *listed.canonical_user)
        yield Mismatch(
            MismatchReason.PRINCIPAL,
            expected or ("*",),
            request.principal.arn or request.principal.kind.value,
            operator="NotPrincipal" if listed.negated else None,
        )
    spoken_of = statement.speaks_of_resource(request.resource_parts, request.context)
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


def _place(ref: StatementRef) -> str:
    name = f"statement {ref.index + 1}" if ref.sid is None else f"statement {ref.index + 1} ({ref.sid})"
    return f"{name} of {ref.source.name}"


def _sentence(mismatch: Mismatch) -> str:
    expected = ", ".join(mismatch.expected) or "nothing"
    if mismatch.actual is None:
        actual = "absent"
    else:
        actual = mismatch.actual if isinstance(mismatch.actual, str) else ", ".join(mismatch.actual) or "empty"
    subject = mismatch.key or mismatch.reason.value
    relation = f" {mismatch.operator}" if mismatch.operator else ""
    ending = "it cannot be decided" if mismatch.undecided else "they do not match"
    return f"The {mismatch.reason.value}: expected {subject}{relation} {expected}; it is {actual}; {ending}."
