"""Access keys: whose they are, what opens their secrets, when they were used."""

from datetime import timedelta

import pytest

from ostiary.credentials import MasterKey, SealBroken, Sealer
from ostiary.directory import keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.keys import KeyUse
from ostiary.directory.pages import PageRequest
from ostiary.store import schema
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

ABSENT = "AKIAIOSFODNN7EXAMPLE"


@pytest.fixture
def user(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "alice", path="/p/", now=NOW)


def test_a_signature_is_verified_with_the_secret_that_was_shown(directory: Directory, user: users.User) -> None:
    key, secret = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    signer = keys.find_signer(directory, key.access_key_id)
    assert signer is not None
    assert signer.secret.reveal() == secret.reveal()
    assert (signer.key, signer.user) == (key, user)


def test_a_root_key_has_no_user(directory: Directory) -> None:
    key, _ = keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    signer = keys.find_signer(directory, key.access_key_id)
    assert signer is not None
    assert (signer.key.account, signer.user) == (ACCOUNT, None)


def test_the_secret_is_not_in_the_database(directory: Directory, user: users.User) -> None:
    _, secret = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    rows = directory.connection.execute(schema.access_keys.select()).all()
    assert secret.reveal() not in str(rows)


def test_another_master_key_opens_nothing(directory: Directory, user: users.User) -> None:
    key, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    stranger = Directory(directory.connection, Sealer(MasterKey.generate()), directory.tokens)
    with pytest.raises(SealBroken):
        keys.find_signer(stranger, key.access_key_id)


@pytest.mark.parametrize("key_id", [ABSENT, "", "AKIA", "x" * 500])
def test_a_key_that_does_not_exist(directory: Directory, user: users.User, key_id: str) -> None:
    assert keys.find_access_key(directory, key_id) is None
    assert keys.find_signer(directory, key_id) is None
    with pytest.raises(NoSuchEntity) as caught:
        keys.set_key_status(directory, ACCOUNT, user, key_id, active=True)
    assert (caught.value.noun, caught.value.name) == (Noun.ACCESS_KEY, key_id)
    with pytest.raises(NoSuchEntity):
        keys.delete_access_key(directory, ACCOUNT, user, key_id)


def test_only_the_owner_can_be_named_with_a_key(directory: Directory, user: users.User) -> None:
    bob = users.create_user(directory, ACCOUNT, "bob", now=NOW)
    key, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    for account, other in ((ACCOUNT, bob), (ACCOUNT, None), (OTHER_ACCOUNT, user)):
        with pytest.raises(NoSuchEntity):
            keys.delete_access_key(directory, account, other, key.access_key_id)
        with pytest.raises(NoSuchEntity):
            keys.set_key_status(directory, account, other, key.access_key_id, active=False)
    assert keys.list_access_keys(directory, ACCOUNT, bob, PageRequest()).items == ()
    assert keys.list_access_keys(directory, ACCOUNT, user, PageRequest()).items == (key,)


def test_a_key_can_be_put_out_of_use_and_deleted(directory: Directory, user: users.User) -> None:
    key, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    for active in (False, True):
        keys.set_key_status(directory, ACCOUNT, user, key.access_key_id, active=active)
        found = keys.find_access_key(directory, key.access_key_id)
        assert found is not None
        assert found.active is active
    keys.delete_access_key(directory, ACCOUNT, user, key.access_key_id)
    assert keys.find_access_key(directory, key.access_key_id) is None


def test_uses_are_kept_and_those_of_gone_keys_passed_over(directory: Directory, user: users.User) -> None:
    key, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    gone, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    keys.delete_access_key(directory, ACCOUNT, user, gone.access_key_id)
    later = NOW + timedelta(days=1)
    keys.record_uses(
        directory,
        [KeyUse(each.access_key_id, ACCOUNT, later, "iam", "us-east-1") for each in (gone, key)],
    )
    keys.record_uses(directory, [])
    found = keys.find_access_key(directory, key.access_key_id)
    assert found is not None
    assert (found.last_used_at, found.last_used_service, found.last_used_region) == (later, "iam", "us-east-1")
