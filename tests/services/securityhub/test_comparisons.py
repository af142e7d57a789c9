"""Filters are compared as Security Hub's documentation says."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ostiary.services.securityhub.comparisons import date_test, equal_texts, number_test, text_test
from ostiary.values.fault import Fault

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def texts(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"Comparison": comparison, "Value": value} for comparison, value in pairs]


@pytest.mark.parametrize(
    ("given", "values", "expected"),
    [
        ([("EQUALS", "us-east-1")], ["us-east-1"], True),
        ([("EQUALS", "us")], ["us-east-1"], False),
        ([("EQUALS", "US-EAST-1")], ["us-east-1"], False),
        ([("PREFIX", "us")], ["us-east-1"], True),
        ([("PREFIX", "east")], ["us-east-1"], False),
        ([("CONTAINS", "east")], ["us-east-1"], True),
        ([("CONTAINS", "west")], ["us-east-1"], False),
        # What asks for something is joined by OR.
        ([("EQUALS", "a"), ("EQUALS", "b")], ["b"], True),
        ([("PREFIX", "a"), ("CONTAINS", "z")], ["bz"], True),
        # What rules something out is joined by AND.
        ([("NOT_EQUALS", "a"), ("NOT_EQUALS", "b")], ["b"], False),
        ([("NOT_EQUALS", "a"), ("NOT_EQUALS", "b")], ["c"], True),
        ([("PREFIX_NOT_EQUALS", "us")], ["us-east-1"], False),
        ([("PREFIX_NOT_EQUALS", "eu")], ["us-east-1"], True),
        ([("NOT_CONTAINS", "east")], ["us-east-1"], False),
        ([("NOT_CONTAINS", "west")], ["us-east-1"], True),
        # Both kinds must hold together.
        ([("PREFIX", "Aws"), ("NOT_EQUALS", "AwsIamRole")], ["AwsIamRole"], False),
        ([("PREFIX", "Aws"), ("NOT_EQUALS", "AwsIamRole")], ["AwsIamUser"], True),
        ([("PREFIX", "Aws"), ("NOT_EQUALS", "AwsIamRole")], ["Other"], False),
        # Of several values one is enough, and one is too many.
        ([("EQUALS", "a")], ["b", "a"], True),
        ([("NOT_EQUALS", "a")], ["b", "a"], False),
        # What a finding lacks equals nothing and differs from all.
        ([("EQUALS", "a")], [], False),
        ([("NOT_EQUALS", "a")], [], True),
        ([("NOT_CONTAINS", "a")], [None], True),
        ([("CONTAINS", "")], [None], False),
    ],
)
def test_texts(given: list[tuple[str, str]], values: list[str | None], *, expected: bool) -> None:
    assert text_test("Title", texts(*given))(values) is expected


@pytest.mark.parametrize(
    "given",
    [
        [{"Value": "a"}],
        [{"Comparison": "EQUALS"}],
        texts(("CONTAINS_WORD", "a")),
        [{"Comparison": "EQUALS", "Value": 1}],
    ],
)
def test_texts_that_are_refused(given: list[dict[str, Any]]) -> None:
    with pytest.raises(Fault) as caught:
        text_test("Title", given)
    assert caught.value.code == "InvalidInputException"
    assert caught.value.message.startswith("Filters.Title must have a Value and a Comparison")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([("EQUALS", "a"), ("EQUALS", "b")], {"a", "b"}),
        ([("EQUALS", "a"), ("NOT_EQUALS", "b")], {"a"}),
        ([("EQUALS", "a"), ("PREFIX", "b")], None),
        ([("EQUALS", "a"), ("CONTAINS", "b")], None),
        ([("NOT_EQUALS", "a")], None),
    ],
)
def test_what_must_be_equal(given: list[tuple[str, str]], expected: set[str] | None) -> None:
    assert equal_texts(texts(*given)) == expected


DAY = "2026-11-20T12:00:00Z"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([{"Start": DAY, "End": DAY}], True),
        ([{"Start": "2026-11-20T12:00:01Z"}], False),
        ([{"End": "2026-11-20T11:59:59Z"}], False),
        ([{"Start": "2026-11-20T13:00:00+01:00"}], True),
        ([{"Start": "2026-11-20"}], True),
        ([{"DateRange": {"Value": 4, "Unit": "DAYS"}}], True),
        ([{"DateRange": {"Value": 3, "Unit": "DAYS"}}], False),
        ([{"DateRange": {"Value": 3, "Unit": "DAYS", "Comparison": "OLDER_THAN"}}], True),
        ([{"DateRange": {"Value": 5, "Unit": "DAYS", "Comparison": "OLDER_THAN"}}], False),
        ([{"DateRange": {"Value": 3}}, {"Start": DAY}], True),
    ],
)
def test_dates(given: list[dict[str, Any]], *, expected: bool) -> None:
    test = date_test("UpdatedAt", given, now=NOW)
    assert test([datetime(2026, 11, 20, 12, tzinfo=UTC)]) is expected
    assert test([None]) is False


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Start": "yesterday"},
        {"DateRange": {}},
        {"DateRange": {"Value": 0}},
        {"DateRange": {"Value": 1 << 30}},
        {"DateRange": {"Value": 1}, "Start": DAY},
    ],
)
def test_dates_that_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(Fault, match=r"Filters\.UpdatedAt "):
        date_test("UpdatedAt", [given], now=NOW)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([{"Eq": 40}], True),
        ([{"Gte": 40, "Lte": 40}], True),
        ([{"Gt": 40}], False),
        ([{"Lt": 40}], False),
        ([{"Gte": 41.5}], False),
        ([{"Gte": 70}, {"Lte": 40}], True),
    ],
)
def test_numbers(given: list[dict[str, float]], *, expected: bool) -> None:
    assert number_test("SeverityNormalized", given)([40]) is expected


def test_a_number_that_says_nothing_is_refused() -> None:
    with pytest.raises(Fault, match=r"Filters\.SeverityNormalized must have one of"):
        number_test("SeverityNormalized", [{}])
