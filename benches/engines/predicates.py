"""Rules as plain Python functions, compiled once: for the naive evaluator, and for engines that can call functions."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

from benches.rules import Condition, Expected, Operator, Relation, Request

TextTest = Callable[[str], bool]
ValueTest = Callable[[Any], bool]

MISSING: Final = object()
"""Stands for the value of a key that a request does not have."""

_ARN_PARTS = 6


def prepared_context(request: Request) -> dict[str, Any]:
    """Return the context with addresses as numbers and moments as seconds, which cost least to compare."""
    return {key: _comparable(value) for key, value in request.context.items()}


def compile_actions(patterns: Sequence[str], *, negated: bool = False) -> TextTest:
    """Return a test of an action in lower case."""
    folded = [pattern.lower() for pattern in patterns]
    plain = not any("*" in pattern for pattern in folded)
    test = frozenset(folded).__contains__ if plain else _any_text([_text_regex(pattern) for pattern in folded])
    return (lambda action: not test(action)) if negated else test


def compile_resources(patterns: Sequence[str]) -> TextTest:
    """Return a test of an ARN; a `*` in one of its first five parts stays inside that part."""
    if not any("*" in pattern for pattern in patterns):
        return frozenset(patterns).__contains__
    return _any_text([_arn_regex(pattern) for pattern in patterns])


def compile_condition(condition: Condition) -> ValueTest:
    """Return a test of the request's value for the condition's key, which may be `MISSING`."""
    operator = condition.meaning
    if operator.relation is Relation.ABSENT:
        wanted = condition.values[0]
        return lambda actual: (actual is MISSING) is wanted
    test = _over_values(operator, _relation(operator.relation, condition.values))

    def is_met(actual: Any) -> bool:
        if actual is MISSING:
            return operator.when_missing
        return test(actual) is not operator.negated

    return is_met


def compile_conditions(conditions: Sequence[Condition]) -> Callable[[Mapping[str, Any]], bool]:
    """Return a test of a prepared context."""
    tests = [(condition.key, compile_condition(condition)) for condition in conditions]

    def are_met(context: Mapping[str, Any]) -> bool:
        for key, test in tests:  # noqa: SIM110 - a generator costs more than the loop
            if not test(context.get(key, MISSING)):
                return False
        return True

    return are_met


def _comparable(value: Any) -> Any:
    if isinstance(value, IPv4Address):
        return int(value)
    return value.timestamp() if isinstance(value, datetime) else value


def _over_values(operator: Operator, test: ValueTest) -> ValueTest:
    if operator.every is None:
        return test
    over = all if operator.every else any
    return lambda actual: over(map(test, actual))


def _relation(relation: Relation, values: Sequence[Expected]) -> ValueTest:
    first = _comparable(values[0])
    match relation:
        case Relation.EQUALS:
            return frozenset(values).__contains__
        case Relation.LIKE:
            return _any_text([_text_regex(str(value)) for value in values])
        case Relation.INSIDE:
            ranges = [(int(net[0]), int(net[-1])) for net in values if isinstance(net, IPv4Network)]
            return lambda actual: any(low <= actual <= high for low, high in ranges)
        case Relation.BELOW:
            return lambda actual: bool(actual < first)
        case Relation.ABOVE:
            return lambda actual: bool(actual > first)
        case _:
            raise ValueError(f"`{relation.value}` compares no values")


def _any_text(regexes: Sequence[str]) -> TextTest:
    pattern = re.compile("|".join(regexes), re.DOTALL)
    return lambda text: pattern.fullmatch(text) is not None


def _text_regex(pattern: str) -> str:
    return ".*".join(map(re.escape, pattern.split("*")))


def _arn_regex(pattern: str) -> str:
    if pattern == "*":
        return ".*"
    *head, resource = pattern.split(":", _ARN_PARTS - 1)
    return ":".join([*("[^:]*".join(map(re.escape, part.split("*"))) for part in head), _text_regex(resource)])
