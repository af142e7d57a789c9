"""Identifiers and secret access keys."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import account_of, mint_access_key_id, mint_secret_key, mint_unique_id
from ostiary.values.identifiers import AccountId

accounts = st.integers(0, 10**12 - 1).map(lambda number: AccountId(f"{number:012}"))


def _account_as_known(key_id: str) -> str:
    """Read the account as the tools do that people use on AWS's own key IDs."""
    decoded = base64.b32decode(key_id[4:20])
    return f"{(int.from_bytes(decoded[:6], 'big') & 0x7FFFFFFFFF80) >> 7:012}"


@given(accounts, st.booleans())
def test_an_access_key_id_carries_its_account(account: AccountId, temporary: bool) -> None:  # noqa: FBT001 - drawn
    key_id = mint_access_key_id(account, temporary=temporary)
    assert re.fullmatch(r"(ASIA|AKIA)[A-Z2-7]{16}", key_id)
    assert key_id.startswith("ASIA" if temporary else "AKIA")
    assert account_of(key_id) == account
    assert _account_as_known(key_id) == account


@pytest.mark.parametrize("prefix", ["AIDA", "AGPA", "AROA", "ANPA", "AIPA"])
@given(account=accounts)
def test_a_unique_id_carries_its_account(prefix: str, account: AccountId) -> None:
    unique_id = mint_unique_id(prefix, account)
    assert re.fullmatch(prefix + r"[A-Z2-7]{17}", unique_id)
    assert _account_as_known(unique_id) == account
    assert account_of(unique_id) is None


@pytest.mark.parametrize("prefix", ["", "AID", "AIDAA", "aida", "BIDA", "AID1", "AIDA\n"])
def test_other_prefixes_are_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="not the prefix of a unique ID"):
        mint_unique_id(prefix, AccountId("111122223333"))


@pytest.mark.parametrize(
    ("key_id", "account"),
    [
        ("AKIAQAAAAAAAAAAAAAAA", "000000000000"),
        ("ASIAY34FZKBOKMUTVV7A", "609629065308"),
        ("AKIAIOSFODNN7EXAMPLE", None),
        ("AKIA7777777777777777", None),
        ("AIDAQAAAAAAAAAAAAAAA", None),
        ("ABIAQAAAAAAAAAAAAAAA", None),
        ("akiaqaaaaaaaaaaaaaaa", None),
        ("AKIAQAAAAAAAAAAAAAA", None),
        ("AKIAQAAAAAAAAAAAAAAAA", None),
        ("AKIAQAAAAAAAAAAAAAA1", None),
        ("AKIAQAAAAAAAAAAAAAA\n", None),
        ("AKIAQAAAAAAAAAAAA_AA", None),
        ("", None),
    ],
)
def test_which_ids_carry_an_account(key_id: str, account: str | None) -> None:
    assert account_of(key_id) == account


@given(st.text(max_size=24))
def test_any_text_has_an_account_or_none(text: str) -> None:
    assert account_of(text) is None or account_of(text) == _account_as_known(text)


def test_ids_and_secrets_do_not_repeat() -> None:
    account = AccountId("111122223333")
    assert len({mint_access_key_id(account, temporary=True) for _ in range(500)}) == 500
    assert len({mint_unique_id("AIDA", account) for _ in range(500)}) == 500
    assert len({mint_secret_key().reveal() for _ in range(500)}) == 500


def test_a_secret_key_is_like_aws_s() -> None:
    secret = mint_secret_key()
    assert re.fullmatch(r"[A-Za-z0-9/+]{40}", secret.reveal())
    assert secret.reveal() not in repr(secret)
