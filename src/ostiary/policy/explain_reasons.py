"""Why a decision came out as it did, in a sentence or two."""

from collections.abc import Iterator

from ostiary.policy.document import Effect, PolicyKind
from ostiary.policy.explain import Explanation, StatementOutcome
from ostiary.policy.explain_words import (
    action_phrase,
    condition_phrase,
    count,
    layer_statements,
    mismatch_phrase,
    show,
    show_values,
    statement_name,
    with_article,
)
from ostiary.policy.near_misses import all_outcomes, count_about_other_actions, find_near_misses, is_about_action
from ostiary.policy.principal import PrincipalKind, Standing
from ostiary.policy.shortfall import allows

_MOST_PARTINGS = 2
_NEEDED = {
    PolicyKind.BOUNDARY: "A permissions boundary is the most that identity-based policies can grant.",
    PolicyKind.SESSION: "A session can do no more than its session policies allow.",
    PolicyKind.TRUST: "A role can be assumed only by whom its trust policy allows.",
}


def reasons(explanation: Explanation, most: int | None) -> Iterator[str]:
    """Yield sentences that say why.

    Args:
        explanation: the decision, and how each statement came out.
        most: how many values of a list are written out; None for all.
    """
    if explanation.decision.explicit_deny:
        yield from _why_denied(explanation, most)
    elif explanation.decision.allowed:
        yield from _why_allowed(explanation)
    else:
        yield from _why_needed(explanation)
        yield from _why_missing(explanation, most)


def partings(outcome: StatementOutcome, most: int | None, most_partings: int | None = _MOST_PARTINGS) -> list[str]:
    """Return what parts a statement from the request, as clauses; of many only the first, and how many there are."""
    phrases = [mismatch_phrase(mismatch, most) for mismatch in outcome.mismatches]
    if most_partings is None or len(phrases) <= most_partings:
        return phrases
    rest = len(phrases) - most_partings
    return [*phrases[:most_partings], f"{count(rest, 'more element')} {'does' if rest == 1 else 'do'} not match"]


def _why_denied(explanation: Explanation, most: int | None) -> Iterator[str]:
    applying = [each for each in all_outcomes(explanation) if each.applies and each.effect is Effect.DENY]
    named = next(each for each in applying if each.ref in explanation.decision.determining)
    yield f"Deny {statement_name(named.ref)} applies, and no Allow outweighs a Deny."
    yield f"It {_what_it_denies(named, explanation, most)}."
    for mismatch in named.mismatches:
        yield f"It applies because what cannot be decided denies: {mismatch_phrase(mismatch, most)}."
    if others := len(applying) - 1:
        yield f"{count(others, 'other Deny statement')} {'applies' if others == 1 else 'apply'} as well."


def _what_it_denies(named: StatementOutcome, explanation: Explanation, most: int | None) -> str:
    statement = named.written
    about = f"denies {action_phrase(statement.actions.values, most, negated=statement.actions.negated)}"
    element = statement.principal
    if element is not None and element.negated:
        about += f" to everybody but {show_values(element.listed, most, 'and')}"
    undecided = {(mismatch.operator, mismatch.key) for mismatch in named.mismatches}
    context = explanation.request.context
    clauses = [
        f"its condition {condition_phrase(condition, context.get(condition.key.lower()), most)}"
        for condition in statement.conditions
        if (condition.operator, condition.key) not in undecided
    ]
    return "; ".join([about, *clauses])


def _why_allowed(explanation: Explanation) -> Iterator[str]:
    request, decision = explanation.request, explanation.decision
    granting = [
        each.ref
        for layer in explanation.layers
        if layer.kind.grants
        for each in layer.statements
        if each.ref in decision.determining and each.applies
    ]
    if granting:
        names = show_values([statement_name(ref) for ref in granting], None, "and")
        yield f"Allow {names} {'allows' if len(granting) == 1 else 'allow'} it."
    else:
        yield "The root user of an account needs no policy within it."
    denies = [each for each in all_outcomes(explanation) if each.effect is Effect.DENY]
    about = sum(map(is_about_action, denies))
    if not denies:
        yield "There is no Deny statement."
    elif not about:
        yield f"No Deny statement is about {show(request.action)}."
    elif about == 1:
        yield "The one Deny statement about this action does not apply."
    else:
        yield f"None of the {about} Deny statements about this action applies."


def _why_needed(explanation: Explanation) -> Iterator[str]:
    """Yield why the kind of policy that does not allow has to, where that needs saying."""
    request, decision = explanation.request, explanation.decision
    own = next((layer for layer in explanation.layers if layer.kind.guards_resource), None)
    if decision.level is not None:
        yield f"Every level of an organisation has to allow a request, and level {decision.level} does not."
    elif decision.layer in _NEEDED:
        yield _NEEDED[decision.layer]
    elif request.principal.standing is Standing.OUTSIDER:
        yield f"{_who(request.principal.kind)} has no policies of its own, so the resource's has to allow."
    elif request.crosses_accounts:
        owner = show(request.resource_account or "")
        yield f"The resource belongs to account {owner}, so the policies of both accounts have to allow."
    elif own is not None and allows(own):
        yield f"The {own.kind.value} allows the account, which leaves the matter to the account's own policies."


def _who(kind: PrincipalKind) -> str:
    """Return such as `An AWS service`, to begin a sentence with."""
    noun = with_article(kind.value)
    return noun[0].upper() + noun[1:]


def _why_missing(explanation: Explanation, most: int | None) -> Iterator[str]:
    """Yield what is there in place of the Allow that is missing."""
    decision, action = explanation.decision, show(explanation.request.action)
    kind = decision.layer or PolicyKind.IDENTITY
    near, others = find_near_misses(explanation), count_about_other_actions(explanation)
    layer = next((each for each in explanation.layers if (each.kind, each.level) == (kind, decision.level)), None)
    if near:
        clauses = "; and ".join(partings(near[0], most))
        yield f"The closest is Allow {statement_name(near[0].ref)}, but {clauses}."
        if len(near) == 1 and others:
            yield _others(others)
    elif layer is None or not layer.policies:
        yield f"There is no {kind.value}{'' if decision.level is None else ' at that level'}."
    elif others == 1:
        yield "The one Allow statement there is about other actions."
    elif others:
        yield f"None of the {others} Allow statements is about {action}."
    else:
        yield f"There is no Allow among its {layer_statements(layer)}."


def _others(number: int) -> str:
    if number == 1:
        return "The other Allow statement is about other actions."
    return f"The other {number} Allow statements are about other actions."
