"""An explanation as text for people: the verdict, the reason, what was close, and how each kind of policy came out."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ostiary.policy.document import Effect, PolicyKind
from ostiary.policy.explain import Explanation, LayerOutcome, Mismatch, MismatchReason, StatementOutcome
from ostiary.policy.explain_reasons import partings, reasons
from ostiary.policy.explain_words import (
    MOST_VALUES,
    layer_name,
    layer_statements,
    mismatch_phrase,
    show,
    show_values,
    statement_name,
    with_article,
)
from ostiary.policy.match import Grant
from ostiary.policy.near_misses import count_about_other_actions, find_near_misses
from ostiary.policy.phrases import denial_phrase
from ostiary.policy.shortfall import Place, allows, find_shortfall

WIDTH = 100
"""Columns that the text keeps to; only a single word that is longer, such as an ARN, runs over."""

_MOST_NEAR = 3
_MOST_STATEMENTS = 2
_MOST_LABEL = 44
_ONE_OF_A_KIND = (PolicyKind.BOUNDARY, PolicyKind.TRUST)
_ASSUME_ROLE = "sts:assumerole"
_BY_GRANT = {
    Grant.ISSUER: ", which names the role or user behind the session",
    Grant.ACCOUNT: ", which names the account and leaves the matter to its policies",
}


class Marks(NamedTuple):
    """What the rows of the overview begin with; all that the text has beyond ASCII on its own account."""

    allows: str = "✓"
    blocks: str = "✗"
    silent: str = "·"


MARKS = Marks()
ASCII_MARKS = Marks("+", "x", "-")


def explanation_lines(explanation: Explanation, *, verbose: bool = False, marks: Marks = MARKS) -> list[str]:
    """Return the explanation as lines of text: some forty at most, unless it is to be `verbose`.

    Args:
        explanation: what to put into words.
        verbose: list every statement with all that parts it from the request, and every value of each list.
        marks: what the rows of the overview begin with; `ASCII_MARKS` for terminals that know no more.
    """
    most = None if verbose else MOST_VALUES
    blocks = [
        _wrap(verdict(explanation), hang=4),
        _wrap(" ".join(reasons(explanation, most))),
        _near_lines(explanation, most),
        list(_overview(explanation, marks)),
        _wrap(" ".join(_closing(explanation))),
        list(_every_statement(explanation)) if verbose else [],
    ]
    lines = [line for block in blocks if block for line in ("", *block)]
    return lines[1:]


def verdict(explanation: Explanation) -> str:
    """Return the decision in one line; a refusal ends as AWS's own do."""
    request, decision = explanation.request, explanation.decision
    asked = f"{show(request.action)} on {show(request.resource)}"
    if decision.allowed:
        return f"ALLOWED: {asked}"
    return f"DENIED: {asked} {denial_phrase(decision, show(request.action))}"


def _wrap(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Return the text in lines; those after the first are indented by `hang` more."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _near_lines(explanation: Explanation, most: int | None) -> list[str]:
    """Return what was close. For a request that is not allowed the closest of all is in the reasons already."""
    near = find_near_misses(explanation)
    if explanation.decision.allowed:
        title = "Closest to denying it:"
    else:
        title, near = "Also close:", near[1:]
    if not near:
        return []
    lines = [title]
    for outcome in near[:_MOST_NEAR]:
        lines += _wrap(f"{outcome.effect.value} {statement_name(outcome.ref)}:", indent=2)
        for clause in partings(outcome, most):
            lines += _wrap(clause, indent=4, hang=2)
    others = count_about_other_actions(explanation)
    rest = [f"{len(near) - _MOST_NEAR} more about this action"] if len(near) > _MOST_NEAR else []
    rest += [f"{others} about other actions"] if others else []
    if rest:
        lines += _wrap(f"and {' and '.join(rest)}.", indent=2)
    return lines


class _Row(NamedTuple):
    mark: str
    label: str
    says: str
    by: str


def _overview(explanation: Explanation, marks: Marks) -> Iterator[str]:
    """Yield a row for each kind of policy, or level, that has a say, and for each that is missing."""
    shortfall = find_shortfall(explanation)
    rows = [row for layer in explanation.layers if (row := _row(explanation, layer, shortfall, marks))]
    there = {(layer.kind, layer.level) for layer in explanation.layers}
    rows += [
        _Row(marks.blocks, layer_name(*place), "silent", "there is none") for place in shortfall if place not in there
    ]
    label_width = min(_MOST_LABEL, max((len(row.label) for row in rows), default=0))
    for row in rows:
        start = f"{row.mark} {row.label:<{label_width}}  {row.says:<6}  "
        yield from _wrap(start + row.by, indent=2, hang=label_width + 12)


def _row(explanation: Explanation, layer: LayerOutcome, shortfall: Sequence[Place], marks: Marks) -> _Row | None:
    label = layer_name(layer.kind, layer.level, layer.target)
    denying = [each for each in layer.statements if each.applies and each.effect is Effect.DENY]
    if denying:
        return _Row(marks.blocks, label, "denies", _listed(denying, explanation))
    if allows(layer):
        allowing = [each for each in layer.statements if each.applies]
        grant = max(each.grant for each in allowing)
        return _Row(marks.allows, label, "allows", _listed(allowing, explanation) + _BY_GRANT.get(grant, ""))
    if Place(layer.kind, layer.level) in shortfall:
        return _Row(marks.blocks, label, "silent", _silence(layer))
    if not layer.statements:
        return None
    return _Row(marks.silent, label, "silent", f"{_silence(layer)}, and none has to")


def _silence(layer: LayerOutcome) -> str:
    if not layer.policies:
        return "there is none"
    if len(layer.statements) == 1:
        return "its one statement does not allow it"
    return f"none of its {layer_statements(layer)} allows it"


def _listed(outcomes: Sequence[StatementOutcome], explanation: Explanation) -> str:
    determining = explanation.decision.determining
    ordered = sorted(outcomes, key=lambda outcome: (-outcome.grant, outcome.ref not in determining))
    return show_values([statement_name(each.ref) for each in ordered], _MOST_STATEMENTS, "and")


def _closing(explanation: Explanation) -> Iterator[str]:
    """Yield what the reader may want to do next, where that is certain."""
    decision = explanation.decision
    shortfall = find_shortfall(explanation)
    needs_trust = explanation.request.action_key.startswith(_ASSUME_ROLE)
    kinds = {decision.layer, *(layer.kind for layer in explanation.layers)}
    has_own = any(kind is not None and kind.guards_resource for kind in kinds)
    if not decision.explicit_deny and len(shortfall) == 1 and (has_own or not needs_trust):
        place = shortfall[0]
        level = "" if place.level is None else f" at level {place.level}"
        where = f"the {place.kind.value}" if place.kind in _ONE_OF_A_KIND else with_article(place.kind.value)
        yield f"All that is missing is an Allow in {where}{level}."
    if keys := _unknown_keys(explanation):
        them = "it" if len(keys) == 1 else "them"
        yield f"The request has no {show_values(keys)}; with {them} the answer may differ."


def _unknown_keys(explanation: Explanation) -> list[str]:
    """Return the condition keys that keep statements from applying only because the request does not have them."""
    keys: dict[str, None] = {}
    for outcome in find_near_misses(explanation):
        if all(_is_unknown(mismatch) for mismatch in outcome.mismatches):
            keys |= dict.fromkeys(mismatch.key or "" for mismatch in outcome.mismatches)
    return list(keys)


def _is_unknown(mismatch: Mismatch) -> bool:
    return mismatch.reason is MismatchReason.CONDITION and mismatch.actual is None


def _every_statement(explanation: Explanation) -> Iterator[str]:
    yield "Every statement:"
    for layer in explanation.layers:
        yield f"  {layer_name(layer.kind, layer.level, layer.target)}"
        if not layer.statements:
            yield "    there is none"
        for outcome in layer.statements:
            applies = "applies" if outcome.applies else "does not apply"
            yield from _wrap(f"{outcome.effect.value} {statement_name(outcome.ref)} {applies}", indent=4, hang=2)
            for mismatch in outcome.mismatches:
                yield from _wrap(mismatch_phrase(mismatch, None), indent=6, hang=2)
