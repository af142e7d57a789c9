"""Passwords."""

import string
import subprocess
import sys

import pytest
from argon2 import PasswordHasher

from ostiary.credentials import (
    BrokenPasswordHash,
    PasswordTooLong,
    WrongPassword,
    generate_password,
    hash_password,
    needs_rehash,
    verify_password,
)

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_the_right_password_verifies_and_no_other() -> None:
    hashed = hash_password("correct horse 🐎")
    verify_password("correct horse 🐎", hashed)
    for other in ("correct horse", "", "Correct horse 🐎", "correct horse 🐎 ", "x" * 1_025):
        with pytest.raises(WrongPassword):
            verify_password(other, hashed)


def test_a_hash_is_a_salted_argon2id_string() -> None:
    first, second = hash_password("password"), hash_password("password")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA", "$2b$12$abc"])
def test_a_broken_hash_lets_nobody_in(hashed: str) -> None:
    with pytest.raises((BrokenPasswordHash, WrongPassword)):
        verify_password("password", hashed)


def test_a_broken_hash_is_told_from_a_wrong_password() -> None:
    with pytest.raises(BrokenPasswordHash):
        verify_password("password", "not a hash")
    with pytest.raises(BrokenPasswordHash):
        needs_rehash("not a hash")


def test_a_hash_made_with_other_parameters_is_to_be_renewed() -> None:
    assert needs_rehash(_CHEAP.hash("password"))
    assert not needs_rehash(hash_password("password"))


def test_a_hash_made_with_other_parameters_still_verifies() -> None:
    verify_password("password", _CHEAP.hash("password"))


def test_the_longest_password_is_bounded() -> None:
    with pytest.raises(PasswordTooLong, match="at most 1024 characters"):
        hash_password("x" * 1_025)


@pytest.mark.parametrize("length", [8, 20, 128])
def test_a_generated_password_has_all_classes(length: int) -> None:
    for _ in range(100):
        password = generate_password(length)
        assert len(password) == length
        for characters in (string.ascii_uppercase, string.ascii_lowercase, string.digits, "!@#$%^&*()_+-=[]{}|'"):
            assert set(password) & set(characters)


def test_generated_passwords_differ() -> None:
    assert len({generate_password() for _ in range(200)}) == 200


def test_a_generated_password_is_not_too_short() -> None:
    with pytest.raises(ValueError, match="at least 8"):
        generate_password(7)


def test_argon2_is_not_imported_before_it_is_needed() -> None:
    check = "import sys, ostiary.credentials; sys.exit('argon2' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)
