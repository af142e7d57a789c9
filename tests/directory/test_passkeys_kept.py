"""Passkeys: whose they are, what they are called, and that each of their counts is good once."""

import re

import pytest

from ostiary.credentials import WrongPasskey
from ostiary.directory import mfa_devices, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, LimitExceeded, Noun
from ostiary.directory.passkeys import (
    create_passkey,
    find_passkey,
    is_passkey_name,
    list_passkeys,
    note_passkey_use,
)
from tests.directory.enrolling import a_passkey, enrol, enrol_passkey
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT


@pytest.fixture
def alice(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "alice", path="/staff/", now=NOW)


def test_a_passkey_is_an_mfa_device_of_its_owner(directory: Directory, alice: users.User) -> None:
    passkey = a_passkey()
    made = create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
    assert re.fullmatch(rf"arn:aws:iam::{ACCOUNT}:u2f/user/alice/yubi-[A-Z2-7]{{26}}", made.serial_number)
    assert mfa_devices.get_owned_mfa_device(directory, ACCOUNT, alice, made.serial_number) == made
    assert not made.is_virtual
    assert list_passkeys(directory, ACCOUNT, alice.user_id) == ((made, passkey),)
    assert find_passkey(directory, ACCOUNT, passkey.credential_id) == (made, passkey)


def test_the_root_user_has_passkeys_of_its_own(directory: Directory, alice: users.User) -> None:
    made = enrol_passkey(directory, None, "yubi")
    assert re.fullmatch(rf"arn:aws:iam::{ACCOUNT}:u2f/root-account-mfa-device/yubi-[A-Z2-7]{{26}}", made.serial_number)
    assert [device for device, _ in list_passkeys(directory, ACCOUNT, ACCOUNT)] == [made]
    assert list_passkeys(directory, ACCOUNT, alice.user_id) == ()


def test_a_passkey_is_found_in_its_own_account_only(directory: Directory, alice: users.User) -> None:
    passkey = a_passkey()
    create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
    assert find_passkey(directory, OTHER_ACCOUNT, passkey.credential_id) is None
    assert find_passkey(directory, ACCOUNT, b"other") is None
    create_passkey(directory, OTHER_ACCOUNT, None, "yubi", passkey, now=NOW)


def test_a_virtual_device_is_no_passkey(directory: Directory, alice: users.User) -> None:
    enrol(directory, alice, "phone")
    assert list_passkeys(directory, ACCOUNT, alice.user_id) == ()


def test_a_passkey_is_one_persons(directory: Directory, alice: users.User) -> None:
    passkey = a_passkey()
    create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
    bob = users.create_user(directory, ACCOUNT, "bob", now=NOW)
    with directory.connection.begin_nested() as savepoint:
        with pytest.raises(EntityAlreadyExists) as taken:
            create_passkey(directory, ACCOUNT, bob, "mine", passkey, now=NOW)
        savepoint.rollback()
    assert taken.value.noun is Noun.MFA_DEVICE


def test_names_are_unique_to_their_owner_without_regard_to_case(directory: Directory, alice: users.User) -> None:
    enrol_passkey(directory, alice, "Yubi")
    enrol_passkey(directory, None, "yubi")
    enrol(directory, alice, "other")
    enrol_passkey(directory, alice, "other")
    with pytest.raises(EntityAlreadyExists) as taken:
        enrol_passkey(directory, alice, "yUBI")
    assert (taken.value.noun, taken.value.name) == (Noun.PASSKEY, "yUBI")


@pytest.mark.parametrize("name", ["", "a/b", "a b", "x" * 65, "\u00e9", "a\n", "<b>", "a*"])
def test_names_are_bounded(directory: Directory, alice: users.User, name: str) -> None:
    assert not is_passkey_name(name)
    with pytest.raises(ValueError, match="not the name"):
        enrol_passkey(directory, alice, name)


def test_the_longest_names_make_a_serial_number_that_iam_takes(directory: Directory) -> None:
    user = users.create_user(directory, ACCOUNT, "u" * 64, now=NOW)
    assert len(enrol_passkey(directory, user, "+=,.@-_" + "x" * 57).serial_number) <= 256


def test_devices_of_both_kinds_count_against_one_quota(directory: Directory, alice: users.User) -> None:
    for number in range(4):
        enrol(directory, alice, f"phone{number}")
        enrol_passkey(directory, alice, f"key{number}")
    with pytest.raises(LimitExceeded):
        enrol_passkey(directory, alice, "ninth")
    with pytest.raises(LimitExceeded):
        enrol(directory, alice, "ninth")
    enrol_passkey(directory, None, "first")


def test_each_count_is_kept_and_good_once(directory: Directory, alice: users.User) -> None:
    made = create_passkey(directory, ACCOUNT, alice, "yubi", a_passkey(sign_count=5), now=NOW)
    ((device, passkey),) = list_passkeys(directory, ACCOUNT, alice.user_id)
    note_passkey_use(directory, device, passkey, 6)
    ((_, used),) = list_passkeys(directory, ACCOUNT, alice.user_id)
    assert used.sign_count == 6
    # `passkey` is as another sign-in read it before the first one was kept.
    with pytest.raises(WrongPasskey):
        note_passkey_use(directory, made, passkey, 6)
    note_passkey_use(directory, made, used, 7)


def test_a_passkey_that_does_not_count_is_good_again_and_again(directory: Directory, alice: users.User) -> None:
    passkey = a_passkey()
    made = create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
    for _ in range(2):
        note_passkey_use(directory, made, passkey, 0)


def test_a_passkey_that_was_given_up_is_good_no_more(directory: Directory, alice: users.User) -> None:
    passkey = a_passkey()
    made = create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
    mfa_devices.deactivate_mfa_device(directory, made)
    with pytest.raises(WrongPasskey):
        note_passkey_use(directory, made, passkey, 1)
    assert find_passkey(directory, ACCOUNT, passkey.credential_id) is None
    # It may be registered anew.
    create_passkey(directory, ACCOUNT, alice, "yubi", passkey, now=NOW)
