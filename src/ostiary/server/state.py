"""The state of all accounts, as what is done beside the API's calls works with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from ostiary.audit import Place
from ostiary.directory.directory import Directory
from ostiary.server.trail_heads import TrailHeads
from ostiary.server.vault import Vault
from ostiary.store import Store
from ostiary.values.clock import Clock
from ostiary.values.identifiers import AccountId
from ostiary.values.settings import DEFAULT_SETTINGS, Settings


@dataclass(frozen=True, slots=True)
class State:
    """An open database with what is needed to read and change it. Thread-safe."""

    store: Store
    vault: Vault
    clock: Clock
    settings: Settings = DEFAULT_SETTINGS
    heads: TrailHeads | None = None
    """Where the trails end, as it is kept outside of the database; None where there is no data directory."""
    verified: dict[AccountId, tuple[Place, datetime]] = field(default_factory=dict, compare=False)
    """How far this process verified each trail, and when it last began at its beginning."""

    @contextmanager
    def reading(self) -> Iterator[Directory]:
        """Open a reading transaction."""
        with self.store.read() as connection:
            yield self.directory_on(connection)

    @contextmanager
    def writing(self) -> Iterator[Directory]:
        """Open a writing transaction."""
        with self.store.write() as connection:
            yield self.directory_on(connection)

    def directory_on(self, connection: Connection) -> Directory:
        """Return the state as a transaction sees it."""
        return Directory(connection, self.vault.sealer, self.vault.tokens, self.settings)
