"""Numeric operators: integers and decimals, compared exactly.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
"""

import operator
import re
from decimal import Decimal

from ostiary.policy.match.compared import comparing

# The lengths are bounded so that no value, however it is written, is costly to compare.
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?", re.ASCII)


def read_number(text: str) -> Decimal | None:
    """Return the number that `text` writes, or None when it writes none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


equals = comparing(read_number, read_number, operator.eq)
less_than = comparing(read_number, read_number, operator.lt)
less_than_equals = comparing(read_number, read_number, operator.le)
greater_than = comparing(read_number, read_number, operator.gt)
greater_than_equals = comparing(read_number, read_number, operator.ge)
