"""The condition keys that a policy asks about, as it writes them.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Iterable

from ostiary.policy import PolicyDocument, Statement

_VERSION_WITH_VARIABLES = "2012-10-17"
_ESCAPES = frozenset("*?$")


def keys_used(document: PolicyDocument, statement: Statement) -> Iterable[str]:
    """Yield the keys of a statement's conditions and variables: resources first, as AWS's examples have it.

    Args:
        document: the policy, whose version says whether `${…}` is a variable.
        statement: one of its statements.
    """
    yield from keys_in_resources(document, statement)
    for condition in statement.conditions:
        yield condition.key
        if document.version == _VERSION_WITH_VARIABLES:
            yield from _keys_in(condition.values)


def keys_in_resources(document: PolicyDocument, statement: Statement) -> Iterable[str]:
    """Yield the keys of the variables in a statement's resources."""
    if document.version == _VERSION_WITH_VARIABLES and statement.resources:
        yield from _keys_in(statement.resources.values)


def unique_keys(keys: Iterable[str]) -> list[str]:
    """Return each key once, in its first spelling; case does not tell keys apart."""
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(key.lower(), key)
    return list(first.values())


def _keys_in(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        for inside in _in_braces(value):
            key = inside.partition(",")[0].strip()
            if inside not in _ESCAPES and key:
                yield key


def _in_braces(value: str) -> Iterable[str]:
    """Yield what stands between each `${` and the next `}`; each character is looked at once."""
    opening = value.find("${")
    while opening >= 0:
        closing = value.find("}", opening)
        if closing < 0:
            # A pattern would look for the end again from every further opening.
            return
        yield value[opening + 2 : closing]
        opening = value.find("${", closing)
