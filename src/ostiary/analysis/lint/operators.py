"""Condition operators by their parts, as checks see them: also those that do not exist.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from dataclasses import dataclass
from enum import Enum


class Comparison(Enum):
    """What an operator takes its values for."""

    STRING = "String"
    NUMERIC = "Numeric"
    DATE = "Date"
    BOOL = "Bool"
    BINARY = "Binary"
    IP_ADDRESS = "IpAddress"
    ARN = "Arn"
    NULL = "Null"


_COMPARISONS = {
    Comparison.STRING: (
        *("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
        *("StringLike", "StringNotLike"),
    ),
    Comparison.NUMERIC: (
        *("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"),
        *("NumericGreaterThan", "NumericGreaterThanEquals"),
    ),
    Comparison.DATE: (
        *("DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals"),
        *("DateGreaterThan", "DateGreaterThanEquals"),
    ),
    Comparison.BOOL: ("Bool",),
    Comparison.BINARY: ("BinaryEquals",),
    Comparison.IP_ADDRESS: ("IpAddress", "NotIpAddress"),
    Comparison.ARN: ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
    Comparison.NULL: ("Null",),
}
_BY_NAME = {name.lower(): (name, comparison) for comparison, names in _COMPARISONS.items() for name in names}
OPERATOR_NAMES = tuple(name for names in _COMPARISONS.values() for name in names)
"""The names of all operators, without prefix and suffix."""

FOR_ALL, FOR_ANY = "ForAllValues", "ForAnyValue"
_SET_PREFIXES = {prefix.lower(): prefix for prefix in (FOR_ALL, FOR_ANY)}
IF_EXISTS = "IfExists"


@dataclass(frozen=True, slots=True)
class WrittenOperator:
    """An operator as it is written, and what can be made of it."""

    text: str
    base: str
    """The name without prefix and suffix, in AWS's spelling if it is known."""
    comparison: Comparison | None
    """None when there is no such operator."""
    set_prefix: str | None
    """`ForAllValues` or `ForAnyValue`."""
    if_exists: bool
    odd_prefix: bool
    """There is something else before a colon."""

    @property
    def negated(self) -> bool:
        """It holds when no value matches."""
        return self.comparison is not None and "Not" in self.base

    @property
    def takes_wildcards(self) -> bool:
        """Stars and question marks in its values stand for other characters."""
        return self.comparison is Comparison.ARN or self.base in ("StringLike", "StringNotLike")

    @property
    def asks_for_more(self) -> bool:
        """It does not hold when the key is absent from the request, so it does narrow what a statement covers."""
        return not self.negated and not self.if_exists and self.set_prefix != FOR_ALL


def read_operator(text: str) -> WrittenOperator:
    """Return what can be made of an operator's name; case does not count."""
    prefix, colon, rest = text.rpartition(":")
    folded = rest.lower().removesuffix(IF_EXISTS.lower())
    base, comparison = _BY_NAME.get(folded, (rest[: len(folded)], None))
    set_prefix = _SET_PREFIXES.get(prefix.lower())
    return WrittenOperator(
        text,
        base,
        comparison,
        set_prefix,
        if_exists=len(folded) < len(rest),
        odd_prefix=bool(colon) and set_prefix is None,
    )
