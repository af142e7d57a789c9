"""An answer in full as JSON: what `ostiary explain --format json` prints, and what ExplainDecision returns."""

from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.policy import (
    LAYER_NAMES,
    LayerOutcome,
    MismatchReason,
    PolicyOutcome,
    PolicySource,
    StatementOutcome,
    certify,
)
from ostiary.policy.certificate import decision_name
from ostiary.policy.document import Effect
from ostiary.policy.shortfall import Place, allows, find_shortfall
from ostiary.questions.answer import Answer

Origins = Mapping[PolicySource, Mapping[str, Any]]
"""Where policies come from, as JSON; of those that are not in it nothing is said but their name."""

_UNKNOWN: Origins = {}


def answer_as_json(answer: Answer, origins: Origins = _UNKNOWN) -> dict[str, Any]:
    """Return an answer in full: what was asked and of which policies, why it came out so, and the certificate."""
    explanation = answer.explanation
    certificate = certify(explanation)
    shortfall = find_shortfall(explanation)
    there = {Place(layer.kind, layer.level) for layer in explanation.layers}
    return {
        "decision": decision_name(explanation),
        "allowed": explanation.decision.allowed,
        "layer": certificate["layer"],
        "level": certificate["level"],
        **({"notes": list(answer.notes)} if answer.notes else {}),
        **{name: answer.question[name] for name in ("request", "policies")},
        "explanation": {
            "lines": answer.lines(),
            "layers": [_layer(each, origins, shortfall) for each in explanation.layers],
            "missing": [
                {"layer": LAYER_NAMES[place.kind], "level": place.level} for place in shortfall if place not in there
            ],
        },
        "certificate": certificate,
    }


def _layer(layer: LayerOutcome, origins: Origins, shortfall: Sequence[Place]) -> dict[str, Any]:
    says = _says(layer)
    return {
        "layer": LAYER_NAMES[layer.kind],
        **({} if layer.level is None else {"level": layer.level, "target": layer.target}),
        "says": says,
        "blocks": says == "denies" or Place(layer.kind, layer.level) in shortfall,
        "policies": [_policy(policy, origins) for policy in layer.policies],
    }


def _says(layer: LayerOutcome) -> str:
    if any(each.applies and each.effect is Effect.DENY for each in layer.statements):
        return "denies"
    return "allows" if allows(layer) else "silent"


def _policy(policy: PolicyOutcome, origins: Origins) -> dict[str, Any]:
    origin = origins.get(policy.source)
    return {
        "name": policy.source.name,
        **({} if origin is None else {"origin": origin}),
        "statements": [_statement(each) for each in policy.statements],
    }


def _statement(outcome: StatementOutcome) -> dict[str, Any]:
    return {
        "statement": outcome.ref.index,
        "sid": outcome.ref.sid,
        "effect": outcome.effect.value,
        "applies": outcome.applies,
        "reaches": outcome.grant.name.lower() if outcome.applies else None,
        "mismatches": [
            {
                "reason": mismatch.reason.value,
                **(
                    {"operator": mismatch.operator, "key": mismatch.key}
                    if mismatch.reason is MismatchReason.CONDITION
                    else {"element": mismatch.operator or mismatch.reason.value.capitalize()}
                ),
                "expected": list(mismatch.expected),
                "actual": mismatch.actual,
                "undecided": mismatch.undecided,
            }
            for mismatch in outcome.mismatches
        ],
    }
