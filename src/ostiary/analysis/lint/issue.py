"""What a check hands on: an issue with a path, which only later gets its place in the text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ostiary.policy.spans import Path

if TYPE_CHECKING:
    from ostiary.analysis.lint.draft import Draft

_LONGEST_QUOTE = 100
_LONGEST_LIST = 4


class Mark(Enum):
    """Which part of what is at a path is meant."""

    VALUE = "value"
    KEY = "key"
    """The key that it stands under."""
    OPENING = "opening"
    """Its first character: for what is missing in it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a check found."""

    code: str
    path: Path
    message: str
    help: str
    mark: Mark | tuple[int, int] = Mark.VALUE
    """Two numbers are a stretch of a string value: its first character, and the one after its last."""


Family = Callable[["Draft"], Iterable[Issue]]
"""A function with one check or several that belong together."""


def quote(text: str) -> str:
    """Return `text` in backticks: cut where it is very long, and without characters that a terminal would act on."""
    shown = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
    return f"`{''.join(c if c.isprintable() else c.encode('unicode_escape').decode() for c in shown)}`"


def quote_all(texts: Iterable[str], *, joiner: str = "and") -> str:
    """Return several texts in backticks, as a list in a sentence; of more than four, the first three and how many."""
    listed = list(texts)
    if len(listed) > _LONGEST_LIST:
        quoted = [*map(quote, listed[: _LONGEST_LIST - 1]), f"{len(listed) - _LONGEST_LIST + 1} more"]
    else:
        quoted = [quote(text) for text in listed]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joiner} {quoted[-1]}"
