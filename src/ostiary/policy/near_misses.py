"""The statements that nearly decided a request otherwise."""

from collections.abc import Iterable

from ostiary.policy.document import Effect, PolicyKind
from ostiary.policy.explain import Explanation, LayerOutcome, MismatchReason, StatementOutcome


def find_near_misses(explanation: Explanation) -> list[StatementOutcome]:
    """Return the statements that are about the action but part from the request elsewhere, the closest first.

    For a request that nothing allows these are the Allow statements that could have; for one that is allowed, the Deny
    statements that could have stood in its way. None for one that a Deny statement forbids: it applies, so nothing is
    near.
    """
    if explanation.decision.explicit_deny:
        return []
    near = [each for each in _candidates(explanation) if not each.applies and is_about_action(each)]
    # Sorting is stable, so equals stay in the order in which they are written.
    return sorted(near, key=_distance)


def count_about_other_actions(explanation: Explanation) -> int:
    """Return how many more statements could have decided otherwise, were they not about other actions."""
    if explanation.decision.explicit_deny:
        return 0
    return sum(not is_about_action(each) for each in _candidates(explanation))


def is_about_action(outcome: StatementOutcome) -> bool:
    """Return whether the statement speaks of the request's action."""
    return all(mismatch.reason is not MismatchReason.ACTION for mismatch in outcome.mismatches)


def all_outcomes(explanation: Explanation) -> Iterable[StatementOutcome]:
    """Return what became of every statement, in the order of the layers."""
    return (outcome for layer in explanation.layers for outcome in layer.statements)


def _distance(outcome: StatementOutcome) -> tuple[int, bool, bool, int]:
    """Return what is less the closer a statement is: fewest elements, and circumstances change before people do."""
    elements = {mismatch.reason for mismatch in outcome.mismatches}
    about_others = MismatchReason.PRINCIPAL in elements
    return len(elements), about_others, MismatchReason.RESOURCE in elements, len(outcome.mismatches)


def _candidates(explanation: Explanation) -> list[StatementOutcome]:
    if explanation.decision.allowed:
        return [each for each in all_outcomes(explanation) if each.effect is Effect.DENY]
    could = [layer for layer in explanation.layers if _could_allow(layer, explanation)]
    return [each for layer in could for each in layer.statements if each.effect is Effect.ALLOW]


def _could_allow(layer: LayerOutcome, explanation: Explanation) -> bool:
    """Return whether an Allow of this layer would have helped where the decision says one is missing."""
    decision = explanation.decision
    if (layer.kind, layer.level) == (decision.layer, decision.level):
        return True
    # Within an account a resource's own policy can grant what no identity-based policy does.
    own_grants = decision.layer is PolicyKind.IDENTITY and not explanation.request.crosses_accounts
    return own_grants and layer.kind.guards_resource
