"""Condition operators: whether they exist, and go with the type of their key.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Iterator

from ostiary.analysis.lint.draft import Draft, WrittenCondition
from ostiary.analysis.lint.issue import Issue, Mark, quote, quote_all
from ostiary.analysis.lint.operators import FOR_ALL, FOR_ANY, IF_EXISTS, OPERATOR_NAMES, Comparison, read_operator
from ostiary.catalogue import ConditionKey, find_condition_key
from ostiary.policy.spans import Path

_FITTING = {
    "String": (Comparison.STRING,),
    "ARN": (Comparison.ARN, Comparison.STRING),
    "Numeric": (Comparison.NUMERIC,),
    "Date": (Comparison.DATE,),
    "Bool": (Comparison.BOOL,),
    "IPAddress": (Comparison.IP_ADDRESS,),
}
# Times that AWS also gives as numbers.
_ALSO_NUMERIC = frozenset({"aws:epochtime"})


def check_operators(draft: Draft) -> Iterator[Issue]:
    """Check that each operator exists, also one that is given no keys, and that Null stands alone."""
    for clause in draft.clauses:
        block = clause.written.get("Condition")
        if isinstance(block, dict):
            for name in block:
                yield from _check_operator(draft, name, (*clause.path, "Condition", name))


def _check_operator(draft: Draft, name: str, path: Path) -> Iterator[Issue]:
    operator = read_operator(name)
    if operator.comparison is None or operator.odd_prefix:
        yield Issue(
            "INVALID_CONDITION_OPERATOR",
            path,
            f"there is no condition operator {quote(name)}",
            _help(draft, name),
            Mark.KEY,
        )
    elif operator.comparison is Comparison.NULL and operator.if_exists:
        message = "`Null` asks whether a key is there, so `IfExists` cannot be added to it"
        yield Issue("NULL_WITH_IF_EXISTS", path, message, "write `Null`", Mark.KEY)
    elif operator.comparison is Comparison.NULL and operator.set_prefix:
        message = f"`Null` looks at the key and not at its values, so `{operator.set_prefix}` cannot be meant"
        yield Issue("NULL_WITH_QUALIFIER", path, message, "write `Null`", Mark.KEY)


def _help(draft: Draft, name: str) -> str:
    operator = read_operator(name)
    meant = draft.guesses.nearest(operator.base, OPERATOR_NAMES)
    if not meant:
        return "use an operator such as `StringEquals`, `ArnLike`, `Bool` or `IpAddress`"
    prefix = ""
    if ":" in name:
        set_prefix = operator.set_prefix or draft.guesses.nearest(name.rpartition(":")[0], (FOR_ALL, FOR_ANY))
        prefix = f"{set_prefix}:" if set_prefix else ""
    return f"did you mean `{prefix}{meant}{IF_EXISTS if operator.if_exists else ''}`?"


def check_operator_fits_key(draft: Draft) -> Iterator[Issue]:
    """Check that operators compare what their keys hold: values of their type, and as many as there may be."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            key = find_condition_key(condition.key) if len(condition.key) <= _LONGEST_KEY else None
            if key is None or condition.operator.comparison in (None, Comparison.NULL):
                continue
            yield from _check_type(condition, key)
            yield from _check_number_of_values(condition, key)


_LONGEST_KEY = 256


def _check_type(condition: WrittenCondition, key: ConditionKey) -> Iterator[Issue]:
    operator = condition.operator
    fitting = _FITTING.get(key.type, ())
    if operator.base in ("StringLike", "StringNotLike") and key.type == "ARN":
        yield Issue(
            "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
            condition.path,
            f"`{operator.base}` lets a wildcard in an ARN reach over its colons",
            f"compare {quote(condition.key)} with `{operator.base.replace('String', 'Arn')}`",
            Mark.KEY,
        )
    elif fitting and operator.comparison not in fitting:
        if operator.comparison is Comparison.NUMERIC and condition.folded in _ALSO_NUMERIC:
            return
        # What a tag or an encryption context holds is the policy author's own, and may be an ARN.
        if operator.comparison is Comparison.ARN and "$" in key.name:
            return
        kinds = quote_all((each.value for each in fitting), joiner="or")
        yield Issue(
            "TYPE_MISMATCH",
            condition.path,
            f"{quote(condition.key)} is of type {key.type}, which `{operator.base}` does not compare",
            f"use one of the operators whose names begin with {kinds}"
            if fitting[0] not in (Comparison.BOOL, Comparison.IP_ADDRESS)
            else f"use `{fitting[0].value}`",
            Mark.KEY,
        )


def _check_number_of_values(condition: WrittenCondition, key: ConditionKey) -> Iterator[Issue]:
    operator = condition.operator
    if key.multivalued and not operator.set_prefix:
        yield Issue(
            "MISSING_QUALIFIER",
            condition.path,
            f"a request can have several values for {quote(condition.key)}, which `{operator.text}` cannot compare",
            f"write `{FOR_ANY}:{operator.text}` where one fitting value is enough, or `{FOR_ALL}:{operator.text}` "
            "where all must fit",
            Mark.KEY,
        )
    elif not key.multivalued and operator.set_prefix == FOR_ALL and not condition.folded.endswith(":aud"):
        yield Issue(
            "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
            condition.path,
            f"{quote(condition.key)} has a single value, and `{FOR_ALL}` holds also where it is absent",
            f"remove `{FOR_ALL}:`",
            Mark.KEY,
        )


def check_audiences(draft: Draft) -> Iterator[Issue]:
    """Check that the audience of a token, which is one, is not compared as a set."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            if not condition.folded.endswith(":aud") or condition.operator.comparison is Comparison.NULL:
                continue
            if condition.operator.set_prefix == FOR_ANY:
                message = f"{quote(condition.key)} has a single value, which `{FOR_ANY}` is not for"
                yield Issue(
                    "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE", condition.path, message, f"remove `{FOR_ANY}:`", Mark.KEY
                )
            elif condition.operator.set_prefix == FOR_ALL:
                message = f"{quote(condition.key)} has a single value, and `{FOR_ALL}` holds also where it is absent"
                yield Issue("CONFIRM_AUDIENCE_CLAIM_TYPE", condition.path, message, f"remove `{FOR_ALL}:`", Mark.KEY)
