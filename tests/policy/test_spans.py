"""The places of a policy's values, found in its text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy.errors import MalformedPolicy
from ostiary.policy.spans import Path, Position, Span, Spans, find_spans

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:\\u004cist*"], "Resource": "*"},
    {"Effect": "Deny", "Action": "*", "Resource": "*",
     "Condition": {"Bool": {"aws:SecureTransport": false}}}
  ]
}"""


def at(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    return Span(Position(line, column), Position(end_line or line, end_column))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), at(1, 1, 2, 8)),
        (("Version",), at(2, 14, 26)),
        (("Statement",), at(3, 16, 4, 7)),
        (("Statement", 0), at(4, 5, 81)),
        (("Statement", 0, "Action", 1), at(4, 47, 62)),
        (("Statement", 1), at(5, 5, 60, 6)),
        (("Statement", 1, "Action"), at(5, 34, 37)),
        (("Statement", 1, "Action", 0), at(5, 34, 37)),
        (("Statement", 1, "Condition", "Bool", "aws:SecureTransport"), at(6, 52, 57)),
    ],
)
def test_finds_a_value(path: Path, expected: Span) -> None:
    assert find_spans(POLICY)[path] == expected


def test_finds_a_key() -> None:
    spans = find_spans(POLICY)
    assert spans.key(("Statement", 1, "Condition", "Bool")) == at(6, 20, 26)
    assert spans.key(("Statement",)) == at(3, 3, 14)
    with pytest.raises(KeyError):
        spans.key(("Statement", 0))


def test_ends_a_statement_where_the_simulator_does() -> None:
    """The document and the positions are those of the AWS CLI's example of simulate-custom-policy."""
    text = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",'
        '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}'
    )
    assert find_spans(text)["Statement", 0].end == Position(1, 167)


def test_a_lone_statement_is_the_first_of_a_list() -> None:
    spans = find_spans('{"Statement": {"Efect": "Allow"}}')
    assert spans["Statement",] == spans["Statement", 0] == at(1, 15, 33)
    assert spans["Statement", 0, "Efect"] == at(1, 25, 32)
    assert spans.key(("Statement", 0, "Efect")) == at(1, 16, 23)


@pytest.mark.parametrize(
    "path", [("Id",), ("Statement", 2), ("Statement", 0, "Action", 2), ("Statement", 0, 0, 0), (1,)]
)
def test_knows_no_other_paths(path: Path) -> None:
    spans = find_spans(POLICY)
    assert path not in spans
    with pytest.raises(KeyError):
        spans[path]


def test_tells_keys_that_stand_twice() -> None:
    spans = find_spans('{"a": {"b": 1}, "b": 2,\n "\\u0061": 3, "b": 4}')
    assert spans.repeated == (at(2, 2, 10), at(2, 15, 18))
    assert find_spans(POLICY).repeated == ()


def test_is_bounded() -> None:
    assert len(find_spans("[" * 10 + "]" * 10)) == 10
    with pytest.raises(MalformedPolicy):
        find_spans("[" * 11)
    with pytest.raises(MalformedPolicy):
        find_spans(" " * 262_145)


def cut(text: str, span: Span) -> str:
    """Return what a span encloses, by a way of counting that shares nothing with the module's."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    return text[starts[span.start.line - 1] + span.start.column - 1 : starts[span.end.line - 1] + span.end.column - 1]


def walk(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(each for key, member in inner for each in walk(member, (*path, key)))]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.sampled_from([None, 0, 3]), st.booleans())
def test_each_stretch_is_the_text_of_its_value(value: Any, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    spans = find_spans(text)
    expected = walk(value)
    assert set(spans) == {path for path, _ in expected}
    for path, member in expected:
        assert json.loads(cut(text, spans[path])) == member
        if path and isinstance(path[-1], str):
            assert json.loads(cut(text, spans.key(path))) == path[-1]


@given(st.text(alphabet='{}[]:,"\\ \nab0', max_size=40))
def test_takes_any_text(text: str) -> None:
    """Of what is not JSON, too, every stretch lies within the text."""
    try:
        spans: Spans = find_spans(text)
    except MalformedPolicy:
        return
    whole = Span(Position(1, 1), spans.at(len(text)))
    for path in spans:
        assert whole.start <= spans[path].start <= spans[path].end <= whole.end
