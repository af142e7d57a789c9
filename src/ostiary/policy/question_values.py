"""The values in a question: condition keys' as texts, and policies as the texts that they would be written in.

JSON writes numbers in many ways, and the policy language compares some of them as text: `JsonNumber` keeps a number as
it is written, and whoever reads a question from a file has its numbers in that form.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from ostiary.policy.errors import MalformedQuestion
from ostiary.policy.json_text import JsonNumber
from ostiary.values.operation import ContextValue


def parse_context(written: object) -> dict[str, ContextValue]:
    """Return condition keys with their values as texts, in which form all of them are compared.

    Args:
        written: an object, or None for no keys.

    Raises:
        MalformedQuestion: it is none, or a value is neither text, number or boolean nor a list of such.
    """
    if written is None:
        return {}
    if not isinstance(written, Mapping):
        raise MalformedQuestion("`context` must be an object")
    return {str(key): _context_value(str(key), value) for key, value in written.items()}


def write_json(value: object) -> str:
    """Return a JSON value as text, each number that is kept as it was written in just that way.

    Raises:
        MalformedQuestion: it is none: it holds something else, is not a number, or is nested too deeply.
    """
    try:
        return _write(value)
    except RecursionError as error:
        raise MalformedQuestion("no JSON value: nested too deeply") from error
    except (TypeError, ValueError) as error:
        raise MalformedQuestion(f"no JSON value: {error}") from error


def _context_value(key: str, value: object) -> ContextValue:
    if isinstance(value, list | tuple):
        return tuple(_text(key, each) for each in value)
    return _text(key, value)


def _text(key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsonNumber):
        return value.text
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return _digits(key, value)
    raise MalformedQuestion(f"the value of `{key}` must be a text or a list of texts")


def _digits(key: str, number: float) -> str:
    try:
        return str(number)
    except ValueError as error:  # Python writes out no integer of more than some thousand digits.
        raise MalformedQuestion(f"the value of `{key}` is too long a number: write it as a text") from error


def _write(value: Any) -> str:
    if isinstance(value, JsonNumber):
        return value.text
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of an object must be texts")
        return "{" + ", ".join(f"{json.dumps(key)}: {_write(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_write, value)) + "]"
    return json.dumps(value, allow_nan=False)
