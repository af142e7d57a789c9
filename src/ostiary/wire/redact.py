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


def redact(route: Route, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the decoded input of a call with each secret replaced by `HIDDEN`."""
    return _redacted(_input_hiders(route.service, route.operation), parameters)


def redact_output(route: Route, output: Mapping[str, Any]) -> dict[str, Any]:
    """Return the output of a call with each secret replaced by `HIDDEN`."""
    return _redacted(_output_hiders(route.service, route.operation), output)


@cache
def _input_hiders(service: str, operation: str) -> Mapping[str, _Hide]:
    return _hiders(service_model(service).operation(operation).input)


@cache
def _output_hiders(service: str, operation: str) -> Mapping[str, _Hide]:
    return _hiders(service_model(service).operation(operation).output)


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
