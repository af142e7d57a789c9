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
            for anchor in anchors:
                candidate = Candidate(order, _check(statement, resource_fits=anchor.settles), payload)
                (last_parts if anchor.in_last_part else wholes).append((anchor, candidate))
        self._always = always
        self._wholes = _TextIndex(wholes)
        self._last_parts = _TextIndex(last_parts) if last_parts else None
        one_by_one, look_up = _first_of(always), self._look_up()
        self.first = look_up if looked_up else one_by_one

    def applying(self, request: AccessRequest) -> Iterator[Payload]:
        """Yield what each statement that applies carries."""
        found = self._with_the_rest(self._wholes.find(request.resource), request)
        return (candidate.payload for candidate in sorted(found, key=_ORDER) if candidate.check(request))

    def _look_up(self) -> Callable[[AccessRequest], Payload | None]:
        """Return a search through what the tables know, with the names it needs at hand."""
        find, with_the_rest = self._wholes.find, self._with_the_rest
        has_rest = bool(self._always) or self._last_parts is not None

        def first(request: AccessRequest) -> Payload | None:
            found: Sequence[Candidate[Payload]] = find(request.resource)
            if has_rest:
                found = with_the_rest(found, request)
            if len(found) > 1:
                found = sorted(found, key=_ORDER)
            for _, check, payload in found:
                if check(request):
                    return payload
            return None

        return first

    def _with_the_rest(
        self, found: Sequence[Candidate[Payload]], request: AccessRequest
    ) -> Sequence[Candidate[Payload]]:
        """Return, with those found by the whole ARN, the other statements that may apply."""
        found = [*self._always, *found]
        if self._last_parts is not None and request.resource_parts is not None:
            last_part, colon = request.resource_parts[-1], ":"
            while colon:
                found += self._last_parts.find(last_part)
                _, colon, last_part = last_part.partition(":")
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
        beginnings = sorted(by_beginning)
        candidates = [by_beginning[text] for text in beginnings]
        parents = _parents(beginnings)
        nothing: list[Candidate[Payload]] = []

        def find(text: str) -> list[Candidate[Payload]]:
            """Return the candidates whose resources are `text` or begin with it."""
            found = by_text.get(text, nothing)
            place = bisect_right(beginnings, text) - 1
            while place >= 0 and not text.startswith(beginnings[place]):
                place = parents[place]
            while place >= 0:
                found = found + candidates[place] if found else candidates[place]
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


def _first_of(candidates: Sequence[Candidate[Payload]]) -> Callable[[AccessRequest], Payload | None]:
    """Return a search through a few candidates, made for their number, since this is where most decisions end."""
    pairs = tuple((check, payload) for _, check, payload in candidates)
    if len(pairs) == 1:
        ((only_check, only_payload),) = pairs
        return lambda request: only_payload if only_check(request) else None

    def first(request: AccessRequest) -> Payload | None:
        for check, payload in pairs:
            if check(request):
                return payload
        return None

    return first
