"""Why a call was refused, as DecodeAuthorizationMessage tells it to who may ask.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html and the examples of
its answers in AWS's guides for the shape. `explanation` and `certificate` are Ostiary's own additions to it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.credentials import AuthorizationMessageCodec, Sealer
from ostiary.policy import (
    AccessRequest,
    Patterns,
    PolicyKind,
    PolicySet,
    PrincipalElement,
    ResourcePolicies,
    Statement,
    certify,
    explain,
    explanation_lines,
)
from ostiary.values.caller import Caller
from ostiary.values.operation import ContextValue

_MOST_CHARACTERS = 6_144
"""A message that would be longer is minted without Ostiary's additions."""

_Shape = dict[str, Any]


def encode_refusal(
    sealer: Sealer,
    caller: Caller,
    request: AccessRequest,
    *,
    context: Mapping[str, ContextValue],
    policies: PolicySet,
    resource_policies: ResourcePolicies,
) -> str | None:
    """Return the encoded message on a refused request, or None when it would be too long for any message.

    Of a session policy it tells nothing but which statement settled the matter: whoever passed it may not mean others
    to read it.

    Args:
        sealer: what the message is sealed with.
        caller: who was refused.
        request: what was decided.
        context: the request's condition keys, in their own spelling.
        policies: all that bind the caller.
        resource_policies: all that guard the resource.
    """
    explanation = explain(request, policies, resource_policies)
    decision = explanation.decision
    denying = [
        outcome.written
        for layer in explanation.layers
        if layer.kind is not PolicyKind.SESSION
        for outcome in layer.statements
        if decision.explicit_deny and outcome.applies and outcome.ref in decision.determining
    ]
    message = {
        "allowed": decision.allowed,
        "explicitDeny": decision.explicit_deny,
        "matchedStatements": _items(_statement_shape(statement, caller) for statement in denying),
        "failures": _items(()),
        "context": {
            "principal": _principal_shape(caller),
            "action": request.action,
            "resource": request.resource,
            "conditions": _items(_condition_shape(key, value) for key, value in context.items()),
        },
    }
    proof: _Shape = {"certificate": certify(explanation)}
    words: _Shape = {} if policies.session else {"explanation": explanation_lines(explanation)}
    codec = AuthorizationMessageCodec(sealer)
    encoded = codec.mint(_json(message | words | proof), caller.account)
    if encoded is None or len(encoded) > _MOST_CHARACTERS:
        encoded = codec.mint(_json(message), caller.account)
    return encoded


def _statement_shape(statement: Statement, caller: Caller) -> _Shape:
    shape: _Shape = {
        "statementId": statement.sid or "",
        "effect": statement.effect.value.upper(),
        "principals": _values(_principals(statement.principal, caller)),
        "principalGroups": _items(()),
        **_patterns_shape("actions", statement.actions),
        **_patterns_shape("resources", statement.resources or Patterns(("*",))),
    }
    conditions = (_condition_shape(each.key, each.values) for each in statement.conditions)
    return shape | {"conditions": _items(conditions)}


def _patterns_shape(name: str, patterns: Patterns) -> _Shape:
    return {f"not{name.capitalize()}" if patterns.negated else name: _values(patterns.values)}


def _principals(element: PrincipalElement | None, caller: Caller) -> Iterable[str]:
    """Return whom a statement names; one that names nobody is about whoever the policy is attached to."""
    if element is None:
        return (caller.identity_id,)
    return (*element.aws, *element.service, *element.federated, *element.canonical_user) or ("*",)


def _principal_shape(caller: Caller) -> _Shape:
    named = {"name": caller.name} if caller.name and caller.session is None else {}
    return {"id": caller.unique_id, **named, "arn": caller.arn}


def _condition_shape(key: str, value: ContextValue) -> _Shape:
    return {"key": key, "values": _values((value,) if isinstance(value, str) else value)}


def _values(values: Iterable[str]) -> _Shape:
    return _items({"value": value} for value in values)


def _items(items: Iterable[_Shape]) -> _Shape:
    return {"items": list(items)}


def _json(message: _Shape) -> str:
    return json.dumps(message, separators=(",", ":"))
