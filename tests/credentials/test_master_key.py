"""The master key and its text form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import MasterKey, MasterKeyError, parse_master_key

keys = st.binary(min_size=32, max_size=32)


@given(keys)
def test_the_text_form_gives_the_key_back(key: bytes) -> None:
    master_key = MasterKey(key)
    again = parse_master_key(master_key.text())
    assert again.text() == master_key.text()
    assert again.key_id == master_key.key_id
    assert again.derive("x") == master_key.derive("x")


def test_each_single_character_change_of_the_text_is_noticed() -> None:
    text = MasterKey(bytes(range(32))).text()
    for index, character in enumerate(text):
        with pytest.raises(MasterKeyError):
            parse_master_key(text[:index] + chr(ord(character) ^ 1) + text[index + 1 :])


@pytest.mark.parametrize("text", ["", "x", "ostiary-master-key-1::", MasterKey(bytes(32)).text() + "\n"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(MasterKeyError):
        parse_master_key(text)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(MasterKeyError, match="a master key has 32 bytes"):
        MasterKey(bytes(length))


def test_no_message_and_no_repr_has_the_key_in_it() -> None:
    text = MasterKey.generate().text()
    secret = text.rpartition(":")[2]
    assert secret not in repr(parse_master_key(text))
    damaged = text.replace(":", ":0", 1)
    with pytest.raises(MasterKeyError) as refusal:
        parse_master_key(damaged)
    assert secret not in str(refusal.value)


def test_generated_keys_differ() -> None:
    assert len({MasterKey.generate().text() for _ in range(100)}) == 100


def test_purposes_have_keys_of_their_own() -> None:
    master_key = MasterKey(bytes(32))
    derived = {master_key.derive(purpose) for purpose in ("", "at rest", "session token", "at rest ")}
    assert len(derived) == 4
    assert {len(key) for key in derived} == {32}
    assert not any(master_key.key_id in key for key in derived)


def test_master_keys_are_not_compared() -> None:
    with pytest.raises(TypeError):
        _ = MasterKey(bytes(32)) == MasterKey(bytes(32))
