"""Where a finding points: the way to a value, and a stretch of the text.

Lines are counted from 1, columns and offsets from 0, in UTF-16 units as Java and JavaScript count.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Location.html
"""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from ostiary.analysis.lint import Finding, Mark
from ostiary.policy.spans import Position

_Shape = Mapping[str, Any]


class Locations:
    """Tells where findings on one text point."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = list(accumulate((_units(line) + 1 for line in self._lines), initial=0))

    def of(self, finding: Finding) -> _Shape:
        """Return the location of a finding on the text."""
        path: list[_Shape] = [{"value" if isinstance(step, str) else "index": step} for step in finding.path]
        start, end = self._position(finding.span.start), self._position(finding.span.end)
        match finding.mark:
            case Mark.KEY:
                path[-1] = {"key": finding.path[-1]}
            case (first, _):
                # The text begins as many characters before, on the same line: JSON has no line break in one.
                place = finding.span.start
                before = self._lines[place.line - 1][place.column - 1 - first : place.column - 1]
                path.append({"substring": {"start": _units(before), "length": end["offset"] - start["offset"]}})
        return {"path": path, "span": {"start": start, "end": end}}

    def _position(self, position: Position) -> _Shape:
        line = position.line - 1
        column = _units(self._lines[line][: position.column - 1])
        return {"line": position.line, "column": column, "offset": self._starts[line] + column}


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
