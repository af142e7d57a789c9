"""Recovery codes: long enough that nobody guesses one, and read in whatever way they are typed."""

import re

import pytest

from ostiary.credentials import hash_recovery_code, mint_recovery_code


def test_a_code_is_in_groups_that_nobody_misreads() -> None:
    codes = {mint_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert re.fullmatch(r"([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}", code)


@pytest.mark.parametrize(
    "typed", ["7kq2m-xw4ab-ccccc-ddddd-eeeee", " 7KQ2M XW4AB CCCCC DDDDD EEEEE\n", "7KQ2MXW4ABCCCCCDDDDDEEEEE"]
)
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    assert hash_recovery_code(typed) == hash_recovery_code("7KQ2M-XW4AB-CCCCC-DDDDD-EEEEE")


def test_another_code_has_another_hash() -> None:
    assert hash_recovery_code("7KQ2M") != hash_recovery_code("7KQ2N")
