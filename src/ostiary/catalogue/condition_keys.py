"""Condition keys and their types: those of services, the global ones, and those that cross services.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ostiary.catalogue.data_file import fold, open_data
from ostiary.catalogue.errors import DataError

_GLOBAL_FILE = "global_condition_keys.tsv"
_SERVICES_FILE = "condition_keys.tsv"

_MULTIVALUED = {"single": False, "many": True}

# What stands in a key's name for a part that the request supplies: `${TagKey}`, `<key>`, or in some services' pages
# the words `tag-key`, or nothing at all, after the last slash.
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}|<[^>]*>|(?<=/)(?:tag-key)?\Z")


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A key that a policy's condition may test."""

    name: str
    """As AWS writes it, such as `aws:PrincipalArn` or `aws:RequestTag/${TagKey}`."""
    type: str
    """`String`, `ARN`, `Numeric`, `Date`, `Bool` or `IPAddress`."""
    multivalued: bool
    """A request may hold several values at once, so that the condition needs `ForAllValues` or `ForAnyValue`."""


def find_condition_key(key: str) -> ConditionKey | None:
    """Return what is known of a condition key, or None; case does not count.

    A key with a part of the policy author's own, such as `aws:RequestTag/team`, is found as `aws:RequestTag/${TagKey}`.

    Raises:
        DataError: a data file is damaged.
    """
    key = fold(key)
    exact = _keys().get(key)
    if exact:
        return exact
    fitting = (
        (len(start), found)
        for start, end, found in _templates()
        if len(key) > len(start) + len(end) and key.startswith(start) and key.endswith(end)
    )
    return max(fitting, key=lambda each: each[0], default=(0, None))[1]


def condition_key_type(key: str) -> str | None:
    """Return the type of a condition key, such as `Bool`, or None when the key is not known.

    Raises:
        DataError: a data file is damaged.
    """
    found = find_condition_key(key)
    return found.type if found else None


@cache
def list_global_condition_keys() -> tuple[ConditionKey, ...]:
    """Return the global and cross-service condition keys, by name.

    Raises:
        DataError: the data file is damaged.
    """
    return tuple(_read_keys(_GLOBAL_FILE))


@cache
def _keys() -> Mapping[str, ConditionKey]:
    return {fold(key.name): key for key in (*_read_keys(_SERVICES_FILE), *list_global_condition_keys())}


@cache
def _templates() -> tuple[tuple[str, str, ConditionKey], ...]:
    """Return the keys with a placeholder, each with what stands before and after it."""
    return tuple(
        (name[: placeholder.start()], name[placeholder.end() :], key)
        for name, key in _keys().items()
        if (placeholder := _PLACEHOLDER.search(name))
    )


def _read_keys(file: str) -> list[ConditionKey]:
    try:
        return [
            ConditionKey(name, kind, _MULTIVALUED[values])
            for name, (kind, values) in open_data(file, columns=3).items()
        ]
    except KeyError as error:
        raise DataError(f"{file}: {error} is neither single nor many") from error
