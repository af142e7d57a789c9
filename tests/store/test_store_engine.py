"""What the two kinds of transaction promise."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from ostiary.store import Store, StoreUnavailable, open_store, schema

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class OutOfSortsError(Exception):
    pass


def fail_after(deed: Callable[[Connection], None], connection: Connection) -> None:
    deed(connection)
    raise OutOfSortsError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db")
    opened.create_schema()
    yield opened
    opened.close()


def add_account(connection: Connection, account: str = "111122223333") -> None:
    connection.execute(
        insert(schema.accounts).values(
            account_id=account,
            root_email=f"root@{account}.example",
            root_password_hash="-",
            created_at=NOW,
            revision=1,
            access_revision=1,
        )
    )


def count_accounts(store: Store) -> int:
    with store.read() as connection:
        return len(connection.execute(select(schema.accounts)).all())


def test_a_block_that_ends_commits(store: Store) -> None:
    with store.write() as connection:
        add_account(connection)
    assert count_accounts(store) == 1


def test_a_block_that_raises_rolls_back(store: Store) -> None:
    with pytest.raises(OutOfSortsError), store.write() as connection:
        fail_after(add_account, connection)
    assert count_accounts(store) == 0


def test_a_writer_can_follow_one_that_failed(store: Store) -> None:
    with pytest.raises(OutOfSortsError), store.write():
        raise OutOfSortsError
    with store.write() as connection:
        add_account(connection)
    assert count_accounts(store) == 1


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.read() as reading:
        before = reading.execute(select(schema.accounts)).all()
        with store.write() as writing:
            add_account(writing)
        assert reading.execute(select(schema.accounts)).all() == before
    assert count_accounts(store) == 1


def test_writers_take_turns(store: Store) -> None:
    def bump() -> None:
        for _ in range(5):
            with store.write() as connection:
                revision = connection.scalar(select(schema.accounts.c.revision))
                connection.execute(schema.accounts.update().values(revision=revision + 1))

    with store.write() as connection:
        add_account(connection)
    threads = [threading.Thread(target=bump) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert connection.scalar(select(schema.accounts.c.revision)) == 21


def test_foreign_keys_are_held(store: Store) -> None:
    with pytest.raises((IntegrityError, StoreUnavailable)), store.write() as connection:
        connection.execute(
            insert(schema.groups).values(
                account_id="999999999999", group_id="AGPA", name="g", name_key="g", path="/", created_at=NOW
            )
        )


def test_moments_come_back_in_utc_to_the_second(store: Store) -> None:
    with store.write() as connection:
        add_account(connection)
    with store.read() as connection:
        assert connection.scalar(select(schema.accounts.c.created_at)) == NOW


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="aware UTC"), store.write() as connection:
        connection.execute(schema.accounts.update().values(created_at=NOW.replace(tzinfo=None)))


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)], ids=str
)
def test_sqlite_is_set_up_to_keep_what_it_was_told(store: Store, pragma: str, value: object) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize(
    "url", ["no url", "mysql://localhost/x", "sqlite:////nowhere/to/be/found/x.db"], ids=["text", "other", "missing"]
)
def test_what_cannot_be_opened_says_so(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(url)
