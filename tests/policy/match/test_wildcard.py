"""Wildcards, against a second algorithm and against the clock."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy.match.wildcard import Wild, compile_wildcard, tokenize
from tests.examples import examples


def fits(pattern: str, text: str) -> bool:
    """Fill in a table: `row[i]` says whether the pattern read so far fits the first `i` characters."""
    row = [True] + [False] * len(text)
    for wanted in pattern:
        if wanted == "*":
            row = [any(row[: end + 1]) for end in range(len(row))]
        else:
            row = [False] + [row[end] and wanted in ("?", text[end]) for end in range(len(text))]
    return row[-1]


@examples(400)
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


_IN_PART = {"*": Wild.MANY_IN_PART, "?": Wild.ONE_IN_PART, "+": Wild.MANY, ".": Wild.ONE}
_EXPRESSIONS = {"*": "[^:]*", "?": "[^:]", "+": ".*", ".": "."}


@examples(400)
@given(st.text("a:*?+.", max_size=10), st.text("ab:", max_size=12))
def test_wildcards_that_stay_in_their_part_agree_with_a_regular_expression(pattern: str, text: str) -> None:
    tokens = [_IN_PART.get(character, character) for character in pattern]
    expression = "".join(_EXPRESSIONS.get(character, character) for character in pattern)
    assert compile_wildcard(tokens)(text) is bool(re.fullmatch(expression, text, re.DOTALL))


def test_no_pattern_that_stays_in_its_part_is_slow() -> None:
    matches = compile_wildcard([Wild.MANY_IN_PART, "a", Wild.MANY, "a"] * 500 + ["b"])
    start = time.process_time()
    assert not matches("a" * 20_000)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("pattern", ["a*" * 2000 + "b", "*" + "a?" * 2000 + "b*", "?*" * 2000 + "b", "*" * 4000 + "b"])
def test_no_pattern_is_slow(pattern: str) -> None:
    matches = compile_wildcard(tokenize(pattern))
    start = time.process_time()
    assert not matches("a" * 20_000)
    assert time.process_time() - start < 1
