"""JSON, read strictly: bounded before it is parsed, no key twice, numbers kept as they are written."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from ostiary.policy.errors import MalformedPolicy

MAX_CHARACTERS = 262_144
"""The longest text that is looked at. IAM's model and quotas hold callers to less; the longest of the policies that AWS
itself keeps has some 152,000."""

MAX_DEPTH = 10
"""Brackets within brackets; the grammar itself needs six."""

SYNTAX_ERRORS = "Syntax errors in policy."

# A string is taken whole, so that the brackets in it do not count; one that never ends takes the rest of the text.
_STRINGS_AND_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.|\\$)*+"?|[\[{\]}]', re.DOTALL)
_OPENING = frozenset("[{")
_CLOSING = frozenset("]}")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A number as it is written; the language compares some numbers as text, so none is converted here."""

    text: str


def read_json(text: str) -> Any:
    """Return what `text` writes: dicts, lists, strings, booleans, None and `JsonNumber`.

    Raises:
        MalformedPolicy: it is too long or too deep, it is not JSON, or an object has a key twice.
    """
    if len(text) > MAX_CHARACTERS or _depth(text) > MAX_DEPTH:
        raise MalformedPolicy(SYNTAX_ERRORS)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repeats,
            parse_int=JsonNumber,
            parse_float=JsonNumber,
            parse_constant=_refuse_constant,
        )
    except ValueError as error:
        raise MalformedPolicy(SYNTAX_ERRORS) from error


def is_text(value: object) -> bool:
    """Return whether `value` is a string that can be written down again: one without half of a surrogate pair."""
    return isinstance(value, str) and _SURROGATE.search(value) is None


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _STRINGS_AND_BRACKETS.finditer(text):
        if match[0] in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in _CLOSING:
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise MalformedPolicy(SYNTAX_ERRORS)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedPolicy(SYNTAX_ERRORS) from ValueError(name)
