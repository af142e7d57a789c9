"""A call's input and output without their secrets, for the audit trail and for logs."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ostiary.wire.model import service_model
from ostiary.wire.route import Route
from ostiary.wire.shapes import ListOf, MapOf, Member, Structure

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
"""What stands in a secret's place, in CloudTrail's words."""

_Hide = Callable[[Any], Any]


def redact(route: Route, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the decoded input or the output of a call with each secret replaced by `HIDDEN`.

    Both are taken alike, so that no mistake about which one is at hand can let a secret through.
    """
    return _redacted(_operation_hiders(route.service, route.operation), values)


@cache
def _operation_hiders(service: str, operation: str) -> Mapping[str, _Hide]:
    model = service_model(service).operation(operation)
    # INVARIANT: a name in both input and output is a secret in both or in neither; held by tests/wire/test_redact.py.
    return {**_hiders(model.output), **_hiders(model.input)}


def _redacted(hiders: Mapping[str, _Hide], values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: hiders[name](value) if name in hiders and value is not None else value for name, value in values.items()
    }


def _hiders(shape: Structure) -> Mapping[str, _Hide]:
    found = ((name, _hider(member)) for name, member in shape.members.items())
    return {name: hide for name, hide in found if hide is not None}


def _hider(member: Member) -> _Hide | None:
    """Return what replaces the secrets in a member, or None when there are none."""
    if member.sensitive:
        return lambda _: HIDDEN
    match member.shape:
        case Structure() as shape:
            hiders = _hiders(shape)
            return (lambda value: _redacted(hiders, value)) if hiders else None
        case ListOf(element=element):
            return _each(_hider(element))
        case MapOf(value=element):
            return _each_value(_hider(element))
        case _:
            return None


def _each(hide: _Hide | None) -> _Hide | None:
    return None if hide is None else lambda values: [hide(value) for value in values]


def _each_value(hide: _Hide | None) -> _Hide | None:
    return None if hide is None else lambda values: {key: hide(value) for key, value in values.items()}
