"""Sealing and opening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import MasterKey, MasterKeyError, SealBroken, Sealer

_OLD, _NEW, _OTHER = (MasterKey(bytes([number]) * 32) for number in (1, 2, 3))
_SEALER = Sealer(_NEW, _OLD)

contexts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.binary(max_size=300), contexts)
def test_what_is_sealed_can_be_opened(plaintext: bytes, context: str) -> None:
    sealed = _SEALER.seal(plaintext, context=context)
    assert len(sealed) == len(plaintext) + 33
    assert _SEALER.open(sealed, context=context) == plaintext


@given(st.binary(max_size=50), contexts, contexts)
def test_a_context_opens_no_other_s_seals(plaintext: bytes, context: str, other: str) -> None:
    if other == context:
        other += "x"
    sealed = _SEALER.seal(plaintext, context=context)
    with pytest.raises(SealBroken):
        _SEALER.open(sealed, context=other)


def test_each_changed_byte_breaks_the_seal() -> None:
    sealed = _SEALER.seal(b"wJalrXUtnFEMI", context="access-key/AKIA")
    for index in range(len(sealed)):
        for mask in (0x01, 0x80):
            changed = bytearray(sealed)
            changed[index] ^= mask
            with pytest.raises(SealBroken):
                _SEALER.open(bytes(changed), context="access-key/AKIA")


def test_each_cut_breaks_the_seal() -> None:
    sealed = _SEALER.seal(b"secret", context="c")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            _SEALER.open(sealed[:length], context="c")
    with pytest.raises(SealBroken):
        _SEALER.open(sealed + b"\0", context="c")


@given(st.binary(max_size=100))
def test_any_other_bytes_are_a_broken_seal(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        _SEALER.open(sealed, context="")


def test_former_keys_open_and_do_not_seal() -> None:
    before = Sealer(_OLD).seal(b"kept", context="c")
    assert _SEALER.open(before, context="c") == b"kept"
    after = _SEALER.seal(b"new", context="c")
    assert Sealer(_NEW).open(after, context="c") == b"new"
    with pytest.raises(SealBroken):
        Sealer(_OLD).open(after, context="c")


def test_another_master_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Sealer(_OTHER).open(_SEALER.seal(b"x", context="c"), context="c")


def test_a_purpose_opens_no_other_s_seals() -> None:
    tokens = _SEALER.for_purpose("session token")
    assert tokens.open(tokens.seal(b"x", context="c"), context="c") == b"x"
    for sealer, opener in [(_SEALER, tokens), (tokens, _SEALER)]:
        with pytest.raises(SealBroken):
            opener.open(sealer.seal(b"x", context="c"), context="c")


def test_a_purpose_keeps_the_former_keys() -> None:
    before = Sealer(_OLD).for_purpose("p").seal(b"x", context="c")
    assert _SEALER.for_purpose("p").open(before, context="c") == b"x"


def test_equal_secrets_have_different_seals() -> None:
    assert len({_SEALER.seal(b"x", context="c") for _ in range(200)}) == 200


def test_one_key_given_twice_is_refused() -> None:
    with pytest.raises(MasterKeyError, match="same ID"):
        Sealer(_OLD, _OLD)
