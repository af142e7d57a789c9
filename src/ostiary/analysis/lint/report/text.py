"""Findings for people: each with the line it is about, in the manner of compilers."""

from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from ostiary.analysis.lint.finding import Finding, Severity
from ostiary.analysis.lint.report.linted_file import LintedFile, count_findings

_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.SECURITY_WARNING: "1;35",
    Severity.WARNING: "1;33",
    Severity.SUGGESTION: "1;36",
}
_BOLD, _DIM, _GREEN = "1", "2", "32"
_WIDTH = 110
_BEFORE = 40


_Painter = Callable[[str, str], str]


def text_report(files: Sequence[LintedFile], *, colour: bool = False) -> str:
    """Return the findings, file by file, and a last line that sums them up.

    Args:
        files: the files in the order in which they are to be told of.
        colour: use the escape sequences of terminals.
    """
    paint = _paint if colour else _leave
    blocks = [
        "\n".join(_lines(file, finding, lines, paint))
        for file in files
        for lines in [file.text.split("\n")]
        for finding in file.findings
    ]
    return "\n\n".join([*blocks, _summary(files, paint)])


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _leave(text: str, colour: str) -> str:  # noqa: ARG001 - the shape of _paint
    return text


def _lines(file: LintedFile, finding: Finding, lines: Sequence[str], paint: _Painter) -> list[str]:
    start, end = finding.span.start, finding.span.end
    colour = _COLOURS[finding.severity]
    place = paint(f"{file.name}:{start.line}:{start.column}:", _BOLD)
    kind = paint(f"{finding.severity.label}[{finding.code}]:", colour)
    line = lines[start.line - 1].rstrip("\r") if start.line <= len(lines) else ""
    last = end.column - 1 if end.line == start.line else len(line)
    before, marked, after = _cut(line, start.column - 1, max(last, start.column))
    margin = f"{start.line:>5}"
    blank = " " * len(margin)
    gap = " " * _width(before)
    return [
        f"{place} {kind} {finding.message}",
        f"{paint(f'{margin} |', _DIM)} {before}{marked}{after}",
        f"{paint(f'{blank} |', _DIM)} {gap}{paint('^' * max(_width(marked), 1), colour)}",
        f"{blank} {paint('help:', _GREEN)} {finding.help}",
    ]


def _cut(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what of a line to show: the part to underline with what is around it, cut where it is long."""
    before, marked, after = (_shown(part) for part in (line[:start], line[start:end], line[end:]))
    if len(before) + len(marked) + len(after) <= _WIDTH:
        return before, marked, after
    if len(before) > _BEFORE:
        before = f"…{before[1 - _BEFORE :]}"
    room = _WIDTH - len(before)
    if len(marked) > room:
        return before, f"{marked[: room - 1]}…", ""
    room -= len(marked)
    return before, marked, after if len(after) <= room else f"{after[: max(room - 1, 0)]}…"


def _shown(text: str) -> str:
    """Return `text` with a space for each tab, and a box for whatever else a terminal would act on."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "▯" for c in text)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _summary(files: Sequence[LintedFile], paint: _Painter) -> str:
    policies = _number(sum(len(file.policies) for file in files), "policy", "policies")
    within = f"{policies} in {_number(len(files), 'file')}"
    counts = {severity: count for severity, count in count_findings(files).items() if count}
    if not counts:
        return f"{paint('nothing found', _GREEN)} in {within}"
    found = ", ".join(paint(_number(count, severity.label), _COLOURS[severity]) for severity, count in counts.items())
    return f"{found} in {within}"


def _number(count: int, name: str, plural: str | None = None) -> str:
    return f"{count} {name if count == 1 else plural or f'{name}s'}"
