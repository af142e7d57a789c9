"""Where each value of a policy's text stands, so that a finding or a simulation can point at it.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Position.html
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ostiary.policy.errors import MalformedPolicy
from ostiary.policy.json_text import MAX_CHARACTERS, MAX_DEPTH, SYNTAX_ERRORS

Path = tuple[str | int, ...]
"""The way to a value: the keys of objects and the places in lists, counted from zero."""

_Stretch = tuple[int, int]
"""Offsets: of the first character, and of the one after the last."""

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}
_STATEMENTS: Path = ("Statement",)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; lines and columns are counted from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: `start` is its first character's place, `end` the place just after its last character.

    The `EndPosition` of IAM's simulator is such an end: in the AWS CLI's example a statement whose closing brace is the
    166th character of its line ends at column 167. Its `StartPosition` is no such start, but the place just after the
    bracket that opens the value of `Statement`, be that a list or a lone statement.
    """

    start: Position
    end: Position


class Spans(Mapping[Path, Span]):
    """The span of each value of a policy's text by its path, such as `("Statement", 0, "Action", 1)`.

    A lone statement that has no list around it is found, with all that is in it, as the first of a list, so that
    callers need not care; and so is any other value: where `Action` is a string, it is at `("Statement", 0, "Action")`
    and at `("Statement", 0, "Action", 0)`.
    """

    __slots__ = ("_keys", "_lines", "_values", "repeated")

    def __init__(self, text: str) -> None:
        scan = _Scan(text)
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._values = scan.values
        self._keys = scan.keys
        self.repeated = tuple(self.span(*stretch) for stretch in scan.repeated)
        """The keys that their object has already; `read_json` refuses a text that has any."""

    def __getitem__(self, path: Path) -> Span:
        return self.span(*self.stretch(path))

    def __iter__(self) -> Iterator[Path]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def key(self, path: Path) -> Span:
        """Return the span of the key, quotes included, that the value at `path` stands under.

        Raises:
            KeyError: there is no such value, or it is not the member of an object.
        """
        return self.span(*self._keys[path])

    def stretch(self, path: Path) -> tuple[int, int]:
        """Return the offsets of a value, counted from zero: of its first character, and of the one after its last.

        Raises:
            KeyError: there is no such value.
        """
        if path not in self._values and path[-1:] == (0,):
            path = path[:-1]
        return self._values[path]

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.at(start), self.at(end))

    def at(self, offset: int) -> Position:
        """Return the place of the character at `offset`, counted from zero."""
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)


def find_spans(text: str) -> Spans:
    """Return where each value of the text stands, in time that grows with its length.

    Of a text that is not JSON, what stands before the fault is found.

    Raises:
        MalformedPolicy: the text is longer or deeper than `read_json` allows.
    """
    if len(text) > MAX_CHARACTERS:
        raise MalformedPolicy(SYNTAX_ERRORS)
    return Spans(text)


class _Scan:
    """One walk through a text's tokens that notes the stretches of keys and values."""

    __slots__ = ("_next", "_tokens", "keys", "repeated", "values")

    def __init__(self, text: str) -> None:
        self._tokens = [(match[0], *match.span()) for match in _TOKEN.finditer(text)]
        self._tokens.append(("", len(text), len(text)))
        self._next = 0
        self.values: dict[Path, _Stretch] = {}
        self.keys: dict[Path, _Stretch] = {}
        self.repeated: list[_Stretch] = []
        self._walk((), 0)

    def _take(self) -> tuple[str, int, int]:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _skip(self, expected: str) -> None:
        if self._tokens[self._next][0] == expected:
            self._take()

    def _walk(self, path: Path, depth: int) -> None:
        opening, start, end = self._take()
        if opening in _CLOSING:
            if depth == MAX_DEPTH:
                raise MalformedPolicy(SYNTAX_ERRORS)
            inside = (*path, 0) if path == _STATEMENTS and opening == "{" else path
            end = self._walk_inside(inside, _CLOSING[opening], depth + 1)
            self.values[inside] = (start, end)
        self.values[path] = (start, end)

    def _walk_inside(self, path: Path, closing: str, depth: int) -> int:
        """Walk through what a bracket encloses and return where it ends."""
        place = 0
        while self._tokens[self._next][0] not in (closing, ""):
            if closing == "]":
                self._walk((*path, place), depth)
            else:
                key, *stretch = self._take()
                self._note_key((*path, _unquote(key)), (stretch[0], stretch[1]))
                self._skip(":")
                self._walk((*path, _unquote(key)), depth)
            self._skip(",")
            place += 1
        return self._take()[2]

    def _note_key(self, path: Path, stretch: _Stretch) -> None:
        if path in self.keys:
            self.repeated.append(stretch)
        self.keys[path] = stretch


def _unquote(token: str) -> str:
    if "\\" not in token:
        return token.strip('"')
    try:
        return str(json.loads(token, strict=False))
    except ValueError:  # The text is not JSON; as good as any other name for what stands here.
        return token
