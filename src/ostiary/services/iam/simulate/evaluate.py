"""What the policies decide about one action on one resource, and what an answer tells of it.

Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
and https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResourceSpecificResult.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ostiary.policy import (
    AccessRequest,
    Effect,
    Explanation,
    Mismatch,
    MismatchReason,
    PolicyKind,
    PolicySet,
    ResourcePolicies,
    StatementOutcome,
    StatementRef,
    explain,
)
from ostiary.services.iam.context_keys_used import keys_in_resources, keys_used, unique_keys
from ostiary.services.iam.simulate.caller import SimulatedCaller
from ostiary.services.iam.simulate.policies import SimulatedPolicies
from ostiary.services.iam.simulate.resources import decided_on
from ostiary.services.iam.simulate.verdict import Ruling, Verdict, most_restrictive
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue

SOURCE_TYPES = {
    PolicyKind.IDENTITY: "IAM Policy",
    PolicyKind.BOUNDARY: "Permissions Boundary Policy",
    PolicyKind.RESOURCE: "Resource Policy",
}
"""What IAM's answers call the kinds of policy that they tell of; its model has other names, which it does not use."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """All that the decisions of one call have in common."""

    caller: SimulatedCaller
    policies: SimulatedPolicies
    context: Mapping[str, ContextValue]
    """As the call gives it."""
    resource_owner: AccountId | None
    """Who owns the resources whose ARN does not say so."""


class Evaluator:
    """Decides what is simulated."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._by_source = simulation.policies.by_source
        given = {key.lower() for key in simulation.context}
        derived = simulation.caller.context.items()
        self._context = {key: value for key, value in derived if key.lower() not in given} | dict(simulation.context)

    def evaluate(self, action: str, resources: Iterable[str]) -> dict[str, Verdict]:
        """Return what is decided about an action on each resource."""
        policies = self._simulation.policies
        # A set of policies keeps what it works out for each action, which nobody asks for again here.
        binding, guarding = policies.binding(), policies.guarding()
        return {resource: self._verdict(action, resource, binding, guarding) for resource in dict.fromkeys(resources)}

    def _verdict(self, action: str, resource: str, binding: PolicySet, guarding: ResourcePolicies) -> Verdict:
        """Return what is decided about an action on a resource; on one that it cannot work on, nothing allows it."""
        fitting = decided_on(action, resource)
        owner = self._owner(resource)
        request = AccessRequest(
            self._simulation.caller.principal, action, fitting or resource, self._context, resource_account=owner
        )
        explanation = explain(request, binding, guarding)
        by_organization = self._by_organization(explanation)
        if by_organization not in {None, Ruling.ALLOWED}:
            return Verdict(by_organization, by_organization=False)
        outcomes = {
            layer.kind: layer.statements if fitting else () for layer in explanation.layers if layer.level is None
        }
        ruling = _ruling_of(explanation) if fitting else Ruling.IMPLICIT_DENY
        rulings = {kind: _ruling(statements) for kind, statements in outcomes.items()}
        by_boundary = rulings.get(PolicyKind.BOUNDARY)
        return Verdict(
            ruling,
            matched=tuple(_matched(outcomes, ruling)),
            missing=tuple(self._missing(outcomes, request)) if ruling is Ruling.IMPLICIT_DENY else (),
            by_organization=None if by_organization is None else True,
            by_boundary=None if by_boundary is None else by_boundary is Ruling.ALLOWED,
            details={SOURCE_TYPES[kind]: each for kind, each in rulings.items()} if request.crosses_accounts else {},
        )

    def _owner(self, resource: str) -> str | None:
        """Return who owns a resource; without a policy of its own, nobody but the caller has a say."""
        if self._simulation.policies.resource is None:
            return None
        try:
            named = parse_arn(resource).account
        except ArnError:
            named = ""
        return named or self._simulation.resource_owner

    def _by_organization(self, explanation: Explanation) -> Ruling | None:
        """Return what the levels of the organisation say together, or None when there is no organisation."""
        if not self._simulation.policies.service_control:
            return None
        levels = (layer for layer in explanation.layers if layer.kind is PolicyKind.SERVICE_CONTROL)
        return most_restrictive(_ruling(layer.statements) for layer in levels)

    def _missing(
        self, outcomes: Mapping[PolicyKind, tuple[StatementOutcome, ...]], request: AccessRequest
    ) -> list[str]:
        """Return the keys without a value in the statements about this action and resource."""
        keys: list[str] = []
        for outcome in (each for statements in outcomes.values() for each in statements):
            document = self._by_source[outcome.ref.source].document
            statement = document.statements[outcome.ref.index]
            resources_open = not request.context.keys() >= _folded(keys_in_resources(document, statement))
            if all(_may_be_met(each, resources_open=resources_open) for each in outcome.mismatches):
                keys += keys_used(document, statement)
        return unique_keys(key for key in keys if key.lower() not in request.context)


def _ruling_of(explanation: Explanation) -> Ruling:
    decision = explanation.decision
    if decision.allowed:
        return Ruling.ALLOWED
    return Ruling.EXPLICIT_DENY if decision.explicit_deny else Ruling.IMPLICIT_DENY


def _ruling(outcomes: Iterable[StatementOutcome]) -> Ruling:
    """Return what statements say, each applying or not."""
    effects = {outcome.effect for outcome in outcomes if outcome.applies}
    if Effect.DENY in effects:
        return Ruling.EXPLICIT_DENY
    return Ruling.ALLOWED if Effect.ALLOW in effects else Ruling.IMPLICIT_DENY


def _matched(outcomes: Mapping[PolicyKind, tuple[StatementOutcome, ...]], ruling: Ruling) -> Iterable[StatementRef]:
    """Yield the statements that settle a decision: what allows, or what denies. A boundary only ever denies."""
    effect = {Ruling.ALLOWED: Effect.ALLOW, Ruling.EXPLICIT_DENY: Effect.DENY}.get(ruling)
    for kind, statements in outcomes.items():
        if kind is PolicyKind.BOUNDARY and effect is Effect.ALLOW:
            continue
        yield from (outcome.ref for outcome in statements if outcome.applies and outcome.effect is effect)


def _may_be_met(mismatch: Mismatch, *, resources_open: bool) -> bool:
    """Return whether more context could undo a mismatch.

    Args:
        mismatch: where a statement and the request part.
        resources_open: a variable in the statement's resources has no value.
    """
    if mismatch.reason is MismatchReason.RESOURCE:
        return resources_open
    return mismatch.reason is MismatchReason.CONDITION


def _folded(keys: Iterable[str]) -> set[str]:
    return set(map(str.lower, keys))
