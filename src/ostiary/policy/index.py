"""Finds, among many statements about one action, the few whose resource a request can fit.

A pattern is looked up by the plain text that its resources begin with: in a table when the text is all of the
resource, else among the beginnings, which are sorted. The longest beginning that a text has stands just before the
text in that order, or is an ancestor of what stands there; so a look-up costs a binary search and the length of the
answer, however many patterns there are.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from ostiary.policy.compile import CompiledStatement
from ostiary.policy.match import Anchor, Context, Truth
from ostiary.policy.request import AccessRequest

Payload = TypeVar("Payload")

Entry = tuple[Callable[[AccessRequest], Truth] | None, Callable[[Context], Truth] | None, Payload]
"""What is still to be asked, of the resource and of the context, before a statement applies; None for nothing."""

_FEW = 8
"""With fewer patterns than this, trying them one after the other takes less time than looking them up."""


class ResourceIndex(Generic[Payload]):
    """Statements about one action, found by resource; each carries what its finder wants to know of it."""

    __slots__ = ("_always", "_last_parts", "_wholes")

    def __init__(self, statements: Iterable[tuple[CompiledStatement, Payload]]) -> None:
        always: list[Entry[Payload]] = []
        anchored: list[tuple[Anchor, Entry[Payload]]] = []
        several = list(statements)
        worth_it = sum(len(statement.resource.anchors or ()) for statement, _ in several) >= _FEW
        for statement, payload in several:
            fits, meets = statement.fits_resource, statement.meets_conditions
            anchors = statement.resource.anchors
            if worth_it and anchors is not None:
                anchored += [(each, (None if each.settles else fits, meets, payload)) for each in anchors]
            else:
                always.append((fits, meets, payload))
        self._always = tuple(always)
        wholes = [each for each in anchored if not each[0].in_last_part]
        last_parts = [each for each in anchored if each[0].in_last_part]
        self._wholes = _TextIndex(wholes) if wholes else None
        self._last_parts = _TextIndex(last_parts) if last_parts else None

    def find(self, request: AccessRequest) -> Sequence[Entry[Payload]]:
        """Return what may apply to a request, for lack of a better order as it is found."""
        wholes, last_parts = self._wholes, self._last_parts
        if wholes is None and last_parts is None:
            return self._always
        found = [*self._always]
        if wholes is not None:
            wholes.collect(request.resource, found)
        if last_parts is not None and request.resource_parts is not None:
            last_parts.collect(request.resource_parts[-1], found)
        return found


class _TextIndex(Generic[Payload]):
    """Entries by the text that they begin with or are."""

    __slots__ = ("_beginnings", "_by_beginning", "_by_text", "_parents")

    def __init__(self, anchored: Iterable[tuple[Anchor, Entry[Payload]]]) -> None:
        by_text: dict[str, list[Entry[Payload]]] = {}
        by_beginning: dict[str, list[Entry[Payload]]] = {}
        for anchor, entry in anchored:
            (by_text if anchor.whole else by_beginning).setdefault(anchor.text, []).append(entry)
        self._by_text = by_text
        self._beginnings = sorted(by_beginning)
        self._by_beginning = [by_beginning[text] for text in self._beginnings]
        self._parents = _parents(self._beginnings)

    def collect(self, text: str, found: list[Entry[Payload]]) -> None:
        """Add to `found` the entries that `text` is or begins with."""
        exact = self._by_text.get(text)
        if exact is not None:
            found += exact
        beginnings, parents = self._beginnings, self._parents
        place = bisect_right(beginnings, text) - 1
        while place >= 0 and not text.startswith(beginnings[place]):
            place = parents[place]
        while place >= 0:
            found += self._by_beginning[place]
            place = parents[place]


def _parents(texts: Sequence[str]) -> list[int]:
    """Return for each of some sorted texts the place of the longest other that it begins with, or -1."""
    parents: list[int] = []
    for place, text in enumerate(texts):
        parent = place - 1
        while parent >= 0 and not text.startswith(texts[parent]):
            parent = parents[parent]
        parents.append(parent)
    return parents
