"""A policy as the checks see it: whatever can be read of it, also where it breaks the grammar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from ostiary.analysis.lint.nearest import Guesses
from ostiary.analysis.lint.operators import WrittenOperator, read_operator
from ostiary.policy import PolicyKind
from ostiary.policy.document import VERSION_WITH_VARIABLES
from ostiary.policy.json_text import JsonNumber
from ostiary.policy.spans import Path


@dataclass(frozen=True, slots=True)
class Word:
    """A text in the policy and its place."""

    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Element:
    """`Action`, `NotAction`, `Resource` or `NotResource` of a statement."""

    name: str
    path: Path
    words: tuple[Word, ...]

    @property
    def negated(self) -> bool:
        """It says what the statement is not about."""
        return self.name.startswith("Not")


@dataclass(frozen=True, slots=True)
class PrincipalWord(Word):
    """One principal, under one of the types `AWS`, `Service`, `Federated` and `CanonicalUser`."""

    type: str


@dataclass(frozen=True, slots=True)
class WrittenPrincipal:
    """`Principal` or `NotPrincipal` of a statement."""

    name: str
    path: Path
    written: Any
    words: tuple[PrincipalWord, ...]

    @property
    def negated(self) -> bool:
        """It says whom the statement is not about."""
        return self.name == "NotPrincipal"

    def of_type(self, name: str) -> list[PrincipalWord]:
        """Return the principals under a type."""
        return [word for word in self.words if word.type == name]


@dataclass(frozen=True, slots=True)
class ConditionValue(Word):
    """One value that a condition compares with; a number or a boolean as its text."""

    written: Any


@dataclass(frozen=True, slots=True)
class WrittenCondition:
    """One key under one operator."""

    operator: WrittenOperator
    key: str
    path: Path
    listed: Any
    """What stands there, whatever it is."""
    values: tuple[ConditionValue, ...]
    folded: str = field(init=False)
    """The key in lower case, as it is compared."""

    def __post_init__(self) -> None:
        # A frozen dataclass leaves no other way to derive a field from the others.
        object.__setattr__(self, "folded", self.key.lower())

    @property
    def prefix(self) -> str:
        """What stands before the key's first colon, in lower case."""
        return self.folded.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement."""

    path: Path
    written: Mapping[str, Any]
    elements: tuple[Element, ...]
    principals: tuple[WrittenPrincipal, ...]
    conditions: tuple[WrittenCondition, ...]

    @property
    def allows(self) -> bool:
        """Its effect is Allow."""
        return self.written.get("Effect") == "Allow"

    @property
    def denies(self) -> bool:
        """Its effect is Deny."""
        return self.written.get("Effect") == "Deny"

    @property
    def actions(self) -> Element | None:
        """Its `Action` or `NotAction`."""
        return self._element("Action")

    @property
    def resources(self) -> Element | None:
        """Its `Resource` or `NotResource`."""
        return self._element("Resource")

    @property
    def principal(self) -> WrittenPrincipal | None:
        """Its `Principal`; None also when it has a `NotPrincipal`."""
        return next((each for each in self.principals if not each.negated), None)

    def condition_on(self, *keys: str) -> WrittenCondition | None:
        """Return the first condition on one of the keys, given in lower case; one that ends in a slash is a prefix."""
        return next(
            (
                each
                for each in self.conditions
                if each.folded in keys or any(key.endswith("/") and each.folded.startswith(key) for key in keys)
            ),
            None,
        )

    def _element(self, name: str) -> Element | None:
        return next((element for element in self.elements if element.name.endswith(name)), None)


_MOST_READ = 8_000
"""So much of a policy is looked at, each text in it counted once; AWS's quotas have room for a quarter of that."""
_WILDCARD_COUNTS = 4


class Draft:
    """A policy's text and what it writes."""

    def __init__(self, text: str, kind: PolicyKind, written: Any) -> None:
        self.text = text
        self.kind = kind
        self.written = written
        self.guesses = Guesses()

    @property
    def root(self) -> Mapping[str, Any]:
        """The policy's elements; none when it is no object."""
        return self.written if isinstance(self.written, dict) else {}

    @property
    def has_variables(self) -> bool:
        """The policy's version is one in which `${…}` stands for something."""
        return self.root.get("Version") == VERSION_WITH_VARIABLES

    @cached_property
    def blocks(self) -> tuple[tuple[Path, Any], ...]:
        """What stands where statements should, with its path, whatever it is."""
        written = self.root.get("Statement", [])
        blocks = written if isinstance(written, list) else [written]
        return tuple((("Statement", index), block) for index, block in enumerate(blocks))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The statements that are objects, as far as they are read."""
        return tuple(_read_clause(path, block) for path, block in self._read if isinstance(block, dict))

    @property
    def unread(self) -> Path | None:
        """The path of the first statement that is too much to be read; none after it is read either."""
        read = len(self._read)
        return self.blocks[read][0] if read < len(self.blocks) else None

    @cached_property
    def _read(self) -> tuple[tuple[Path, Any], ...]:
        weights = accumulate(_weight(block) for _, block in self.blocks)
        return tuple(block for block, weight in zip(self.blocks, weights, strict=True) if weight <= _MOST_READ)


def read_members(written: Any, path: Path) -> list[tuple[Any, Path]]:
    """Return the values of what may be a list or a lone value, each with its path."""
    if isinstance(written, list):
        return [(value, (*path, place)) for place, value in enumerate(written)]
    return [(written, path)]


def _weight(written: Any) -> int:
    """Return how many texts, numbers and lists there are in something; one with a wildcard takes longer to look at."""
    weight, left = 0, [written]
    while left:
        match left.pop():
            case dict() as members:
                weight += 1 + len(members)
                left.extend(members.values())
            case list() as members:
                weight += 1
                left.extend(members)
            case str() as text if "*" in text or "?" in text:
                weight += _WILDCARD_COUNTS
            case _:
                weight += 1
    return weight


def _read_clause(path: Path, block: Mapping[str, Any]) -> Clause:
    return Clause(
        path,
        block,
        elements=tuple(
            Element(name, (*path, name), tuple(_words(block[name], (*path, name))))
            for name in ("Action", "NotAction", "Resource", "NotResource")
            if name in block
        ),
        principals=tuple(
            WrittenPrincipal(name, (*path, name), block[name], tuple(_principal_words(block[name], (*path, name))))
            for name in ("Principal", "NotPrincipal")
            if name in block
        ),
        conditions=tuple(_conditions(block.get("Condition"), (*path, "Condition"))),
    )


def _words(written: Any, path: Path) -> Iterator[Word]:
    for value, place in read_members(written, path):
        if isinstance(value, str):
            yield Word(value, place)


def _principal_words(written: Any, path: Path) -> Iterator[PrincipalWord]:
    if not isinstance(written, dict):
        return
    for name, listed in written.items():
        for word in _words(listed, (*path, name)):
            yield PrincipalWord(word.text, word.path, name)


def _conditions(written: Any, path: Path) -> Iterator[WrittenCondition]:
    if not isinstance(written, dict):
        return
    for name, block in written.items():
        if isinstance(block, dict):
            operator = read_operator(name)
            for key, listed in block.items():
                place = (*path, name, key)
                yield WrittenCondition(operator, key, place, listed, tuple(_condition_values(listed, place)))


def _condition_values(written: Any, path: Path) -> Iterator[ConditionValue]:
    for value, place in read_members(written, path):
        if isinstance(value, bool):
            yield ConditionValue("true" if value else "false", place, value)
        elif isinstance(value, JsonNumber):
            yield ConditionValue(value.text, place, value)
        elif isinstance(value, str):
            yield ConditionValue(value, place, value)
