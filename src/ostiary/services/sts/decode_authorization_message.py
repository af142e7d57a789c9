"""DecodeAuthorizationMessage: why a call was refused.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html and the examples of
its answers in AWS's guides for the shape. `explanation` and `certificate` are Ostiary's own additions to it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.credentials import RefusedCall, message_codec
from ostiary.directory.directory import Directory
from ostiary.policy import (
    Explanation,
    Patterns,
    PrincipalElement,
    Statement,
    certify,
    explanation_lines,
)
from ostiary.services.sts.refused_call import look_into
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import ContextValue, Need, Operation

_Shape = dict[str, Any]


def decode_authorization_message(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return why a call was refused, by the policies in force now; it must be one of the caller's account.

    Whether it was refused by a Deny statement is told as it was then. Of a session policy nothing is told: whoever
    passed it may not mean others to read it. What the other policies say is then not the whole of it, so that
    neither explanation nor certificate is given.
    """
    refused = message_codec(directory.sealer).open(call.parameters["EncodedMessage"], call.account)
    looked_into = look_into(refused, directory)
    explanation = looked_into.explanation
    message: _Shape = {
        "allowed": False,
        "explicitDeny": refused.explicit_deny,
        "matchedStatements": _items(
            _statement_shape(statement, refused.caller) for statement in _denying(refused, explanation)
        ),
        "failures": _items(()),
        "context": {
            "principal": _principal_shape(refused.caller),
            "action": refused.action,
            "resource": looked_into.resource,
            "conditions": _items(_condition_shape(key, value) for key, value in looked_into.context.items()),
        },
    }
    if explanation is not None and not refused.has_session_policies:
        message |= {"explanation": explanation_lines(explanation), "certificate": certify(explanation)}
    return {"DecodedMessage": json.dumps(message, separators=(",", ":"))}


def _denying(refused: RefusedCall, explanation: Explanation | None) -> list[Statement]:
    """Return the statement that denies the call, if one did when it was refused and does now."""
    if explanation is None or not (refused.explicit_deny and explanation.decision.explicit_deny):
        return []
    determining = explanation.decision.determining
    return [
        outcome.written
        for layer in explanation.layers
        for outcome in layer.statements
        if outcome.applies and outcome.ref in determining
    ]


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
    return element.listed or ("*",)


def _principal_shape(caller: Caller) -> _Shape:
    named = {"name": caller.name} if caller.name and caller.session is None else {}
    return {"id": caller.unique_id, **named, "arn": caller.arn}


def _condition_shape(key: str, value: ContextValue) -> _Shape:
    return {"key": key, "values": _values((value,) if isinstance(value, str) else value)}


def _values(values: Iterable[str]) -> _Shape:
    return _items({"value": value} for value in values)


def _items(items: Iterable[_Shape]) -> _Shape:
    return {"items": list(items)}


def _needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("sts:DecodeAuthorizationMessage", "*")


OPERATIONS = (Operation("sts", "DecodeAuthorizationMessage", _needs, decode_authorization_message, writes=False),)
