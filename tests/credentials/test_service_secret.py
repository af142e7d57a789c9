"""Passwords and API keys for one service."""

import base64

from ostiary.credentials import hash_service_secret, mint_api_key, mint_service_password
from ostiary.values.secret import SecretKey


def test_a_password_is_256_bits_that_nobody_had_before() -> None:
    passwords = {mint_service_password().reveal() for _ in range(100)}
    assert len(passwords) == 100
    assert all(len(base64.b64decode(password, validate=True)) == 32 for password in passwords)


def test_an_api_key_carries_its_alias() -> None:
    key = mint_api_key("ABSK", "jane-at-111122223333").reveal()
    assert key.startswith("ABSK")
    alias, _, password = base64.b64decode(key[4:], validate=True).decode().partition(":")
    assert alias == "jane-at-111122223333"
    assert len(base64.b64decode(password, validate=True)) == 32


def test_the_digest_is_sha_256s() -> None:
    # FIPS 180-2, appendix B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_service_secret(SecretKey("abc")) == expected
