"""Finds, among many statements about one action, those that apply to a request.

A resource pattern is looked up by the plain text that its resources begin with: in a table when the text is all of the
resource, else among the beginnings, which are sorted. The longest beginning that a text has stands just before the
text in that order, or is an ancestor of what stands there; so a look-up costs a binary search and the length of the
answer, however many patterns there are.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ostiary.policy.compile import CompiledStatement
from ostiary.policy.match import Anchor, Truth
from ostiary.policy.request import AccessRequest

Payload = TypeVar("Payload")

Check = Callable[[AccessRequest], Truth]

_FEW = 8
"""With fewer patterns than this, trying them one after the other takes less time than looking them up."""


class Candidate(NamedTuple, Generic[Payload]):
    """A statement that may apply."""

    order: int
    """Its place among the statements."""
    check: Check
    """What is still to be asked; true-like when the statement applies."""
    payload: Payload
    """What whoever finds it wants to know."""


class StatementIndex(Generic[Payload]):
    """Statements about one action. `first` returns what the first that applies carries, or None."""

    __slots__ = ("_always", "_last_parts", "_wholes", "first")

    def __init__(self, statements: Iterable[tuple[CompiledStatement, Payload]]) -> None:
        several = list(statements)
        looked_up = sum(len(statement.resource.anchors or ()) for statement, _ in several) >= _FEW
        always: list[Candidate[Payload]] = []
        wholes: list[tuple[Anchor, Candidate[Payload]]] = []
        last_parts: list[tuple[Anchor, Candidate[Payload]]] = []
        for order, (statement, payload) in enumerate(several):
            anchors = statement.resource.anchors
            if not looked_up or anchors is None:
                always.append(Candidate(order, _check(statement), payload))
                continue
            for anchor in dict.fromkeys(anchors):
                candidate = Candidate(order, _check(statement, resource_fits=anchor.settles), payload)
                (last_parts if anchor.in_last_part else wholes).append((anchor, candidate))
        self._always = always
        self._wholes = _TextIndex(wholes)
        self._last_parts = _TextIndex(last_parts) if last_parts else None
        self.first = self._look_up() if looked_up else self._one_by_one()

    def applying(self, request: AccessRequest) -> Iterator[Payload]:
        """Yield what each statement that applies carries."""
        found = [*self._always, *self._wholes.find(request.resource)]
        if self._last_parts is not None and request.resource_parts is not None:
            found += _find_all(self._last_parts.find, request.resource_parts[-1])
        tried = -1
        for order, check, payload in sorted(found, key=_ORDER):
            if order != tried and check(request):
                yield payload
            tried = order

    def _one_by_one(self) -> Callable[[AccessRequest], Payload | None]:
        """Return a search through a few, made for their number, since this is where most decisions end."""
        pairs = tuple((check, payload) for _, check, payload in self._always)
        if len(pairs) == 1:
            ((only_check, only_payload),) = pairs
            return lambda request: only_payload if only_check(request) else None

        def first(request: AccessRequest) -> Payload | None:
            for check, payload in pairs:
                if check(request):
                    return payload
            return None

        return first

    def _look_up(self) -> Callable[[AccessRequest], Payload | None]:
        """Return a search through what the tables know, with the names it needs at hand."""
        always, find = self._always, self._wholes.find
        find_last = self._last_parts.find if self._last_parts else None

        def first(request: AccessRequest) -> Payload | None:
            found: Sequence[Candidate[Payload]] = find(request.resource)
            if find_last is not None:
                parts = request.resource_parts
                if parts is not None:
                    last = parts[-1]
                    by_last = find_last(last) if ":" not in last else _find_all(find_last, last)
                    found = [*found, *by_last] if found else by_last
            if always:
                found = [*always, *found]
            if len(found) > 1:
                found = sorted(found, key=_ORDER)
            tried = -1
            for order, check, payload in found:
                # Found by one pattern or by several, a statement applies or does not: so it is tried but once.
                if order != tried and (check is _always or check(request)):
                    return payload
                tried = order
            return None

        return first


def _find_all(find: Callable[[str], list[Candidate[Payload]]], last_part: str) -> list[Candidate[Payload]]:
    """Return what is found after the fifth colon of a resource, and after each further one."""
    found, colon = [*find(last_part)], ":"
    while colon:
        _, colon, last_part = last_part.partition(":")
        found += find(last_part) if colon else ()
    return found


_ORDER = itemgetter(0)


class _TextIndex(Generic[Payload]):
    """Candidates by the text that their resources are or begin with."""

    __slots__ = ("find",)

    def __init__(self, anchored: Iterable[tuple[Anchor, Candidate[Payload]]]) -> None:
        by_text: dict[str, list[Candidate[Payload]]] = {}
        by_beginning: dict[str, list[Candidate[Payload]]] = {}
        for anchor, candidate in anchored:
            (by_text if anchor.whole else by_beginning).setdefault(anchor.text, []).append(candidate)
        shortest = min(map(len, by_beginning), default=0)
        sorted_by_start: dict[str, list[str]] = {}
        for text in sorted(by_beginning):
            sorted_by_start.setdefault(text[:shortest], []).append(text)
        # All that can be ruled out by as much text as every beginning has is ruled out by one look.
        by_start = {
            start: (texts, [by_beginning[text] for text in texts], _parents(texts))
            for start, texts in sorted_by_start.items()
        }
        nothing: list[Candidate[Payload]] = []

        def find(text: str) -> list[Candidate[Payload]]:
            """Return the candidates whose resources are `text` or begin with it."""
            found = by_text.get(text, nothing)
            beginnings = by_start.get(text[:shortest])
            if beginnings is None:
                return found
            texts, candidates, parents = beginnings
            place = bisect_right(texts, text) - 1
            while place >= 0 and not text.startswith(texts[place]):
                place = parents[place]
            if place < 0:
                return found
            if not found and parents[place] < 0:
                return candidates[place]
            found = found.copy()
            while place >= 0:
                found += candidates[place]
                place = parents[place]
            return found

        self.find = find


def _parents(texts: Sequence[str]) -> list[int]:
    """Return for each of some sorted texts the place of the longest other that it begins with, or -1."""
    parents: list[int] = []
    for place, text in enumerate(texts):
        parent = place - 1
        while parent >= 0 and not text.startswith(texts[parent]):
            parent = parents[parent]
        parents.append(parent)
    return parents


def _check(statement: CompiledStatement, *, resource_fits: bool = False) -> Check:
    """Return what is to be asked of a request for the statement's action."""
    fits = None if resource_fits else statement.fits_resource
    meets, reaches = statement.meets_conditions, statement.reaches
    if reaches is not None:
        return lambda request: (
            bool(reaches(request.principal))
            and (fits is None or fits(request))
            and (meets is None or meets(request.context))
        )
    if fits is None:
        return _always if meets is None else lambda request: meets(request.context)
    return fits if meets is None else lambda request: fits(request) and meets(request.context)


def _always(_: AccessRequest) -> bool:
    return True
