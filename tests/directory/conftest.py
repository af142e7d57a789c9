"""A directory on a database of its own, with two accounts in it."""

from collections.abc import Iterator

import pytest

from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.store import Store, open_store
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'directory.db'}")
    opened.create_schema()
    yield opened
    opened.close()


@pytest.fixture
def directory(store: Store) -> Iterator[Directory]:
    """The accounts, empty, in a transaction that is undone when the test ends."""
    sealer = Sealer(MasterKey.generate())
    with store.write() as connection:
        made = Directory(connection, sealer, SessionTokenCodec(sealer))
        for account in (ACCOUNT, OTHER_ACCOUNT):
            accounts.create_account(
                made, account, root_email=f"root@{account}.example", root_password_hash="-", now=NOW
            )
        yield made
        connection.get_transaction().rollback()
