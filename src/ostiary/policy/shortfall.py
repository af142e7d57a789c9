"""What an explained request lacks: every place from which an Allow is needed and does not come.

`decide` stops at the first such place, which is all that a refusal has to name. Someone who wants to mend it asks for
all of them; this works them out of the explanation alone.
"""

from typing import NamedTuple

from ostiary.policy.document import Effect, PolicyKind
from ostiary.policy.explain import Explanation, LayerOutcome
from ostiary.policy.match import Grant
from ostiary.policy.principal import Standing


class Place(NamedTuple):
    """A kind of policy, and for a control policy the level of the organisation."""

    kind: PolicyKind
    level: int | None = None


def allows(layer: LayerOutcome) -> bool:
    """Return whether an Allow statement of the layer applies."""
    return _grant(layer) is not Grant.NONE


def find_shortfall(explanation: Explanation) -> tuple[Place, ...]:
    """Return the places that would each have to allow a request that no Deny statement stands in the way of.

    Empty for a request that is allowed. An explanation does not say that a role without any trust policy needs one,
    so where the decision names no trust policy the answer is about the layers that there are.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """
    request, layers = explanation.request, explanation.layers
    grant = max((_grant(layer) for layer in layers if layer.kind.guards_resource), default=Grant.NONE)
    outsider = request.principal.standing is Standing.OUTSIDER
    needed = [layer for layer in layers if layer.kind.controls_organisation]
    if not outsider and (request.crosses_accounts or grant is not Grant.DIRECT):
        by_issuer = grant is Grant.ISSUER and not request.crosses_accounts
        needed += [
            layer for layer in layers if layer.kind.limits or (layer.kind is PolicyKind.IDENTITY and not by_issuer)
        ]
    lacking = [Place(layer.kind, layer.level) for layer in needed if not allows(layer)]
    own = next((layer.kind for layer in layers if layer.kind.guards_resource), PolicyKind.RESOURCE)
    decision = explanation.decision
    if decision.layer is not None and decision.layer.guards_resource and not decision.explicit_deny:
        lacking.append(Place(decision.layer))
    elif not grant and (own is PolicyKind.TRUST or request.crosses_accounts or outsider):
        lacking.append(Place(own))
    return tuple(lacking)


def _grant(layer: LayerOutcome) -> Grant:
    return max((each.grant for each in layer.statements if each.effect is Effect.ALLOW), default=Grant.NONE)
