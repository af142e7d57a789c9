"""Authorization messages: opened by the account they are for, and by nobody else."""

import base64
import secrets
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import (
    MAX_MESSAGE_CHARACTERS,
    AuthorizationMessageCodec,
    InvalidAuthorizationMessage,
    MasterKey,
    Sealer,
)
from ostiary.values.identifiers import AccountId

ACCOUNT = AccountId("111122223333")
OTHER_ACCOUNT = AccountId("444455556666")
SEALER = Sealer(MasterKey.generate())
CODEC = AuthorizationMessageCodec(SEALER)


def minted(text: str) -> str:
    message = CODEC.mint(text, ACCOUNT)
    assert message is not None
    return message


@given(st.text(max_size=500))
def test_is_opened_to_what_it_was(text: str) -> None:
    assert CODEC.open(minted(text), ACCOUNT) == text


def test_fits_into_a_header() -> None:
    assert minted("x").isascii()
    assert set(minted("x" * 100)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")


@pytest.mark.parametrize("text", [secrets.token_hex(8_000), "x" * 2_000_000])
def test_what_is_too_long_is_not_minted(text: str) -> None:
    assert CODEC.mint(text, ACCOUNT) is None


def test_no_other_account_opens_it() -> None:
    with pytest.raises(InvalidAuthorizationMessage, match="Message is not valid") as caught:
        CODEC.open(minted("x"), OTHER_ACCOUNT)
    assert (caught.value.code, caught.value.status) == ("InvalidAuthorizationMessageException", 400)


MESSAGE = minted("because")
BYTES = base64.urlsafe_b64decode(MESSAGE)
PURPOSE = SEALER.for_purpose("authorization-message")


def spelled(sealed: bytes | bytearray) -> str:
    return base64.urlsafe_b64encode(sealed).decode()


NO_MESSAGES = {
    "nothing": "",
    "padding alone": "=",
    "plain text": "because",
    "other letters": "é" * 8,
    "too long": "A" * (MAX_MESSAGE_CHARACTERS + 4),
    "cut": MESSAGE[:-1],
    "with a line break": MESSAGE + "\n",
    "with a space": " " + MESSAGE,
    "with more behind it": MESSAGE + "AAAA",
    "sealed for another purpose": spelled(SEALER.seal(zlib.compress(b"because"), context=ACCOUNT)),
    "too long when it is read": spelled(PURPOSE.seal(zlib.compress(b"x" * 5_000_000), context=ACCOUNT)),
    "cut before it was sealed": spelled(PURPOSE.seal(zlib.compress(b"because")[:-3], context=ACCOUNT)),
}


@pytest.mark.parametrize("message", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_nothing_else_is_opened(message: str) -> None:
    with pytest.raises(InvalidAuthorizationMessage):
        CODEC.open(message, ACCOUNT)


@given(st.integers(0, len(BYTES) * 8 - 1))
def test_no_bit_of_it_can_be_changed(bit: int) -> None:
    changed = bytearray(BYTES)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidAuthorizationMessage):
        CODEC.open(spelled(changed), ACCOUNT)


def test_another_servers_is_not_opened() -> None:
    elsewhere = AuthorizationMessageCodec(Sealer(MasterKey.generate()))
    with pytest.raises(InvalidAuthorizationMessage):
        elsewhere.open(MESSAGE, ACCOUNT)
