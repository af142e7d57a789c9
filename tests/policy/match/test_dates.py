"""Dates, against the standard library where it knows the form, and by hand where it does not."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy.match.dates import is_date, read_date

zones = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=zones))  # noqa: DTZ001 - bounds are naive
def test_agrees_with_the_standard_library(moment: datetime) -> None:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    expected = (since.days * 86_400 + since.seconds) * 10**9 + since.microseconds * 1000
    assert read_date(moment.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", 86_400),
        ("1970-02", 31 * 86_400),
        ("1970T", 0),
        ("1970-01-01T01:00Z", 3600),
        ("1970-01-01t1:00:00z", 3600),
        ("1970-01-01T01:00+0100", 0),
        ("1970-01-01T01:00+01", 0),
        ("1970-01-01T00:00:00-00:30", 1800),
        ("1970-01-02T00:00:00Z", 86_400),
        ("00071-1-1T00:00:00Z", -59_926_608_000 + 0),
        ("1970-01-01T00:0:1.0Z", 1),
        ("2020", 2020),
        ("0", 0),
    ],
)
def test_forms(text: str, seconds: int) -> None:
    assert read_date(text) == seconds * 10**9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2024-1-32",
        "2024-01-01T24:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00,00Z",
        "-",
        "T",
        "99999999999999999999",
        "١٩٧٠",
    ],
)
def test_no_dates(text: str) -> None:
    assert read_date(text) is None
    assert not is_date(text)


@pytest.mark.parametrize("text", ["-292275054", "01T", "2024-02-31", "123456789-01-01"])
def test_dates_that_iam_saves(text: str) -> None:
    assert is_date(text)
