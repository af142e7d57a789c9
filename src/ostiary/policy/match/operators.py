"""Condition operators by name: a base operator, with `ForAllValues:` or `ForAnyValue:` before it, `IfExists` after it.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from dataclasses import dataclass
from enum import Enum

from ostiary.policy.match import addresses, arns, binary, booleans, dates, numbers, strings
from ostiary.policy.match.truth import Family


class Quantifier(Enum):
    """How many of the request's values must match; without one, the request is to have a single value."""

    ALL = "forallvalues"
    ANY = "foranyvalue"


@dataclass(frozen=True, slots=True)
class Operator:
    """What an operator's name says."""

    family: Family | None
    """Makes the comparison; None for `Null`, which compares nothing."""
    negated: bool = False
    """It holds when none of the policy's values match."""
    takes_dates: bool = False
    if_exists: bool = False
    quantifier: Quantifier | None = None


_BASE = {
    "stringequals": Operator(strings.equals),
    "stringnotequals": Operator(strings.equals, negated=True),
    "stringequalsignorecase": Operator(strings.equals_ignore_case),
    "stringnotequalsignorecase": Operator(strings.equals_ignore_case, negated=True),
    "stringlike": Operator(strings.like),
    "stringnotlike": Operator(strings.like, negated=True),
    "numericequals": Operator(numbers.equals),
    "numericnotequals": Operator(numbers.equals, negated=True),
    "numericlessthan": Operator(numbers.less_than),
    "numericlessthanequals": Operator(numbers.less_than_equals),
    "numericgreaterthan": Operator(numbers.greater_than),
    "numericgreaterthanequals": Operator(numbers.greater_than_equals),
    "dateequals": Operator(dates.equals, takes_dates=True),
    "datenotequals": Operator(dates.equals, negated=True, takes_dates=True),
    "datelessthan": Operator(dates.less_than, takes_dates=True),
    "datelessthanequals": Operator(dates.less_than_equals, takes_dates=True),
    "dategreaterthan": Operator(dates.greater_than, takes_dates=True),
    "dategreaterthanequals": Operator(dates.greater_than_equals, takes_dates=True),
    "bool": Operator(booleans.equals),
    "binaryequals": Operator(binary.equals),
    "ipaddress": Operator(addresses.in_range),
    "notipaddress": Operator(addresses.in_range, negated=True),
    "arnequals": Operator(arns.like),
    "arnlike": Operator(arns.like),
    "arnnotequals": Operator(arns.like, negated=True),
    "arnnotlike": Operator(arns.like, negated=True),
    "null": Operator(None),
}
_IF_EXISTS = "ifexists"
_QUANTIFIERS = {quantifier.value: quantifier for quantifier in Quantifier}


def find_operator(name: str) -> Operator | None:
    """Return what `name` says, read without regard to case, or None when there is no such operator."""
    prefix, colon, rest = name.lower().rpartition(":")
    quantifier = _QUANTIFIERS.get(prefix)
    if colon and quantifier is None:
        return None
    base_name = rest.removesuffix(_IF_EXISTS)
    if_exists = base_name != rest
    base = _BASE.get(base_name)
    # Null already asks whether the key exists, so AWS has no NullIfExists.
    if base is None or (base.family is None and if_exists):
        return None
    return Operator(base.family, base.negated, base.takes_dates, if_exists, quantifier)
