"""A database of a test's own, and a clock that stands still until it is moved."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ostiary.credentials import MasterKey
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store
from tests.server.alerting.telling import Clock


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without accounts, to be copied: making one takes a while."""
    file = tmp_path_factory.mktemp("empty") / "store.db"
    store = open_store(f"sqlite:///{file}")
    store.create_schema()
    store.close()
    return file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, empty_database: Path, clock: Clock) -> Iterator[State]:
    file = shutil.copy(empty_database, tmp_path / "store.db")
    store = open_store(f"sqlite:///{file}")
    yield State(store, open_vault(MasterKey.generate()), clock)
    store.close()
