"""The condition keys that a policy asks about, as it writes them.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Iterable

from ostiary.policy import PolicyDocument, Statement
from ostiary.policy.match.variables import ESCAPES, find_variables


def keys_used(document: PolicyDocument, statement: Statement) -> Iterable[str]:
    """Yield the keys of a statement's conditions and variables: resources first, as AWS's examples have it.

    Args:
        document: the policy, whose version says whether `${…}` is a variable.
        statement: one of its statements.
    """
    yield from keys_in_resources(document, statement)
    for condition in statement.conditions:
        yield condition.key
        if document.has_variables:
            yield from _keys_in(condition.values)


def keys_in_resources(document: PolicyDocument, statement: Statement) -> Iterable[str]:
    """Yield the keys of the variables in a statement's resources."""
    if document.has_variables and statement.resources:
        yield from _keys_in(statement.resources.values)


def unique_keys(keys: Iterable[str]) -> list[str]:
    """Return each key once, in its first spelling; case does not tell keys apart."""
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(key.lower(), key)
    return list(first.values())


def _keys_in(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        for opening, end in find_variables(value):
            inside = value[opening + 2 : end - 1]
            key = inside.partition(",")[0].strip()
            if inside not in ESCAPES and key:
                yield key
