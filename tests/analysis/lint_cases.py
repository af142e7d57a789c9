"""The cases of tests/cases/lint, and policies made of them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from ostiary.policy import PolicyKind
from ostiary.policy.spans import Span

FOLDER = Path(__file__).parents[1] / "cases" / "lint"
KINDS = {
    "identity": PolicyKind.IDENTITY,
    "trust": PolicyKind.TRUST,
    "resource": PolicyKind.RESOURCE,
    "scp": PolicyKind.SERVICE_CONTROL,
    "rcp": PolicyKind.RESOURCE_CONTROL,
}
_ACCOUNT = {"AWS": "111122223333"}
_STATEMENTS: Mapping[str, Mapping[str, Any]] = {
    "identity": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
    "trust": {"Effect": "Allow", "Principal": _ACCOUNT, "Action": "sts:AssumeRole"},
    "resource": {
        "Effect": "Allow",
        "Principal": _ACCOUNT,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::bucket/*",
    },
    "scp": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
    "rcp": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"},
}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each case with the name of its file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield path.stem, case


def policy_text(kind: str, written: Mapping[str, Any]) -> str:
    """Return a policy's text: as it is, or made of a document, of a size, or of what its statement has in particular.

    A statement begins as a plain one of its kind; an element given as null is left out of it.
    """
    if "text" in written:
        return str(written["text"])
    if "policy" in written:
        return json.dumps(written["policy"])
    size = written.get("size", 0)
    statement = {**_STATEMENTS[kind], **({"Sid": "a" * size} if size else written)}
    kept = {name: value for name, value in statement.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [kept]})


def cut(text: str, span: Span) -> str:
    """Return what a span encloses."""
    lines = text.split("\n")
    if span.start.line == span.end.line:
        return lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]
    first, *between = lines[span.start.line - 1 : span.end.line - 1]
    return "\n".join([first[span.start.column - 1 :], *between, lines[span.end.line - 1][: span.end.column - 1]])
