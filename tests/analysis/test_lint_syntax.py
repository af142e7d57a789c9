"""Texts that are no JSON: the first fault, and its place."""

import pytest

from ostiary.analysis.lint import lint_policy
from ostiary.policy import PolicyKind


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "the text is empty"),
        (" \n", (1, 1), "the text is empty"),
        ('{"a": 1', (1, 7), "the text ends too early"),
        ('{"a": 1,\n}', (1, 8), "a comma stands before the closing `}`"),
        ("[1, ]", (1, 3), "a comma stands before the closing `]`"),
        ('{"a" "b"}', (1, 6), "a comma or colon is missing before the string"),
        ('{"a": "b"\n "c": 1}', (2, 2), "a comma or colon is missing before the string"),
        ("[{} {}]", (1, 3), "a comma is missing between two objects"),
        ("{} {}", (1, 4), "the text goes on after the policy has ended"),
        ("{'a': 1}", (1, 2), "JSON has no single quotes"),
        ("// a\n{}", (1, 1), "JSON has no comments"),
        ("{} # a", (1, 4), "the text goes on after the policy has ended"),
        ('{"a": "b', (1, 7), "the string does not end on its line, or breaks off"),
        ('{"a": "b\n"}', (1, 9), "a string holds a line break or tab as it is"),
        ('{"a": tru}', (1, 7), "`t` cannot stand here"),
        ('{"a": NaN}', (1, 7), "JSON has no such number"),
        ('{"a": 1,\n "a": 2}', (2, 2), "the key stands in its object already"),
        ("[" * 11 + "]" * 11, (1, 1), "more than 10 brackets stand within each other"),
        (" " * 262_145, (1, 1), "the text has 262,145 characters, more than any policy may have"),
    ],
)
def test_finds_the_fault(text: str, place: tuple[int, int], message: str) -> None:
    (finding,) = lint_policy(text, PolicyKind.IDENTITY)
    assert finding.code == "JSON_SYNTAX_ERROR"
    assert (finding.span.start.line, finding.span.start.column) == place
    assert finding.message == message
