"""Opening the database, and the two kinds of transaction on it."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from ostiary.store.errors import SchemaMismatch, StoreUnavailable
from ostiary.store.migrations import HEAD, OLDER

_BUSY_TIMEOUT_MS = 10_000


class Store:
    """An open database.

    A transaction commits when its block ends and rolls back when the block raises; once a block has ended without an
    error, its writes survive a crash of the process or of the machine.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite has one writer at a time and its own waiting is a sleep; a lock hands over at once.
        self._writer: AbstractContextManager[Any] = (
            threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a reading transaction: one consistent snapshot."""
        with self._translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a writing transaction; on SQLite it holds the write lock from its start."""
        with self._translated(), self._writer, self._engine.connect() as connection:
            connection.execution_options(ostiary_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreUnavailable(f"the database does not answer: {error.orig}") from error

    def schema_revision(self) -> str | None:
        """Return the migration the database stands at, or None when it is empty."""
        with self._translated(), self._engine.connect() as connection:
            if not self._engine.dialect.has_table(connection, "alembic_version"):
                return None
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    def require_schema(self) -> None:
        """Check that the database has exactly this version's schema.

        Raises:
            SchemaMismatch: it has not.
        """
        revision = self.schema_revision()
        if revision != HEAD:
            raise SchemaMismatch(f"the database is at schema {revision}, this version of Ostiary needs {HEAD}")

    def upgrade_schema(self) -> None:
        """Bring an older version's database to this version's schema.

        Raises:
            SchemaMismatch: it is neither this version's nor an older one's.
        """
        if self.schema_revision() in OLDER:
            self.create_schema()
        self.require_schema()

    def create_schema(self) -> None:
        """Bring an empty or older database to this version's schema."""
        # Alembic takes as long to import as the rest of the server and is needed on this path alone.
        from ostiary.store.migrations.run import upgrade  # noqa: PLC0415 - see above

        with self.write() as connection:
            upgrade(connection)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at an SQLAlchemy URL such as `sqlite:////var/lib/ostiary/ostiary.db`.

    Raises:
        StoreUnavailable: the URL is not one, its kind of database is not served, or it cannot be opened.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            raise StoreUnavailable(f"`{parsed.get_backend_name()}` databases are not served yet; use sqlite:///FILE")
        engine = create_engine(parsed, poolclass=QueuePool, pool_size=16, max_overflow=48, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreUnavailable(f"not a database URL: {error}") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    store = Store(engine)
    with store._translated(), engine.connect():  # noqa: SLF001 - fails here, not at the first call
        return store


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is off: `_begin_sqlite` says which kind each one is.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        # FULL makes each commit survive a power failure too; NORMAL would lose the last ones.
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # Straight to the driver: SQLAlchemy's way to it costs as much as a query, and every call comes here.
    writes = connection.get_execution_options().get("ostiary_writes", False)
    # A deferred transaction that turns to writing may find its snapshot stale; an immediate one cannot.
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
