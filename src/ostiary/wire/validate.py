"""The constraints of the model on a call's parameters, checked and told as AWS does.

A check is compiled once for each operation, from the shapes to closures; a call then looks at no shape. Elements of a
list that has too many are not looked at, so that the work is bounded by the model.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from ostiary.wire.constraints import Constraint, size_constraints, text_constraint
from ostiary.wire.findings import Findings
from ostiary.wire.model import service_model
from ostiary.wire.peculiarities import is_left_to_service, own_element_rules, own_order, own_pattern, own_rule
from ostiary.wire.route import Route
from ostiary.wire.shapes import ListOf, MapOf, Member, Scalar, Structure

_Check = Callable[[Any, str, Findings], None]
_ElementsCheck = Callable[[Iterable[tuple[object, Any]], Any, str, Findings], None]


def validate(route: Route, parameters: Mapping[str, Any]) -> None:
    """Check the decoded input of a routed call against the model.

    Raises:
        ValidationError: a constraint is broken; the message names each, or is IAM's own sentence on names and paths.
    """
    findings = Findings(route.service)
    _operation_check(route.service, route.operation)(parameters, "", findings)
    findings.raise_any()


@cache
def _operation_check(service: str, operation: str) -> _Check:
    return _structure_check(service_model(service).operation(operation).input, service)


def _member_check(service: str, name: str, member: Member) -> _Check:
    match member.shape:
        case Structure() as shape:
            return _structure_check(shape, service)
        case ListOf() as shape:
            return _list_check(shape, service, name, sensitive=member.sensitive or shape.element.sensitive)
        case MapOf() as shape:
            sensitive = member.sensitive or shape.key.sensitive or shape.value.sensitive
            return _map_check(shape, service, sensitive=sensitive)
        case Scalar() as shape:
            return _scalar_check(shape, service, name, sensitive=member.sensitive)


def _structure_check(shape: Structure, service: str) -> _Check:
    rules = [
        (name, shown_name, name in shape.required, _member_check(service, name, shape.members[name]))
        for name, shown_name in own_order(service, {name: name[0].lower() + name[1:] for name in shape.members})
    ]

    def check(values: Mapping[str, Any], path: str, findings: Findings) -> None:
        before = f"{path}." if path else ""
        for name, shown_name, required, check_member in rules:
            value = values.get(name)
            if value is not None:
                check_member(value, before + shown_name, findings)
            elif required:
                findings.missing(before + shown_name)

    return check


def _scalar_check(shape: Scalar, service: str, name: str, *, sensitive: bool) -> _Check:
    if is_left_to_service(service, name):
        return _accept
    shape = Scalar(shape.kind, shape.minimum, shape.maximum, own_pattern(service, name, shape.pattern), shape.enum)
    text = text_constraint(shape)
    rule = own_rule(service, name, shape.pattern) if shape.pattern else None
    told = [*([text] if text and not rule else []), *reversed(size_constraints(shape))]

    def check(value: Any, path: str, findings: Findings) -> None:
        _tell(told, value, path, findings, sensitive=sensitive)
        if rule and text and not text.holds(value):
            findings.own(path, rule)

    return check


def _accept(_value: Any, _path: str, _findings: Findings) -> None:
    """Find nothing."""


def _list_check(shape: ListOf, service: str, name: str, *, sensitive: bool) -> _Check:
    sizes, maximum = size_constraints(shape), shape.maximum
    check_elements = _elements_check(
        shape.element,
        service,
        "Member must satisfy constraint",
        sensitive=sensitive,
        more_rules=own_element_rules(service, name),
    )

    def check(values: list[Any], path: str, findings: Findings) -> None:
        _tell(sizes, values, path, findings, sensitive=sensitive)
        if maximum is None or len(values) <= maximum:
            check_elements(enumerate(values, 1), values, path, findings)

    return check


def _map_check(shape: MapOf, service: str, *, sensitive: bool) -> _Check:
    sizes, maximum = size_constraints(shape), shape.maximum
    check_keys = _elements_check(shape.key, service, "Map keys must satisfy constraint", sensitive=sensitive)
    check_values = _elements_check(shape.value, service, "Map value must satisfy constraint", sensitive=sensitive)

    def check(values: Mapping[str, Any], path: str, findings: Findings) -> None:
        _tell(sizes, values, path, findings, sensitive=sensitive)
        if maximum is None or len(values) <= maximum:
            check_keys(enumerate(values), values, path, findings)
            check_values(values.items(), values, path, findings)

    return check


def _elements_check(
    member: Member, service: str, preface: str, *, sensitive: bool, more_rules: tuple[str, ...] = ()
) -> _ElementsCheck:
    """Return the check of what a list or map holds, given with its labels: positions or keys.

    AWS names the element that is wrong when it is a structure. Of single values it shows the whole, and states every
    constraint that they have, `more_rules` last.
    """
    if not isinstance(member.shape, Scalar):
        return _each_check(_member_check(service, "", member))
    text = text_constraint(member.shape)
    constraints = [*size_constraints(member.shape), *([text] if text else [])]
    sentence = f"{preface}: [{', '.join([*(constraint.sentence for constraint in constraints), *more_rules])}]"

    def check(elements: Iterable[tuple[object, Any]], whole: Any, path: str, findings: Findings) -> None:
        if not all(constraint.holds(value) for _, value in elements for constraint in constraints):
            findings.broken(whole, path, sentence, sensitive=sensitive)

    return check


def _each_check(check_element: _Check) -> _ElementsCheck:
    def check(elements: Iterable[tuple[object, Any]], _whole: Any, path: str, findings: Findings) -> None:
        for label, value in elements:
            if findings.full:
                return
            check_element(value, f"{path}.{label}.member", findings)

    return check


def _tell(constraints: list[Constraint], value: Any, path: str, findings: Findings, *, sensitive: bool) -> None:
    for constraint in constraints:
        if not constraint.holds(value):
            findings.broken(value, path, constraint.sentence, sensitive=sensitive)
