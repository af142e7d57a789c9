from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import IncompleteSignature
from ostiary.credentials.sigv4.timestamps import format_timestamp, parse_http_date, parse_timestamp


@given(st.datetimes(timezones=st.just(UTC)))
def test_timestamps_survive_to_the_second(moment: datetime) -> None:
    assert parse_timestamp(format_timestamp(moment)) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 -0000",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 09:49:37 +0100",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "19941106T084937Z",
    ],
)
def test_a_date_header_is_read_in_each_of_its_forms(text: str) -> None:
    assert parse_http_date(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert parse_http_date(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "1994-11-06T08:49:37Z",
        "19941106T084937",
        "19941106T084937+0000",
        "19941306T084937Z",
        "19941106T246000Z",
        "19941106T084937Z ",
        "00000101T000000Z",
        "\u0661\u0669\u0669\u06641106T084937Z",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "x" * 65,
    ],
)
def test_other_dates_are_refused(text: str) -> None:
    for parse in (parse_http_date, parse_timestamp):
        with pytest.raises(IncompleteSignature) as refusal:
            parse(text)
        assert refusal.value.message == (
            f"Date must be in ISO-8601 'basic format'. Got '{text[:64]}'. See http://en.wikipedia.org/wiki/ISO_8601"
        )
