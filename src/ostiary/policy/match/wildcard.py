"""Wildcards: `*` stands for any characters or none, `?` for exactly one.

A pattern is cut at its `*` into segments. The first must open the text, the last must close it, and each between is
taken at its earliest place after the one before; the earliest is never a worse choice, so nothing is tried twice.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum

Matcher = Callable[[str], bool]


class Wild(Enum):
    """The two wildcards."""

    MANY = "*"
    ONE = "?"
    MANY_IN_PART = "*:"
    """As `MANY`, but for a colon; what only the pattern of a resource has, in one of its first parts."""
    ONE_IN_PART = "?:"


Token = str | Wild
"""Text that stands for itself, or a wildcard."""

_WILDS = frozenset("*?")
_WILDCARDS = re.compile(r"([*?])")

_MANY = (Wild.MANY, Wild.MANY_IN_PART)


def tokenize(text: str) -> tuple[Token, ...]:
    """Return `text` with its wildcards told apart from what stands for itself."""
    return tuple(Wild(piece) if piece in _WILDS else piece for piece in _WILDCARDS.split(text) if piece)


def compile_wildcard(tokens: Iterable[Token]) -> Matcher:
    """Return a function that says whether a whole text fits the pattern.

    Its time grows with the length of the text, whatever the pattern.
    """
    tokens = tuple(tokens)
    if Wild.MANY_IN_PART in tokens or Wild.ONE_IN_PART in tokens:
        return _confined(tokens)
    if Wild.ONE in tokens:
        return _compile_segments(tokens)
    texts = [""]
    for token in tokens:
        if isinstance(token, str):
            texts[-1] += token
        else:
            texts.append("")
    return _find_texts(texts)


def _find_texts(texts: list[str]) -> Matcher:
    """Return a function that says whether a text is made of these and anything between them."""
    if len(texts) == 1:
        return texts[0].__eq__
    head, *between, tail = texts
    if not any(between) and not tail:
        return lambda text: text.startswith(head)
    return lambda text: is_made_of(text, texts)


def is_made_of(text: str, texts: Sequence[str]) -> bool:
    """Return whether a text is made of some others in their order and, between one and the next, of anything."""
    if len(texts) == 1:
        return text == texts[0]
    head, *between, tail = texts
    position, end = len(head), len(text) - len(tail)
    if not (text.startswith(head) and text.endswith(tail) and position <= end):
        return False
    for each in between:
        found = text.find(each, position, end)
        if found < 0:
            return False
        position = found + len(each)
    return True


def _compile_segments(tokens: Iterable[Token]) -> Matcher:
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token is Wild.MANY:
            segments.append([])
        else:
            segments[-1].append(token)
    if len(segments) == 1:
        return _whole(_Segment(segments[0]))
    head, tail = _Segment(segments[0]), _Segment(segments[-1])
    return _general(head, [_Segment(segment) for segment in segments[1:-1] if segment], tail)


def _confined(tokens: Iterable[Token]) -> Matcher:
    """Return a function that follows all the ways to fit at once, with a bit for each place in the pattern."""
    places: list[Token] = []
    for token in tokens:
        if isinstance(token, str):
            places.extend(token)
        # Several wildcards for many characters in a row are as good as the freest of them.
        elif token in _MANY and places and places[-1] in _MANY:
            places[-1] = Wild.MANY if Wild.MANY in (token, places[-1]) else token
        else:
            places.append(token)
    plain: dict[str, int] = {}
    for place, token in enumerate(places):
        if isinstance(token, str):
            plain[token] = plain.get(token, 0) | 1 << place
    many, many_in_part, one, one_in_part = (
        sum(1 << place for place, token in enumerate(places) if token is wild)
        for wild in (Wild.MANY, Wild.MANY_IN_PART, Wild.ONE, Wild.ONE_IN_PART)
    )
    skips, done = many | many_in_part, 1 << len(places)

    def matches(text: str) -> bool:
        state = 1 | (skips & 1) << 1
        for character in text:
            stays = state & (many if character == ":" else skips)
            moves = state & (plain.get(character, 0) | one | (0 if character == ":" else one_in_part))
            state = stays | moves << 1
            state |= (state & skips) << 1
            if not state:
                return False
        return bool(state & done)

    return matches


class _Segment:
    """A stretch of pattern without `*`, so of fixed length."""

    __slots__ = ("_anything", "_masks", "_runs", "length", "literal")

    def __init__(self, tokens: list[Token]) -> None:
        self._runs: list[tuple[int, str]] = []
        self.length = 0
        for token in tokens:
            if isinstance(token, str):
                self._runs.append((self.length, token))
                self.length += len(token)
            else:
                self.length += 1
        self.literal = None if Wild.ONE in tokens else _literal(tokens)
        self._masks: dict[str, int] = {}
        self._anything = (1 << self.length) - 1
        if self.literal is None:
            self._make_masks()

    def fits(self, text: str, start: int) -> bool:
        """Return whether the segment matches at `start`; the caller sees to it that there is room."""
        return all(text.startswith(run, start + offset) for offset, run in self._runs)

    def find(self, text: str, start: int, end: int) -> int:
        """Return the first place in `text[start:end]` where the segment matches, or -1."""
        if self.literal is not None:
            return text.find(self.literal, start, end)
        # Shift-And: bit i of `state` says that the last i + 1 characters fit the first i + 1 of the segment.
        state, done = 0, 1 << (self.length - 1)
        for position in range(start, end):
            state = (state << 1 | 1) & self._masks.get(text[position], self._anything)
            if state & done:
                return position - self.length + 1
        return -1

    def _make_masks(self) -> None:
        """Note for each character where in the segment it may stand, and where any character may."""
        own: dict[str, int] = {}
        for offset, run in self._runs:
            for place, character in enumerate(run, offset):
                own[character] = own.get(character, 0) | 1 << place
        for places in own.values():
            self._anything &= ~places
        self._masks = {character: places | self._anything for character, places in own.items()}


def _literal(tokens: Iterable[Token]) -> str:
    return "".join(token for token in tokens if isinstance(token, str))


def _whole(segment: _Segment) -> Matcher:
    return lambda text: len(text) == segment.length and segment.fits(text, 0)


def _general(head: _Segment, between: list[_Segment], tail: _Segment) -> Matcher:
    def matches(text: str) -> bool:
        end = len(text) - tail.length
        position = head.length
        if end < position or not head.fits(text, 0) or not tail.fits(text, end):
            return False
        for segment in between:
            found = segment.find(text, position, end)
            if found < 0:
                return False
            position = found + segment.length
        return True

    return matches
