"""What conditions compare with: whether it can be read as what the operator compares.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from ostiary.analysis.lint.draft import ConditionValue, Draft, WrittenCondition
from ostiary.analysis.lint.issue import Issue, Mark, quote
from ostiary.analysis.lint.operators import FOR_ALL, Comparison
from ostiary.analysis.lint.patterns import has_wildcard
from ostiary.policy.json_text import JsonNumber
from ostiary.policy.match import is_date

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_EPOCH = re.compile(r"[0-9]{5,19}", re.ASCII)


def check_values(draft: Draft) -> Iterator[Issue]:
    """Check that each value is of its operator's type."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            check = _CHECKS.get(condition.operator.comparison) if condition.operator.comparison else None
            for value in condition.values:
                # A variable under such an operator is a fault of its own.
                if check and "${" not in value.text:
                    yield from check(condition, value)
            yield from _check_list(condition)


def _check_boolean(condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    if value.text.lower() not in ("true", "false"):
        message = f"{quote(value.text)} is no boolean, which `{condition.operator.base}` compares"
        yield Issue("TYPE_MISMATCH_BOOLEAN", value.path, message, "write `true` or `false`")


def _check_number(condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    if not _NUMBER.fullmatch(value.text):
        message = f"{quote(value.text)} is no number, which `{condition.operator.base}` compares"
        yield Issue("TYPE_MISMATCH_NUMBER", value.path, message, "write a number, such as `3600`")


def _check_date(condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    if _EPOCH.fullmatch(value.text):
        message = f"{quote(value.text)} counts seconds since 1970, which is easily misread"
        yield Issue("INVALID_DATE_VALUE", value.path, message, "write the date, such as `2030-12-31T23:59:59Z`")
    elif not is_date(value.text):
        message = f"{quote(value.text)} is no date, which `{condition.operator.base}` compares"
        yield Issue("TYPE_MISMATCH_DATE", value.path, message, "write it as `2030-12-31` or `2030-12-31T23:59:59Z`")


def _check_bytes(condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    try:
        base64.b64decode(value.text, validate=True)
    except (binascii.Error, ValueError):
        message = f"{quote(value.text)} is not base 64, which `{condition.operator.base}` compares"
        yield Issue("TYPE_MISMATCH_STRING", value.path, message, "write the bytes in base 64")


def _check_address(condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    network = read_network(value.text)
    if network is None:
        message = f"{quote(value.text)} is no IP address, which `{condition.operator.base}` compares"
        help_ = "write an address or a range, such as `203.0.113.0/24` or `2001:db8::/32`"
        yield Issue("TYPE_MISMATCH_IP_RANGE", value.path, message, help_)
    elif "/" in value.text and str(network.network_address) != _address(value.text):
        message = f"the bits of {quote(value.text)} after the first {network.prefixlen} do not count"
        yield Issue("IMPROVE_IP_RANGE", value.path, message, f"write `{network}`")


def read_network(text: str) -> IPv4Network | IPv6Network | None:
    """Return the range that a text writes, or None."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _address(text: str) -> str:
    written = read_network(text.partition("/")[0])
    return str(written.network_address) if written else ""


_CHECKS: dict[Comparison, Callable[[WrittenCondition, ConditionValue], Iterator[Issue]]] = {
    Comparison.BOOL: _check_boolean,
    Comparison.NULL: _check_boolean,
    Comparison.NUMERIC: _check_number,
    Comparison.DATE: _check_date,
    Comparison.BINARY: _check_bytes,
    Comparison.IP_ADDRESS: _check_address,
}


def _check_list(condition: WrittenCondition) -> Iterator[Issue]:
    """Check the values of a condition against each other."""
    operator = condition.operator
    if len({_json_type(value.written) for value in condition.values}) > 1:
        message = f"the values for {quote(condition.key)} are of several JSON types"
        yield Issue("INVALID_CONDITION_DATA_TYPE", condition.path, message, "write them all as strings")
    if operator.comparison in (Comparison.BOOL, Comparison.NULL) and len(condition.values) > 1:
        message = f"`{operator.base}` with several values holds for any of them"
        yield Issue("INVALID_CONDITION_MULTIPLE_BOOLEAN", condition.path, message, "leave one, `true` or `false`")
    if operator.base.startswith(("NumericLess", "NumericGreater")) and len(condition.values) > 1:
        numbers = [value for value in condition.values if _NUMBER.fullmatch(value.text)]
        if len(numbers) == len(condition.values):
            best = (max if "Less" in operator.base else min)(numbers, key=lambda value: float(value.text))
            message = f"of these bounds only {quote(best.text)} counts, as any of them is enough"
            yield Issue("REDUNDANT_CONDITION_VALUE_NUM", condition.path, message, f"leave only `{best.text}`")


def _json_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, JsonNumber) else "string"


def check_wildcards(draft: Draft) -> Iterator[Issue]:
    """Check that wildcards stand under operators that know them, and that they leave something to be compared."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            operator = condition.operator
            if operator.comparison is Comparison.STRING and not operator.takes_wildcards:
                for value in condition.values:
                    if has_wildcard(value.text):
                        like = "StringNotLike" if operator.negated else "StringLike"
                        message = f"`{operator.base}` takes the wildcard in {quote(value.text)} for plain text"
                        help_ = f"use `{like}` if it is to stand for other characters"
                        yield Issue("WILDCARD_WITHOUT_LIKE_OPERATOR", value.path, message, help_)
            elif operator.takes_wildcards:
                yield from _check_star(condition)


def _check_star(condition: WrittenCondition) -> Iterator[Issue]:
    operator = condition.operator
    star = next((value for value in condition.values if value.text == "*"), None)
    if star is None:
        return
    if operator.negated:
        message = f"`*` matches every value, so this holds only where {quote(condition.key)} is absent"
        help_ = 'test for that with `"Null": {…: "true"}`, or remove the condition'
        yield Issue("REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION", condition.path, message, help_, Mark.KEY)
    # Without these it does hold something in: the key must be there.
    elif operator.if_exists or operator.set_prefix == FOR_ALL:
        message = f"`*` matches every value, so the condition on {quote(condition.key)} always holds"
        help_ = "remove the condition"
        yield Issue("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", condition.path, message, help_, Mark.KEY)
