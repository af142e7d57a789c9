"""Single values as the query protocol writes them.

Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.wire.errors import OutputError
from ostiary.wire.moments import read_timestamp, write_timestamp
from ostiary.wire.query.xml import escape

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


def read_string(text: str) -> str:
    """Return the text itself."""
    return text


def read_integer(text: str) -> int:
    """Return a 32-bit integer.

    Raises:
        ValueError: it is none.
    """
    return _bounded_integer(text, bits=32)


def read_long(text: str) -> int:
    """Return a 64-bit integer.

    Raises:
        ValueError: it is none.
    """
    return _bounded_integer(text, bits=64)


def read_boolean(text: str) -> bool:
    """Return whether it says `true`; case does not matter.

    Raises:
        ValueError: it says neither `true` nor `false`.
    """
    value = _BOOLEANS.get(text.lower())
    if value is None:
        raise ValueError("neither true nor false")
    return value


def read_blob(text: str) -> bytes:
    """Return the bytes of standard base64.

    Raises:
        ValueError: it is none.
    """
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def write_integer(value: int) -> str:
    """Return the digits."""
    return str(int(value))


def write_boolean(value: object) -> str:
    """Return `true` or `false`.

    Raises:
        OutputError: the value is not a boolean; whatever Python takes for true is not good enough for an answer.
    """
    if value is True:
        return "true"
    if value is False:
        return "false"
    raise OutputError("not a boolean")


def write_blob(value: bytes) -> str:
    """Return standard base64."""
    return base64.b64encode(value).decode()


READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "string": read_string,
        "integer": read_integer,
        "long": read_long,
        "boolean": read_boolean,
        "timestamp": read_timestamp,
        "blob": read_blob,
    }
)
"""By the shape's kind; each raises ValueError for what it cannot read."""

WRITERS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "string": escape,
        "integer": write_integer,
        "long": write_integer,
        "boolean": write_boolean,
        "timestamp": write_timestamp,
        "blob": write_blob,
    }
)
"""By the shape's kind; each returns text that may stand in an XML element as it is."""


def _bounded_integer(text: str, *, bits: int) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError("not an integer")
    value = int(text)
    if not -(1 << bits - 1) <= value < 1 << bits - 1:
        raise ValueError("out of range")
    return value
