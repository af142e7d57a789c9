"""An installation's state for a command of the operator's, which may run beside a server."""

from collections.abc import Iterator
from contextlib import contextmanager

from ostiary.directory.directory import Directory
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.vault import Vault, open_vault
from ostiary.store import Store


@contextmanager
def opened_store(home: DataDirectory) -> Iterator[tuple[Store, Vault]]:
    """Open the database of an installation, and what its secrets are sealed with, for as many transactions as it takes.

    Raises:
        SetupError: it holds no account, or its master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    if not home.has_database:
        raise SetupError(f"the data directory {home.path} holds no account; `ostiary init` sets one up")
    store = home.open_store()
    try:
        store.require_schema()
        yield store, open_vault(home.master_key())
    finally:
        store.close()


@contextmanager
def opened(home: DataDirectory, *, writes: bool) -> Iterator[Directory]:
    """Open one transaction on an installation.

    Raises:
        SetupError: it holds no account, or its master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    with opened_store(home) as (store, vault), store.write() if writes else store.read() as connection:
        yield Directory(connection, vault.sealer, vault.tokens)
