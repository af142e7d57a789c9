"""Verdicts in the shape of IAM's answers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.policy import PolicySource, StatementRef
from ostiary.policy.spans import Position
from ostiary.services.iam.simulate.evaluate import SOURCE_TYPES, Evaluator, Verdict, combine
from ostiary.services.iam.simulate.policies import SimulatedPolicy
from ostiary.services.iam.simulate.resources import EVERY_RESOURCE, shown_resource

Sources = Mapping[PolicySource, SimulatedPolicy]


def result_shape(action: str, resources: Sequence[str], evaluator: Evaluator, sources: Sources) -> dict[str, Any]:
    """Return one action's `EvaluationResult`: what holds over all resources, and for each by itself."""
    verdicts = {resource: evaluator.evaluate(action, resource) for resource in dict.fromkeys(resources)}
    overall = combine(verdicts.values())
    shape: dict[str, Any] = {
        "EvalActionName": action,
        "EvalResourceName": shown_resource(action, resources),
        "EvalDecision": overall.ruling.value,
        **_reasons(overall, sources),
    }
    if overall.by_organization is not None:
        shape["OrganizationsDecisionDetail"] = {"AllowedByOrganizations": overall.by_organization}
    if EVERY_RESOURCE in resources:
        return shape
    # Over resources of the caller's own account IAM sends this too, with nothing in it.
    if overall.details is not None:
        shape["EvalDecisionDetails"] = _details(overall)
    specific = [_specific_shape(resource, verdicts[resource], sources) for resource in resources]
    return shape | {"ResourceSpecificResults": specific}


def _specific_shape(resource: str, verdict: Verdict, sources: Sources) -> dict[str, Any]:
    shape = {
        "EvalResourceName": resource,
        "EvalResourceDecision": verdict.ruling.value,
        **_reasons(verdict, sources),
    }
    return shape | {"EvalDecisionDetails": _details(verdict)} if verdict.details else shape


def _reasons(verdict: Verdict, sources: Sources) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "MatchedStatements": [_statement_shape(ref, sources) for ref in verdict.matched],
        "MissingContextValues": list(verdict.missing),
    }
    if verdict.by_boundary is not None:
        shape["PermissionsBoundaryDecisionDetail"] = {"AllowedByPermissionsBoundary": verdict.by_boundary}
    return shape


def _details(verdict: Verdict) -> dict[str, str]:
    return {kind: ruling.value for kind, ruling in (verdict.details or {}).items()}


def _statement_shape(ref: StatementRef, sources: Sources) -> dict[str, Any]:
    return {
        "SourcePolicyId": ref.source.name,
        "SourcePolicyType": SOURCE_TYPES[ref.source.kind],
        "StartPosition": _position_shape(_start(ref, sources)),
        "EndPosition": _position_shape(sources[ref.source].spans["Statement", ref.index].end),
    }


def _start(ref: StatementRef, sources: Sources) -> Position:
    """Return where IAM has a statement begin: just after the bracket that opens the first, or after the one before."""
    spans = sources[ref.source].spans
    if ref.index:
        return spans["Statement", ref.index - 1].end
    opening = spans["Statement",].start
    return Position(opening.line, opening.column + 1)


def _position_shape(position: Position) -> dict[str, int]:
    return {"Line": position.line, "Column": position.column}
