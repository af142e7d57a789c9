"""What is remembered of an account is never older than what the asking transaction sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory import accounts, keys, tags, users
from ostiary.directory.directory import Directory
from ostiary.directory.snapshot import Snapshots
from ostiary.directory.tags import Tagged
from ostiary.store import Store, open_store
from ostiary.values.identifiers import AccountId
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

SEALER = Sealer(MasterKey.generate())
TOKENS = SessionTokenCodec(SEALER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/x.db")
    store.create_schema()
    with changing(store) as directory:
        for account in (ACCOUNT, OTHER_ACCOUNT):
            accounts.create_account(directory, account, root_email=account, root_password_hash="-", now=NOW)
    yield store
    store.close()


@contextmanager
def changing(store: Store) -> Iterator[Directory]:
    with store.write() as connection:
        directory = Directory(connection, SEALER, TOKENS)
        yield directory
        accounts.raise_revision(directory, ACCOUNT)


@contextmanager
def reading(store: Store, snapshots: Snapshots, account: AccountId = ACCOUNT) -> Iterator[Directory]:
    with store.read() as connection:
        yield Directory(connection, SEALER, TOKENS, snapshot=snapshots.current(connection, account))


def test_a_question_is_asked_once_until_something_changes(store: Store) -> None:
    snapshots = Snapshots()
    with changing(store) as directory:
        user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    with reading(store, snapshots) as directory:
        first = users.find_user(directory, ACCOUNT, "alice")
        assert first == user
        assert directory.snapshot
        kept = directory.snapshot
    with reading(store, snapshots) as directory:
        assert directory.snapshot is kept
        assert directory.once(ACCOUNT, ("users", "alice"), lambda: pytest.fail("asked again"))
    with changing(store) as directory:
        tags.set_tags(directory, ACCOUNT, user.user_id, {"team": "red"}, Tagged.USER)
    with reading(store, snapshots) as directory:
        assert directory.snapshot is not kept
        assert tags.get_tags(directory, ACCOUNT, user.user_id) == {"team": "red"}


def test_a_deactivated_key_is_known_at_once(store: Store) -> None:
    snapshots = Snapshots()
    with changing(store) as directory:
        user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
        key, _ = keys.create_access_key(directory, ACCOUNT, user, now=NOW)
    for active in (True, False):
        with changing(store) as directory:
            keys.set_key_status(directory, ACCOUNT, user, key.access_key_id, active=active)
        with reading(store, snapshots) as directory:
            signer = keys.find_signer(directory, key.access_key_id)
            assert signer
            assert signer.key.active is active


def test_a_transaction_from_before_a_change_spoils_nothing(store: Store) -> None:
    snapshots = Snapshots()
    with reading(store, snapshots) as old:
        # The snapshot's own query has fixed what `old` sees; the change comes after it.
        with changing(store) as directory:
            users.create_user(directory, ACCOUNT, "alice", now=NOW)
        with reading(store, snapshots) as new:
            assert users.find_user(new, ACCOUNT, "alice")
        assert users.find_user(old, ACCOUNT, "alice") is None
        with store.read() as connection:
            assert snapshots.current(connection, ACCOUNT) == new.snapshot
    with reading(store, snapshots) as directory:
        assert users.find_user(directory, ACCOUNT, "alice")


def test_an_older_view_does_not_take_the_place_of_a_newer_one(store: Store) -> None:
    snapshots = Snapshots()
    with store.read() as connection:
        stale = snapshots.current(connection, ACCOUNT)
        with changing(store):
            pass
        with store.read() as later:
            newest = snapshots.current(later, ACCOUNT)
        assert snapshots.current(connection, ACCOUNT) is not newest
        with store.read() as later:
            assert snapshots.current(later, ACCOUNT) is newest
    assert stale
    assert newest
    assert stale.revision < newest.revision


def test_what_is_not_there_is_not_remembered(store: Store) -> None:
    snapshots = Snapshots()
    with reading(store, snapshots) as directory:
        assert users.find_user(directory, ACCOUNT, "nobody") is None
        assert directory.snapshot
        assert directory.snapshot.answers == {}


def test_another_account_is_asked_about_anew(store: Store) -> None:
    snapshots = Snapshots()
    with reading(store, snapshots, OTHER_ACCOUNT) as directory:
        asked: list[str] = []
        for _ in range(2):
            directory.once(ACCOUNT, "question", lambda: asked.append("x"))
        assert asked == ["x", "x"]


def test_an_unknown_account_has_no_snapshot(store: Store) -> None:
    with store.read() as connection:
        assert Snapshots().current(connection, AccountId("999999999999")) is None


def test_room_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostiary.directory.snapshot._MOST_ANSWERS", 2)
    monkeypatch.setattr("ostiary.directory.snapshot._MOST_ACCOUNTS", 1)
    snapshots = Snapshots()
    with reading(store, snapshots) as directory:
        assert [directory.once(ACCOUNT, question, lambda: "x") for question in range(5)] == ["x"] * 5
        assert directory.snapshot
        kept = directory.snapshot
        assert len(kept.answers) == 2
    with store.read() as connection:
        assert snapshots.current(connection, OTHER_ACCOUNT)
        assert snapshots.current(connection, ACCOUNT) is not kept
