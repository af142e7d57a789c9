#!/usr/bin/env python3
"""Write the vectors as they are kept: sorted by id, a value on one line where it fits, one member a line where not.

    python conformance/format_vectors.py

Run it after changing a file of `vectors/` by hand; it changes nothing but the layout and the order.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "vectors"
WIDTH = 120
STEP = "  "


def lay_out(value: Any, indent: str = "", lead: int = 0) -> str:
    """Return a JSON value as text, on one line when it ends before the margin.

    Args:
        value: what `json.loads` gives.
        indent: the white space that lines of this value begin with, the first excepted.
        lead: how many characters stand before the value on its line, the comma after it included.
    """
    line = json.dumps(value, ensure_ascii=False)
    if lead + len(line) <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner = indent + STEP
    if isinstance(value, list):
        return _block("[", (lay_out(each, inner, len(inner) + 1) for each in value), "]", indent)
    names = ((f"{json.dumps(name, ensure_ascii=False)}: ", each) for name, each in value.items())
    members = (name + lay_out(each, inner, len(inner) + len(name) + 1) for name, each in names)
    return _block("{", members, "}", indent)


def format_vectors(vectors: Iterable[dict[str, Any]]) -> str:
    """Return the text of a file of vectors; each vector has its members on lines of their own."""
    ordered = sorted(vectors, key=lambda vector: vector["id"])
    # A lead beyond the margin breaks a vector into lines even where it would fit on one.
    return _block("[", (lay_out(vector, STEP, WIDTH) for vector in ordered), "]", "") + "\n"


def _block(opening: str, members: Iterable[str], closing: str, indent: str) -> str:
    inner = f"\n{indent}{STEP}"
    return f"{opening}{inner}{f',{inner}'.join(members)}\n{indent}{closing}"


def main() -> None:
    """Format every file of vectors."""
    for path in sorted(FOLDER.glob("*.json")):
        path.write_text(format_vectors(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
