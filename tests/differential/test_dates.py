"""Engine, reference evaluator and certificate checker read the same moments, each in its own way."""

from fractions import Fraction

import pytest
from conformance.check_certificate import CertificateRefused, read_date
from hypothesis import example, given
from hypothesis import strategies as st

from ostiary.policy.match import dates
from tests.differential import vocabulary as words
from tests.examples import examples
from tests.model.iam_model import moment

few_digits = st.integers(0, 61).map(str) | st.integers(0, 61).map("{:02}".format)
years = st.integers(0, 10_001).map(str) | st.sampled_from(["2026", "02026", "1", "9999", "-2026"])
days = st.tuples(years, st.lists(few_digits, max_size=3)).map(lambda parts: "-".join([parts[0], *parts[1]]))
clocks = st.lists(few_digits, max_size=4).map(":".join)
fractions = st.just("") | st.integers(0, 10**10).map(".{}".format)
zones = st.from_regex(r"([Zz]|[+-]([0-9]{2}(:?[0-9]{2})?|[0-9])?)?", fullmatch=True)
date_like = st.tuples(days, st.sampled_from(["", "T", "t"]), clocks, fractions, zones).map("".join)
garbled = st.text("0123456789-+:.TZ \n\u0662", max_size=25)


def as_checked(text: str) -> Fraction | None:
    try:
        seconds, fraction = read_date(text)
    except CertificateRefused:
        return None
    return seconds + Fraction(int(fraction), 10**9)


def as_decided(text: str) -> Fraction | None:
    nanoseconds = dates.read_date(text)
    return None if nanoseconds is None else Fraction(nanoseconds, 10**9)


@examples(500)
@given(date_like | garbled | st.integers(0, 10**20).map(str))
@example("2026-01-05-06")
@example("2026-1-0500")
@example("2026-01-00")
@example("2026-05-24:61")
@example("0000002026-01-01")
@example("2026-01-01T24:00:00Z")
@example("2026-01-01T00:00:00Z\n")
def test_all_read_the_same(text: str) -> None:
    assert as_decided(text) == moment(text) == as_checked(text)


@pytest.mark.parametrize("text", words.MOMENTS)
def test_moments_are_moments(text: str) -> None:
    assert as_checked(text) is not None


@pytest.mark.parametrize("text", [*words.NO_MOMENTS, *words.LOST_MOMENTS])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert as_checked(text) is None
