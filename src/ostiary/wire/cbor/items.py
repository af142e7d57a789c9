"""CBOR, as much of it as Smithy's protocol uses, bounded in depth.

Sources: https://www.rfc-editor.org/rfc/rfc8949, https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
"""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_MOST_DEPTH = 32
_EPOCH_TAG = 1
_BREAK = 0xFF
_INDEFINITE = 31
_SIMPLE = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


class CborError(ValueError):
    """The bytes are not CBOR that is understood here."""


def dump(value: Any) -> bytes:  # noqa: PLR0911 - one for each kind of item
    """Return a value as CBOR; floats are written as moments, since no service here answers any other."""
    match value:
        case bool():
            return b"\xf5" if value else b"\xf4"
        case None:
            return b"\xf6"
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return _head(6, _EPOCH_TAG) + b"\xfb" + struct.pack(">d", value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            text = value.encode()
            return _head(3, len(text)) + text
        case list():
            return _head(4, len(value)) + b"".join(map(dump, value))
        case Mapping():
            return _head(5, len(value)) + b"".join(dump(key) + dump(member) for key, member in value.items())
        case _:
            raise TypeError(f"CBOR has no {type(value).__name__}")


def load(data: bytes) -> Any:
    """Return the one value that `data` holds.

    Raises:
        CborError: it is cut short, too deep, goes on after its end, or is of a kind that is not understood.
    """
    reader = _Reader(data)
    value = reader.read(0)
    if reader.place != len(data):
        raise CborError("something follows the end")
    return value


class _Reader:
    """Reads items one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def read(self, depth: int) -> Any:  # noqa: PLR0911 - one for each kind of item
        if depth > _MOST_DEPTH:
            raise CborError("too deep")
        kind, more = divmod(self._take(1)[0], 32)
        if kind == 7:  # noqa: PLR2004 - RFC 8949's major type of simple values and floats
            return self._read_simple(more)
        if more == _INDEFINITE:
            return self._read_indefinite(kind, depth)
        number = self._read_number(more)
        match kind:
            case 0:
                return number
            case 1:
                return -1 - number
            case 2:
                return self._take(number)
            case 3:
                return _text(self._take(number))
            case 4:
                return [self.read(depth + 1) for _ in range(self._at_most(number))]
            case 5:
                return _members([(self.read(depth + 1), self.read(depth + 1)) for _ in range(self._at_most(number))])
            case _:
                return _tagged(number, self.read(depth + 1))

    def _read_simple(self, more: int) -> Any:
        if more in _SIMPLE:
            return _SIMPLE[more]
        if more in _FLOATS:
            (number,) = struct.unpack(_FLOATS[more], self._take(_WIDTHS[more]))
            return number
        raise CborError("a simple value that is not understood")

    def _read_indefinite(self, kind: int, depth: int) -> Any:
        parts: list[Any] = []
        while self._peek() != _BREAK:
            parts.append((self.read(depth + 1), self.read(depth + 1)) if kind == 5 else self.read(depth + 1))  # noqa: PLR2004 - a map
        self._take(1)
        match kind:
            case 2 if all(isinstance(part, bytes) for part in parts):
                return b"".join(parts)
            case 3 if all(isinstance(part, str) for part in parts):
                return "".join(parts)
            case 4:
                return parts
            case 5:
                return _members(parts)
            case _:
                raise CborError("an item of a kind that cannot be of unknown length")

    def _read_number(self, more: int) -> int:
        if more < min(_WIDTHS):
            return more
        if more not in _WIDTHS:
            raise CborError("a length that is not understood")
        return int.from_bytes(self._take(_WIDTHS[more]), "big")

    def _at_most(self, number: int) -> int:
        """Return how many items are announced; each takes a byte at least, so no more than there are bytes left."""
        if number > len(self._data) - self.place:
            raise CborError("cut short")
        return number

    def _peek(self) -> int:
        if self.place >= len(self._data):
            raise CborError("cut short")
        return self._data[self.place]

    def _take(self, count: int) -> bytes:
        taken = self._data[self.place : self.place + self._at_most(count)]
        self.place += count
        return taken


def _head(kind: int, number: int) -> bytes:
    if number < min(_WIDTHS):
        return bytes([kind << 5 | number])
    for more, width in _WIDTHS.items():
        if number < 1 << 8 * width:
            return bytes([kind << 5 | more]) + number.to_bytes(width, "big")
    raise OverflowError("CBOR's numbers have 64 bits")


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeError as error:
        raise CborError("not UTF-8") from error


def _members(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    if not all(isinstance(key, str) for key, _ in pairs):
        raise CborError("a key that is no text")
    members = dict(pairs)
    if len(members) < len(pairs):
        raise CborError("a key appears more than once")
    return members


def _tagged(tag: int, value: Any) -> datetime:
    if tag != _EPOCH_TAG or isinstance(value, bool) or not isinstance(value, int | float):
        raise CborError("a tag that is not understood")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise CborError("outside of the calendar") from error
