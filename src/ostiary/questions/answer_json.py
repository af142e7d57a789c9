"""An answer in full as JSON: what `ostiary explain --format json` prints, and what ExplainDecision returns."""

from collections.abc import Mapping
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
from ostiary.questions.answer import Answer

Origins = Mapping[PolicySource, Mapping[str, Any]]
"""Where policies come from, as JSON; of those that are not in it nothing is said but their name."""

_UNKNOWN: Origins = {}


def answer_as_json(answer: Answer, origins: Origins = _UNKNOWN) -> dict[str, Any]:
    """Return an answer in full: what was asked and of which policies, why it came out so, and the certificate."""
    explanation = answer.explanation
    certificate = certify(explanation)
    return {
        "decision": decision_name(explanation),
        "allowed": explanation.decision.allowed,
        "layer": certificate["layer"],
        "level": certificate["level"],
        **({"notes": list(answer.notes)} if answer.notes else {}),
        **{name: answer.question[name] for name in ("request", "policies")},
        "explanation": {
            "lines": answer.lines(),
            "layers": [_layer(each, origins) for each in explanation.layers],
        },
        "certificate": certificate,
    }


def _layer(layer: LayerOutcome, origins: Origins) -> dict[str, Any]:
    return {
        "layer": LAYER_NAMES[layer.kind],
        **({} if layer.level is None else {"level": layer.level, "target": layer.target}),
        "policies": [_policy(policy, origins) for policy in layer.policies],
    }


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
