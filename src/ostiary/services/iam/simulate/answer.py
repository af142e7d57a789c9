"""Verdicts in the shape of IAM's answers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.policy import PolicySource, StatementRef
from ostiary.policy.spans import Position, Spans
from ostiary.services.iam.simulate.evaluate import SOURCE_TYPES, Evaluator
from ostiary.services.iam.simulate.policies import SimulatedPolicy
from ostiary.services.iam.simulate.resources import EVERY_RESOURCE, shown_resource
from ostiary.services.iam.simulate.verdict import Verdict, combine


class Answers:
    """Puts results into IAM's shape. What points to a statement is made once, however many results it settles."""

    def __init__(self, evaluator: Evaluator, sources: Mapping[PolicySource, SimulatedPolicy]) -> None:
        self._evaluator = evaluator
        self._sources = sources
        self._pointers: dict[StatementRef, dict[str, Any]] = {}

    def result_shape(self, action: str, resources: Sequence[str]) -> dict[str, Any]:
        """Return one action's `EvaluationResult`: what holds over all resources, and for each by itself."""
        verdicts = self._evaluator.evaluate(action, resources)
        overall = combine(verdicts.values())
        shape: dict[str, Any] = {
            "EvalActionName": action,
            "EvalResourceName": shown_resource(action, resources),
            "EvalDecision": overall.ruling.value,
            **self._reasons(overall),
        }
        if overall.by_organization is not None:
            shape["OrganizationsDecisionDetail"] = {"AllowedByOrganizations": overall.by_organization}
        if EVERY_RESOURCE in resources:
            return shape
        # Over resources of the caller's own account IAM sends this too, with nothing in it.
        if overall.details is not None:
            shape["EvalDecisionDetails"] = _details(overall)
        specific = {resource: self._specific_shape(resource, verdict) for resource, verdict in verdicts.items()}
        return shape | {"ResourceSpecificResults": [specific[resource] for resource in resources]}

    def _specific_shape(self, resource: str, verdict: Verdict) -> dict[str, Any]:
        shape = {
            "EvalResourceName": resource,
            "EvalResourceDecision": verdict.ruling.value,
            **self._reasons(verdict),
        }
        return shape | {"EvalDecisionDetails": _details(verdict)} if verdict.details else shape

    def _reasons(self, verdict: Verdict) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "MatchedStatements": [self._pointer(ref) for ref in verdict.matched],
            "MissingContextValues": list(verdict.missing),
        }
        if verdict.by_boundary is not None:
            shape["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": verdict.by_boundary}
        return shape

    def _pointer(self, ref: StatementRef) -> dict[str, Any]:
        if ref not in self._pointers:
            self._pointers[ref] = _statement_shape(ref, self._sources[ref.source].spans)
        return self._pointers[ref]


def _details(verdict: Verdict) -> dict[str, str]:
    return {kind: ruling.value for kind, ruling in (verdict.details or {}).items()}


def _statement_shape(ref: StatementRef, spans: Spans) -> dict[str, Any]:
    return {
        "SourcePolicyId": ref.source.name,
        "SourcePolicyType": SOURCE_TYPES[ref.source.kind],
        "StartPosition": _position_shape(_start(ref, spans)),
        "EndPosition": _position_shape(spans["Statement", ref.index].end),
    }


def _start(ref: StatementRef, spans: Spans) -> Position:
    """Return where IAM has a statement begin: just after the bracket that opens the first, or after the one before."""
    if ref.index:
        return spans["Statement", ref.index - 1].end
    opening = spans["Statement",].start
    return Position(opening.line, opening.column + 1)


def _position_shape(position: Position) -> dict[str, int]:
    return {"Line": position.line, "Column": position.column}
