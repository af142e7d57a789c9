"""How the values of a filter are compared with what a finding has.

Sources: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html,
https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DateFilter.html and
https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_NumberFilter.html
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from ostiary.services.securityhub.errors import invalid_input

Given = Sequence[Mapping[str, Any]]
Test = Callable[[Sequence[Any]], bool]
"""Tells whether the values that a finding has of an attribute are as asked for."""

_POSITIVE: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {"EQUALS": str.__eq__, "PREFIX": str.startswith, "CONTAINS": str.__contains__}
)
_NEGATIVE: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {"NOT_EQUALS": str.__eq__, "PREFIX_NOT_EQUALS": str.startswith, "NOT_CONTAINS": str.__contains__}
)
_NUMBERS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {"Gte": float.__ge__, "Lte": float.__le__, "Eq": float.__eq__, "Gt": float.__gt__, "Lt": float.__lt__}
)
_MOST_DAYS = 36_500


def text_test(name: str, given: Given) -> Test:
    """Return the test of texts: one of those that ask for something must hold, and none of what is ruled out.

    Raises:
        Fault: `InvalidInputException`, a value or a comparison is missing, or is none of `GetFindings`'s.
    """
    wanted, unwanted = [], []
    for item in given:
        comparison, value = item.get("Comparison"), item.get("Value")
        if not isinstance(value, str) or comparison not in {*_POSITIVE, *_NEGATIVE}:
            allowed = ", ".join([*_POSITIVE, *_NEGATIVE])
            raise invalid_input(f"Filters.{name} must have a Value and a Comparison, which is one of {allowed}.")
        if comparison in _POSITIVE:
            wanted.append((_POSITIVE[comparison], value))
        else:
            unwanted.append((_NEGATIVE[comparison], value))

    def holds(values: Sequence[Any]) -> bool:
        had = [value for value in values if value is not None]
        if any(compare(mine, value) for compare, value in unwanted for mine in had):
            return False
        return not wanted or any(compare(mine, value) for compare, value in wanted for mine in had)

    return holds


def equal_texts(given: Given) -> frozenset[str] | None:
    """Return the texts of which an attribute must be one; None when a filter lets others through."""
    if not given or any(item.get("Comparison") in {"PREFIX", "CONTAINS"} for item in given):
        return None
    equal = frozenset(item["Value"] for item in given if item.get("Comparison") == "EQUALS")
    return equal or None


def date_test(name: str, given: Given, *, now: datetime) -> Test:
    """Return the test of moments: one of the ranges must hold; their ends are part of them.

    Raises:
        Fault: `InvalidInputException`, a range is none.
    """
    ranges = [_range(name, item, now) for item in given]

    def holds(values: Sequence[Any]) -> bool:
        had = [value for value in values if value is not None]
        return any(start <= mine <= end for start, end in ranges for mine in had)

    return holds


def number_test(name: str, given: Given) -> Test:
    """Return the test of numbers: one of the filters must hold, with all that it says.

    Raises:
        Fault: `InvalidInputException`, a filter says nothing.
    """
    if not all(item.keys() & _NUMBERS.keys() for item in given):
        raise invalid_input(f"Filters.{name} must have one of {', '.join(_NUMBERS)}.")

    def holds(values: Sequence[Any]) -> bool:
        return any(
            all(compare(float(mine), float(item[key])) for key, compare in _NUMBERS.items() if key in item)
            for item in given
            for mine in values
        )

    return holds


def _range(name: str, item: Mapping[str, Any], now: datetime) -> tuple[datetime, datetime]:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    days = item.get("DateRange")
    if days is not None:
        if "Start" in item or "End" in item or "Value" not in days or not 0 < days["Value"] <= _MOST_DAYS:
            raise invalid_input(
                f"Filters.{name} must have either Start and End or a DateRange with a Value from 1 to {_MOST_DAYS}."
            )
        before = now - timedelta(days=days["Value"])
        return (first, before) if days.get("Comparison") == "OLDER_THAN" else (before, last)
    if "Start" not in item and "End" not in item:
        raise invalid_input(f"Filters.{name} must have Start and End, or a DateRange.")
    return _moment(name, item.get("Start"), first), _moment(name, item.get("End"), last)


def _moment(name: str, text: str | None, otherwise: datetime) -> datetime:
    if text is None:
        return otherwise
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid_input(f"Filters.{name} has a timestamp that is none by ISO 8601.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
