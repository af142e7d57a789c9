"""The constraints of the model on a call's parameters, checked and told as AWS does.

A check is compiled once for each operation, from the shapes to closures; a call then looks at no shape. Where AWS is
silent: lengths of text are counted as Java counts them, in UTF-16 units; text that is too long is not matched against
its pattern, and the elements of a list that is too long are not looked at, so that work is bounded by the model.

Source: https://smithy.io/2.0/spec/constraint-traits.html
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ostiary.wire.findings import Findings
from ostiary.wire.model import service_model
from ostiary.wire.patterns import compile_pattern
from ostiary.wire.peculiarities import own_rule
from ostiary.wire.route import Route
from ostiary.wire.shapes import ListOf, MapOf, Member, Scalar, Structure

_Check = Callable[[Any, str, Findings], None]

_LAST_BASIC = "\uffff"


def validate(route: Route, parameters: Mapping[str, Any]) -> None:
    """Check the decoded input of a routed call against the model.

    Raises:
        ValidationError: a constraint is broken; the message names each, or is IAM's own sentence on names and paths.
    """
    findings = Findings()
    _operation_check(route.service, route.operation)(parameters, "", findings)
    findings.raise_any()


@cache
def _operation_check(service: str, operation: str) -> _Check:
    return _structure_check(service_model(service).operation(operation).input, service)


def _member_check(service: str, name: str, member: Member) -> _Check | None:
    """Return the check of a member, or None when nothing about it can be wrong."""
    match member.shape:
        case Structure() as shape:
            return _structure_check(shape, service)
        case ListOf() as shape:
            return _list_check(shape, service, sensitive=member.sensitive or shape.element.sensitive)
        case MapOf() as shape:
            return _map_check(shape, service)
        case Scalar() as shape:
            return _scalar_check(shape, service, name, sensitive=member.sensitive)


def _scalar_check(shape: Scalar, service: str, name: str, *, sensitive: bool) -> _Check | None:
    match shape.kind:
        case "string":
            return _string_check(shape, service, name, sensitive=sensitive)
        case "integer" | "long":
            return _size_check(shape, "value", _itself, sensitive=sensitive)
        case "blob":
            return _size_check(shape, "length", len, sensitive=sensitive)
        case _:
            return None


def _structure_check(shape: Structure, service: str) -> _Check:
    rules = [
        (name, name[0].lower() + name[1:], name in shape.required, _member_check(service, name, member))
        for name, member in shape.members.items()
    ]
    rules = [rule for rule in rules if rule[2] or rule[3]]

    def check(values: Mapping[str, Any], path: str, findings: Findings) -> None:
        before = f"{path}." if path else ""
        for name, shown_name, required, check_member in rules:
            value = values.get(name)
            if value is None:
                if required:
                    findings.missing(before + shown_name)
            elif check_member is not None:
                check_member(value, before + shown_name, findings)

    return check


def _list_check(shape: ListOf, service: str, *, sensitive: bool) -> _Check:
    check_size = _size_check(shape, "length", len, sensitive=sensitive)
    check_element = _member_check(service, "", shape.element)
    maximum = shape.maximum

    def check(values: list[Any], path: str, findings: Findings) -> None:
        if check_size is not None:
            check_size(values, path, findings)
        if check_element is None or (maximum is not None and len(values) > maximum):
            return
        for position, value in enumerate(values, 1):
            if findings.full:
                return
            check_element(value, f"{path}.{position}.member", findings)

    return check


def _map_check(shape: MapOf, service: str) -> _Check:
    check_size = _size_check(shape, "length", len, sensitive=True)
    check_key = _member_check(service, "", shape.key)
    check_value = _member_check(service, "", shape.value)
    maximum = shape.maximum

    def check(values: Mapping[str, Any], path: str, findings: Findings) -> None:
        if check_size is not None:
            check_size(values, path, findings)
        if maximum is not None and len(values) > maximum:
            return
        for position, (key, value) in enumerate(values.items(), 1):
            if findings.full:
                return
            if check_key is not None:
                check_key(key, f"{path}.{position}.key", findings)
            if check_value is not None:
                check_value(value, f"{path}.{position}.value", findings)

    return check


def _string_check(shape: Scalar, service: str, name: str, *, sensitive: bool) -> _Check | None:
    check_size = _size_check(shape, "length", _utf16_length, sensitive=sensitive)
    check_text = _text_check(shape, service, name, sensitive=sensitive)
    if check_size is None or check_text is None:
        return check_size or check_text
    maximum = shape.maximum

    def check(text: str, path: str, findings: Findings) -> None:
        if maximum is None or len(text) <= maximum:
            check_text(text, path, findings)
        check_size(text, path, findings)

    return check


def _text_check(shape: Scalar, service: str, name: str, *, sensitive: bool) -> _Check | None:
    """Return the check of what a text says, rather than how long it is."""
    if shape.enum:
        allowed, listed = frozenset(shape.enum), f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        return _told_check(allowed.__contains__, listed, sensitive=sensitive)
    if shape.pattern is None:
        return None
    matches = compile_pattern(shape.pattern)
    rule = own_rule(service, name, shape.pattern)
    if rule is None:
        constraint = f"Member must satisfy regular expression pattern: {shape.pattern}"
        return _told_check(matches, constraint, sensitive=sensitive)

    def check(text: str, path: str, findings: Findings) -> None:
        if not matches(text):
            findings.own(path, rule)

    return check


def _told_check(holds: Callable[[str], bool], constraint: str, *, sensitive: bool) -> _Check:
    def check(text: str, path: str, findings: Findings) -> None:
        if not holds(text):
            findings.broken(text, path, constraint, sensitive=sensitive)

    return check


def _size_check(
    shape: Scalar | ListOf | MapOf, noun: str, size: Callable[[Any], int], *, sensitive: bool
) -> _Check | None:
    """Return the check of a value's bounds; `noun` is what AWS calls the size: `length` or `value`."""
    if shape.minimum is None and shape.maximum is None:
        return None
    least = shape.minimum if shape.minimum is not None else float("-inf")
    most = shape.maximum if shape.maximum is not None else float("inf")

    def check(value: Any, path: str, findings: Findings) -> None:
        measured = size(value)
        if measured < least:
            constraint = f"Member must have {noun} greater than or equal to {least}"
            findings.broken(value, path, constraint, sensitive=sensitive)
        elif measured > most:
            constraint = f"Member must have {noun} less than or equal to {most}"
            findings.broken(value, path, constraint, sensitive=sensitive)

    return check


def _itself(value: int) -> int:
    return value


def _utf16_length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(character > _LAST_BASIC for character in text)
