"""Which patterns cover which, against what they match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.analysis.lint.patterns import covers, covers_arn, split_arn

PATTERNS = st.text(alphabet="ab*?", max_size=6)


def matches(pattern: str, text: str) -> bool:
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text) is not None


@given(PATTERNS, PATTERNS, st.text(alphabet="abc", max_size=6))
def test_what_is_covered_is_matched(pattern: str, other: str, text: str) -> None:
    if covers(pattern, other) and matches(other, text):
        assert matches(pattern, text)


@given(PATTERNS, st.text(alphabet="ab", max_size=6))
def test_covers_a_plain_text_exactly_when_it_matches(pattern: str, text: str) -> None:
    assert covers(pattern, text) == matches(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "other", "expected"),
    [
        ("*", "arn:aws:s3:::b", True),
        ("arn:aws:s3:::b*", "arn:aws:s3:::b/x*", True),
        ("arn:aws:s3:::b/x*", "arn:aws:s3:::b*", False),
        ("arn:aws:*:a", "arn:aws:s3:::a", False),
        ("arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q", True),
        ("arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:eu-west-1:*:q", False),
    ],
)
def test_covers_an_arn_part_by_part(pattern: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert covers_arn(pattern, other) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arn:aws:s3:::b", ["arn", "aws", "s3", "", "", "b"]),
        ("arn:aws:logs:r:a:log-group:x:*", ["arn", "aws", "logs", "r", "a", "log-group:x:*"]),
        ("arn:aws:s3:::${aws:PrincipalTag/a:b}", ["arn", "aws", "s3", "", "", "${aws:PrincipalTag/a:b}"]),
        ("arn:aws:s3:${a:b}::c", ["arn", "aws", "s3", "${a:b}", "", "c"]),
        ("arn:aws:s3:b", None),
    ],
)
def test_splits_an_arn_where_colons_divide(text: str, expected: list[str] | None) -> None:
    assert split_arn(text) == expected
