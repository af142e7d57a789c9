"""ContextEntries: the condition keys that a simulation assumes.

Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html; the sentences are those that IAM
answers with.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ostiary.policy.match.addresses import read_address
from ostiary.policy.match.binary import read_base64
from ostiary.policy.match.booleans import read_boolean
from ostiary.policy.match.dates import read_date
from ostiary.policy.match.numbers import read_number
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue

_LIST = "List"
_READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "numeric": (read_number, "numeric format"),
    "boolean": (read_boolean, "boolean format"),
    "ip": (read_address, "IP address"),
    "binary": (read_base64, "base-64 encoded binary format"),
    "date": (read_date, "DateTime format"),
}
"""How the values of a type are read, and what IAM calls a value that can be."""


def given_context(entries: Sequence[Mapping[str, Any]]) -> dict[str, ContextValue]:
    """Return the context that a call gives: one text for a single value, several for a list type.

    Raises:
        Fault: `InvalidInput`, an entry lacks its name, type or values, comes twice, or has a value not of its type.
    """
    context: dict[str, ContextValue] = {}
    seen: set[str] = set()
    for entry in entries:
        name = entry.get("ContextKeyName")
        if not name:
            raise _invalid("ContextKeyName cannot be null or empty.")
        if name.lower() in seen:
            raise _invalid(f"Duplicate context key: {name}.")
        seen.add(name.lower())
        context[name] = _value(name, entry.get("ContextKeyType"), entry.get("ContextKeyValues", ()))
    return context


def _value(name: str, kind: str | None, values: Sequence[str]) -> ContextValue:
    if kind is None:
        raise _invalid(f"Context key {name} has invalid type null.")
    if not values:
        raise _invalid(f"Context values for context key {name} cannot be null or empty.")
    if not kind.endswith(_LIST) and len(values) > 1:
        raise _invalid(f"Context key {kind} expected a single value, but received {len(values)}.")
    reader = _READERS.get(kind.removesuffix(_LIST))
    if reader is not None:
        read, expected = reader
        if any(read(value) is None for value in values):
            raise _invalid(f"Invalid context value for key {name}: expected {expected}.")
    return tuple(values) if kind.endswith(_LIST) else values[0]


def _invalid(sentence: str) -> Fault:
    return Fault("InvalidInput", sentence)
