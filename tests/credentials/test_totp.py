"""One-time codes: the RFCs' own vectors, and which codes are taken when."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import WrongCode, code_at, mint_seed, seed_text, time_step, verify_code, verify_codes_in_a_row

RFC_SEED = b"12345678901234567890"
SEED = bytes(range(40))
STEP = 50_000_000


@pytest.mark.parametrize(
    ("counter", "code"),
    [
        (0, "755224"),
        (1, "287082"),
        (2, "359152"),
        (3, "969429"),
        (4, "338314"),
        (5, "254676"),
        (6, "287922"),
        (7, "162583"),
        (8, "399871"),
        (9, "520489"),
    ],
)
def test_the_vectors_of_rfc_4226(counter: int, code: str) -> None:
    assert code_at(RFC_SEED, counter) == code


# RFC 6238, appendix B, SHA-1; its codes have eight digits, the last six of which are those of a six-digit code.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(RFC_SEED, time_step(datetime.fromtimestamp(seconds, UTC))) == code[-6:]


def test_seeds_are_sixty_four_letters_and_never_twice_the_same() -> None:
    seeds = {seed_text(mint_seed()) for _ in range(20)}
    assert len(seeds) == 20
    assert {len(seed) for seed in seeds} == {64}


def verified(presented: str, *, used_up_to: int | None = None) -> int | None:
    try:
        return verify_code(SEED, presented, expected_step=STEP, used_up_to=used_up_to)
    except WrongCode:
        return None


@pytest.mark.parametrize("away", range(-4, 5))
def test_a_code_may_be_one_step_early_or_late(away: int) -> None:
    assert verified(code_at(SEED, STEP + away)) == (STEP + away if abs(away) <= 1 else None)


def test_a_code_is_good_once_and_none_before_it_is_good_any_more() -> None:
    codes = [code_at(SEED, STEP + away) for away in (-1, 0, 1)]
    assert [verified(code, used_up_to=STEP) for code in codes] == [None, None, STEP + 1]


@pytest.mark.parametrize("presented", ["", "12345", "1234567", "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_what_is_no_code_is_wrong(presented: str) -> None:
    assert verified(presented) is None


def verified_in_a_row(first: int, second: int, *, used_up_to: int | None = None) -> int | None:
    codes = code_at(SEED, STEP + first), code_at(SEED, STEP + second)
    try:
        return verify_codes_in_a_row(SEED, codes, expected_step=STEP, used_up_to=used_up_to) - STEP
    except WrongCode:
        return None


@given(st.integers(-90, 90))
def test_two_codes_in_a_row_tell_how_wrong_a_clock_is(drift: int) -> None:
    assert verified_in_a_row(drift - 1, drift) == (drift if abs(drift) <= 60 else None)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (0, 2), (-5, 5)])
def test_codes_that_are_not_in_a_row_are_wrong(first: int, second: int) -> None:
    assert verified_in_a_row(first, second) is None


@pytest.mark.parametrize(("used_up_to", "expected"), [(-2, 1), (-1, 1), (0, None), (1, None), (2, None)])
def test_neither_of_two_codes_may_be_used(used_up_to: int, expected: int | None) -> None:
    assert verified_in_a_row(0, 1, used_up_to=STEP + used_up_to) == expected
