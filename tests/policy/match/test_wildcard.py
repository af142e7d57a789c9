"""Wildcards, against a second algorithm and against the clock."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.policy.match.wildcard import compile_wildcard, tokenize


def fits(pattern: str, text: str) -> bool:
    """Fill in a table: `row[i]` says whether the pattern read so far fits the first `i` characters."""
    row = [True] + [False] * len(text)
    for wanted in pattern:
        if wanted == "*":
            row = [any(row[: end + 1]) for end in range(len(row))]
        else:
            row = [False] + [row[end] and wanted in ("?", text[end]) for end in range(len(text))]
    return row[-1]


@settings(max_examples=2000, deadline=None)
@given(st.text("ab*?", max_size=12), st.text("ab*?", max_size=14))
def test_agrees_with_the_table(pattern: str, text: str) -> None:
    assert compile_wildcard(tokenize(pattern))(text) is fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("a*a", "a", False),
        ("*\n*", "x\ny", True),
        ("?", "é", True),
        ("*?b*?c", "aabac", True),
        ("*ab?", "abab", False),
    ],
)
def test_match(pattern: str, text: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert compile_wildcard(tokenize(pattern))(text) is expected


def test_text_that_stands_for_itself_is_no_wildcard() -> None:
    matches = compile_wildcard(["a", "*", "?"])
    assert matches("a*?")
    assert not matches("abc")


@pytest.mark.parametrize("pattern", ["a*" * 2000 + "b", "*" + "a?" * 2000 + "b*", "?*" * 2000 + "b", "*" * 4000 + "b"])
def test_no_pattern_is_slow(pattern: str) -> None:
    matches = compile_wildcard(tokenize(pattern))
    start = time.process_time()
    assert not matches("a" * 20_000)
    assert time.process_time() - start < 1
