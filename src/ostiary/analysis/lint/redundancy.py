"""What could be left out without changing what the policy says.

All that is compared is bounded: of a policy with very many wildcards not every pair is looked at.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ostiary.analysis.lint.draft import Draft, Element, Word
from ostiary.analysis.lint.issue import Issue, quote
from ostiary.analysis.lint.patterns import covers, covers_arn, has_wildcard
from ostiary.policy.json_text import JsonNumber

_MOST_WORK = 10_000_000
"""How many pairs of characters are looked at: two patterns of a star and much alike take each with each."""
_LEAST_WORK = 500


class _Comparisons:
    """Compares as much as a policy may ask for."""

    def __init__(self) -> None:
        self._left = _MOST_WORK

    def first_cover(self, word: Word, others: Sequence[Word], test: Callable[[str, str], bool]) -> Word | None:
        """Return the first of the others that covers the word, if any does; of two that are equal, the first."""
        for other in others:
            if other is word:
                continue
            self._left -= max(len(word.text) * len(other.text), _LEAST_WORK)
            if self._left < 0:
                return None
            if test(other.text, word.text) and (other.path < word.path or not test(word.text, other.text)):
                return other
        return None


def check_redundant_actions(draft: Draft) -> Iterator[Issue]:
    """Check that no action of an element is covered by another of it."""
    comparisons = _Comparisons()
    for element in _elements(draft, "Action"):
        by_service: dict[str, list[Word]] = defaultdict(list)
        seen: dict[str, Word] = {}
        for word in element.words:
            if has_wildcard(word.text):
                by_service[_vendor(word)].append(word)
        for word in element.words:
            folded = word.text.lower()
            rivals = [*by_service["*"], *(by_service[_vendor(word)] if _vendor(word) != "*" else ())]
            other = seen.get(folded) or comparisons.first_cover(word, rivals, _covers_action)
            if other:
                yield _redundant("ACTION", word, other)
            seen.setdefault(folded, word)


def check_redundant_resources(draft: Draft) -> Iterator[Issue]:
    """Check that no resource of an element is covered by another of it."""
    comparisons = _Comparisons()
    for element in _elements(draft, "Resource"):
        patterns = [word for word in element.words if has_wildcard(word.text)]
        seen: dict[str, Word] = {}
        for word in element.words:
            other = seen.get(word.text) or comparisons.first_cover(word, patterns, covers_arn)
            if other:
                yield _redundant("RESOURCE", word, other)
            seen.setdefault(word.text, word)


def check_redundant_statements(draft: Draft) -> Iterator[Issue]:
    """Check that no statement says what another has said, whatever their IDs and the order of what they list."""
    seen: dict[str, int] = {}
    for clause in draft.clauses:
        said = json.dumps(
            _normal({key: value for key, value in clause.written.items() if key != "Sid"}), sort_keys=True
        )
        index = clause.path[1]
        if said in seen:
            message = f"the statement says the same as statement {seen[said] + 1}"
            yield Issue("REDUNDANT_STATEMENT", clause.path, message, "remove one of the two")
        elif isinstance(index, int):
            seen[said] = index


def _elements(draft: Draft, name: str) -> Iterator[Element]:
    for clause in draft.clauses:
        for element in clause.elements:
            if element.name.endswith(name) and len(element.words) > 1:
                yield element


def _vendor(word: Word) -> str:
    vendor = word.text.partition(":")[0].lower()
    return "*" if has_wildcard(vendor) else vendor


def _covers_action(pattern: str, other: str) -> bool:
    return pattern == "*" or (other != "*" and covers(pattern.lower(), other.lower()))


def _redundant(what: str, word: Word, other: Word) -> Issue:
    message = (
        f"{quote(word.text)} stands here twice"
        if word.text.lower() == other.text.lower()
        else f"{quote(word.text)} is covered by {quote(other.text)}"
    )
    return Issue(f"REDUNDANT_{what}", word.path, message, "remove it")


def _normal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _normal(member) for key, member in value.items()}
    if isinstance(value, list):
        members = [_normal(member) for member in value]
        return members[0] if len(members) == 1 else sorted(members, key=lambda each: json.dumps(each, sort_keys=True))
    return {"number": value.text} if isinstance(value, JsonNumber) else value
