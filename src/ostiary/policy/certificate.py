"""A decision's proof: a small JSON value from which a program that shares nothing with this one can confirm it.

The form is described in `conformance/README.md`; `conformance/check_certificate.py` is such a program.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ostiary.policy.document import Effect, PolicyKind
from ostiary.policy.explain import Explanation, LayerOutcome, Mismatch, MismatchReason, StatementOutcome

LAYER_NAMES = {
    PolicyKind.RESOURCE_CONTROL: "resource_control",
    PolicyKind.SERVICE_CONTROL: "service_control",
    PolicyKind.IDENTITY: "identity",
    PolicyKind.BOUNDARY: "boundary",
    PolicyKind.SESSION: "session",
    PolicyKind.RESOURCE: "resource",
    PolicyKind.TRUST: "trust",
}
"""How the layers are called in questions, vectors and certificates."""

_VERSION = 1


def certify(explanation: Explanation) -> dict[str, Any]:
    """Return the certificate of a decision.

    It names the statements that settle the matter, and for every statement that could have settled it otherwise an
    element that does not match; where that is the action, it is left out.
    """
    decision = explanation.decision
    determining = set(decision.determining)
    applies, fails = [], {}
    for layer in explanation.layers:
        in_the_way = (layer.kind, layer.level) == (decision.layer, decision.level)
        for address, outcome in _addressed(layer):
            if outcome.ref in determining and outcome.applies:
                applies.append(address)
            elif decision.explicit_deny or outcome.applies:
                continue
            elif outcome.effect is Effect.DENY or in_the_way or (layer.kind.guards_resource and not decision.allowed):
                reason = _reason(outcome)
                if reason != MismatchReason.ACTION.value:
                    fails[address] = reason
    return {"version": _VERSION, **decision_json(explanation), "applies": applies, "fails": fails}


def decision_json(explanation: Explanation) -> dict[str, Any]:
    """Return what is decided, and what stands in the way, as certificates say it."""
    decision = explanation.decision
    return {
        "decision": decision_name(explanation),
        "layer": decision.layer and LAYER_NAMES[decision.layer],
        "level": decision.level,
    }


def decision_name(explanation: Explanation) -> str:
    """Return `allow`, `explicit_deny` or `implicit_deny`."""
    if explanation.decision.allowed:
        return "allow"
    return "explicit_deny" if explanation.decision.explicit_deny else "implicit_deny"


def _addressed(layer: LayerOutcome) -> Iterator[tuple[str, StatementOutcome]]:
    name = LAYER_NAMES[layer.kind]
    for number, policy in enumerate(layer.policies):
        place = name if layer.kind.guards_resource else f"{name}/{number}"
        if layer.level is not None:
            place = f"{name}/{layer.level}/{number}"
        for index, outcome in enumerate(policy.statements):
            yield f"{place}/{index}", outcome


def _reason(outcome: StatementOutcome) -> Any:
    """Return an element that does not match for certain, or for an Allow statement one that cannot be decided."""
    mismatch = next(iter(_certain(outcome)))
    if mismatch.reason is MismatchReason.CONDITION:
        return [mismatch.reason.value, mismatch.operator, mismatch.key]
    return mismatch.reason.value


def _certain(outcome: StatementOutcome) -> Iterable[Mismatch]:
    return (each for each in outcome.mismatches if outcome.effect is Effect.ALLOW or not each.undecided)
