"""An explanation in plain sentences."""

from ostiary.policy.document import StatementRef
from ostiary.policy.explain import Explanation, LayerOutcome, Mismatch
from ostiary.policy.phrases import denial_phrase


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return the explanation in plain sentences: the decision first, then each kind of policy and its statements."""
    decision, request = explanation.decision, explanation.request
    asked = f"{request.action} on {request.resource}"
    if decision.allowed:
        lines = [f"{asked} is allowed."]
    else:
        lines = [f"{asked} is denied {denial_phrase(decision, request.action)}."]
    for layer in explanation.layers:
        lines.append(f"{_layer_name(layer)}:" if layer.statements else f"{_layer_name(layer)}: there is no statement.")
        for outcome in layer.statements:
            verdict = "applies" if outcome.applies else "does not apply"
            lines.append(f"  {outcome.effect.value} in {_place(outcome.ref)} {verdict}.")
            lines.extend(f"    {_sentence(mismatch)}" for mismatch in outcome.mismatches)
    return lines


def _layer_name(layer: LayerOutcome) -> str:
    return layer.kind.value if layer.target is None else f"{layer.kind.value} at {layer.target}"


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
