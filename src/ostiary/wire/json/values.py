"""Values as JSON and CBOR hold them, read and written by the model's shapes.

What differs between the two is how a moment and bytes are written; the rest is the same.

Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

import base64
import binascii
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from ostiary.wire.errors import MalformedInputError, OutputError
from ostiary.wire.moments import read_timestamp, write_timestamp
from ostiary.wire.shapes import ListOf, MapOf, Scalar, Shape, Structure

Read = Callable[[Any], Any]
Write = Callable[[Any], Any]

_BITS = {"integer": 32, "long": 64}
_EXPECTED = {
    "string": "a String",
    "integer": "an Integer",
    "long": "a Long",
    "double": "a Double",
    "boolean": "a Boolean",
    "timestamp": "a Timestamp",
    "iso-timestamp": "a Timestamp",
    "blob": "a Blob",
}


def compile_reader(shape: Shape) -> Read:
    """Return a function from a value as it was sent to the one that the model describes.

    Members that the model does not have are ignored, and so is a null, as AWS does. The function raises
    `MalformedInputError` for a value that is not of its type.
    """
    match shape:
        case Scalar():
            return _scalar_reader(shape)
        case Structure():
            return _structure_reader(shape)
        case ListOf():
            read_element = compile_reader(shape.element.shape)
            return lambda value: [read_element(element) for element in _of_type(value, list, "a List")]
        case MapOf():
            read_value = compile_reader(shape.value.shape)
            return lambda value: {key: read_value(item) for key, item in _of_type(value, dict, "a Map").items()}


def compile_writer(shape: Shape, *, write_blob: Write, sort: bool = False, fill: bool = False) -> Write:
    """Return a function from a value to what JSON or CBOR holds of it; moments become seconds since 1970.

    Args:
        shape: the value's shape.
        write_blob: writes bytes.
        sort: members come in alphabetical order rather than in the model's.
        fill: members that are absent are written as null rather than left out.

    The function raises `OutputError` for a member that the model does not have.
    """

    def writer(inner: Shape) -> Write:
        return compile_writer(inner, write_blob=write_blob, sort=sort, fill=fill)

    match shape:
        case Scalar(kind="blob"):
            return write_blob
        case Scalar(kind=kind):
            return _WRITERS.get(kind, _as_it_is)
        case Structure():
            members = {name: writer(member.shape) for name, member in shape.members.items()}
            return _structure_writer(shape.name, dict(sorted(members.items())) if sort else members, fill=fill)
        case ListOf():
            write_element = writer(shape.element.shape)
            return lambda values: [write_element(value) for value in values]
        case MapOf():
            write_value = writer(shape.value.shape)
            return lambda values: {key: write_value(value) for key, value in values.items()}


def write_base64(value: bytes) -> str:
    """Return bytes as JSON holds them."""
    return base64.b64encode(value).decode()


def _structure_reader(shape: Structure) -> Read:
    readers = {name: compile_reader(member.shape) for name, member in shape.members.items()}

    def read(value: Any) -> dict[str, Any]:
        members = _of_type(value, dict, "a Structure")
        return {
            name: readers[name](member) for name, member in members.items() if name in readers and member is not None
        }

    return read


def _scalar_reader(shape: Scalar) -> Read:
    expected = _EXPECTED[shape.kind]
    match shape.kind:
        case "string":
            return lambda value: _of_type(value, str, expected)
        case "boolean":
            return lambda value: _of_type(value, bool, expected)
        case "integer" | "long":
            limit = 1 << _BITS[shape.kind] - 1
            return lambda value: _integer(value, limit, expected)
        case kind:
            return _READERS[kind]


def _of_type(value: Any, wanted: type, expected: str) -> Any:
    if not isinstance(value, wanted):
        raise _mismatch(value, expected)
    return value


def _integer(value: Any, limit: int, expected: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -limit <= value < limit:
        raise _mismatch(value, expected)
    return value


def _double(value: Any) -> float:
    # JSON has no infinity, but numbers that are read as one.
    largest = sys.float_info.max
    if isinstance(value, bool) or not isinstance(value, int | float) or not -largest <= value <= largest:
        raise _mismatch(value, _EXPECTED["double"])
    return value


def _iso_moment(value: Any) -> datetime:
    expected = _EXPECTED["iso-timestamp"]
    try:
        return read_timestamp(_of_type(value, str, expected))
    except ValueError as error:
        raise _mismatch(value, expected) from error


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _mismatch(value, _EXPECTED["timestamp"])
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise _mismatch(value, _EXPECTED["timestamp"]) from error


def _blob(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(_of_type(value, str, _EXPECTED["blob"]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _mismatch(value, _EXPECTED["blob"]) from error


def _mismatch(value: Any, expected: str) -> MalformedInputError:
    match value:
        case bool():
            found = "TRUE_VALUE" if value else "FALSE_VALUE"
        case str():
            found = "STRING_VALUE"
        case int() | float():
            found = "NUMBER_VALUE"
        case None:
            found = "NULL_VALUE"
        case list():
            found = "Start of list"
        case _:
            found = "Start of structure or map"
    if found.startswith("Start"):
        return MalformedInputError(f"{found} found where not expected.")
    return MalformedInputError(f"{found} can not be converted to {expected}")


def _structure_writer(name: str, writers: Mapping[str, Write], *, fill: bool) -> Write:
    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        if not value.keys() <= writers.keys():
            raise OutputError(f"{name} has no {', '.join(sorted(value.keys() - writers.keys()))}")
        written = {
            member: write_member(value[member])
            for member, write_member in writers.items()
            if value.get(member) is not None
        }
        return {member: written.get(member) for member in writers} if fill else written

    return write


def _seconds(value: datetime) -> float:
    if value.tzinfo is None:
        raise OutputError("a time without a zone")
    return value.replace(microsecond=0).timestamp()


def _as_it_is(value: Any) -> Any:
    return value


_READERS: Mapping[str, Read] = {
    "double": _double,
    "timestamp": _moment,
    "iso-timestamp": _iso_moment,
    "blob": _blob,
}
_WRITERS: Mapping[str, Write] = {"timestamp": _seconds, "iso-timestamp": write_timestamp}
