"""How answers are shown as text: with a little colour on a terminal."""

import os
import re
import sys
from collections.abc import Iterable

import click

from ostiary.policy.explain_text import ASCII_MARKS, MARKS, Marks
from ostiary.questions import printable

_COLOURS = {"ALLOWED": "green", "DENIED": "red", MARKS.allows: "green", MARKS.blocks: "red"}
_COLOURED = re.compile(rf"^(?:(ALLOWED|DENIED)(?=:)|  ([{MARKS.allows}{MARKS.blocks}])(?= ))")


def terminal_marks() -> Marks:
    """Return the marks that standard output can write."""
    try:
        "".join(MARKS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII_MARKS
    return MARKS


def echo_lines(lines: Iterable[str]) -> None:
    """Print lines: verdict and marks in colour on a terminal that wants it, and what it cannot write escaped.

    What a terminal would obey is escaped too: names and values in a line may be anybody's, such as those of a refused
    call.

    Source: https://no-color.org
    """
    coloured = "NO_COLOR" not in os.environ
    encoding = sys.stdout.encoding or "ascii"
    for line in lines:
        writable = printable(line).encode(encoding, "backslashreplace").decode(encoding)
        click.echo(_COLOURED.sub(_colour, writable) if coloured else writable)


def note_lines(notes: Iterable[str]) -> list[str]:
    """Return notes as lines that follow an answer, each once; none for none."""
    lines = [f"Note: {note}" for note in dict.fromkeys(notes)]
    return ["", *lines] if lines else []


def _colour(match: re.Match[str]) -> str:
    word = match[1] or match[2]
    return match[0].replace(word, click.style(word, fg=_COLOURS[word], bold=True))
