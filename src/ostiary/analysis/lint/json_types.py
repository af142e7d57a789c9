"""JSON types: what each element takes.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterator
from typing import Any

from ostiary.analysis.lint.draft import Clause, Draft, read_members
from ostiary.analysis.lint.issue import Issue, quote
from ostiary.policy.json_text import JsonNumber
from ostiary.policy.spans import Path


def check_types(draft: Draft) -> Iterator[Issue]:
    """Check that every value is of the JSON type that its element takes."""
    if not isinstance(draft.written, dict):
        yield _mismatch((), draft.written, "the policy", "an object")
        return
    for name in ("Version", "Id"):
        yield from _text(draft.root, name, ())
    if isinstance(draft.root.get("Statement", []), list | dict):
        for path, block in draft.blocks:
            if not isinstance(block, dict):
                yield _mismatch(path, block, "a statement", "an object")
        for clause in draft.clauses:
            yield from _statement(clause)
    else:
        yield _mismatch(("Statement",), draft.root["Statement"], "`Statement`", "an object, or a list of objects")


def _statement(clause: Clause) -> Iterator[Issue]:
    for name in ("Sid", "Effect"):
        yield from _text(clause.written, name, clause.path)
    for element in clause.elements:
        yield from _texts(clause.written[element.name], element.path, f"`{element.name}`")
    for principal in clause.principals:
        if isinstance(principal.written, dict):
            for kind, listed in principal.written.items():
                yield from _texts(listed, (*principal.path, kind), quote(kind))
    yield from _conditions(clause.written.get("Condition", {}), (*clause.path, "Condition"))


def _conditions(written: Any, path: Path) -> Iterator[Issue]:
    if not isinstance(written, dict):
        yield _mismatch(path, written, "`Condition`", "an object")
        return
    for operator, block in written.items():
        if not isinstance(block, dict):
            yield _mismatch((*path, operator), block, quote(operator), "an object of condition keys")
            continue
        for key, listed in block.items():
            for value, place in read_members(listed, (*path, operator, key)):
                if not isinstance(value, (str, bool, JsonNumber)):
                    yield _mismatch(place, value, quote(key), "a string, or a list of strings")


def _text(block: Any, name: str, path: Path) -> Iterator[Issue]:
    if name in block and not isinstance(block[name], str):
        yield _mismatch((*path, name), block[name], f"`{name}`", "a string")


def _texts(written: Any, path: Path, owner: str) -> Iterator[Issue]:
    for value, place in read_members(written, path):
        if not isinstance(value, str):
            yield _mismatch(place, value, owner, "a string, or a list of strings")


def _mismatch(path: Path, value: Any, owner: str, expected: str) -> Issue:
    return Issue("DATA_TYPE_MISMATCH", path, f"{owner} cannot be {_name_type(value)}", f"make it {expected}")


def _name_type(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list within a list"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, JsonNumber):
        return "a number"
    return "null" if value is None else "a string"
