"""A data directory: the database, the master key beside it, and the lock that keeps a second server out.

DIR/ostiary.db     the database (with its -wal and -shm companions)
DIR/master.key     what secrets are sealed with; OSTIARY_MASTER_KEY, when set, takes its place
DIR/trail.heads    where the trails end, outside of the database
DIR/serve.lock     held by the server that runs on the directory
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ostiary.credentials import MasterKey, MasterKeyError, parse_master_key
from ostiary.server.errors import SetupError
from ostiary.store import Store, open_store

MASTER_KEY_VARIABLE = "OSTIARY_MASTER_KEY"

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """A directory that holds, or will hold, an installation."""

    path: Path
    database_url: str | None = None
    """Used in place of the database file in the directory."""

    @property
    def has_database(self) -> bool:
        """Tell whether there is a database here (or elsewhere, by URL) rather than nothing yet."""
        return self.database_url is not None or self._database_file.exists()

    def create(self) -> None:
        """Make the directory and its master key where they are missing, readable by their owner alone.

        Raises:
            SetupError: the directory cannot be made or written.
        """
        try:
            self.path.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            if MASTER_KEY_VARIABLE not in os.environ and not self._key_file.exists():
                if self._database_file.exists():
                    raise self._missing_key()
                descriptor = os.open(self._key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
                with os.fdopen(descriptor, "w") as file:
                    file.write(MasterKey.generate().text() + "\n")
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise self._unwritable(error) from error

    def open_store(self) -> Store:
        """Open the database.

        Raises:
            SetupError: the directory is there but cannot be written.
            StoreError: the database cannot be opened.
        """
        if self.database_url is not None:
            return open_store(self.database_url)
        if self._database_file.exists() and not os.access(self._database_file, os.W_OK):
            raise SetupError(f"cannot write to the database {self._database_file}: permission denied")
        return open_store(f"sqlite:///{self._database_file}")

    def master_key(self) -> MasterKey:
        """Return the key that secrets are sealed with.

        Raises:
            SetupError: it is missing or is not a master key.
        """
        text = os.environ.get(MASTER_KEY_VARIABLE)
        origin = MASTER_KEY_VARIABLE if text is not None else str(self._key_file)
        try:
            return parse_master_key(text if text is not None else self._key_file.read_text().strip())
        except FileNotFoundError:
            raise self._missing_key() from None
        except OSError as error:
            raise SetupError(f"cannot read the master key {self._key_file}: {error.strerror}") from error
        except (MasterKeyError, UnicodeDecodeError) as error:
            raise SetupError(f"not a master key: {origin}") from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Have the directory for this process alone, for as long as the block runs.

        Raises:
            SetupError: another server has it, or the directory cannot be written.
        """
        try:
            descriptor = os.open(self.path / "serve.lock", os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            self._take(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(f"another server already runs on the data directory {self.path}") from None

    @property
    def _database_file(self) -> Path:
        return self.path / "ostiary.db"

    @property
    def _key_file(self) -> Path:
        return self.path / "master.key"

    def _unwritable(self, error: OSError) -> SetupError:
        return SetupError(f"cannot write to the data directory {self.path}: {error.strerror}")

    def _missing_key(self) -> SetupError:
        return SetupError(
            f"the master key is missing: put it back at {self._key_file} or set {MASTER_KEY_VARIABLE}; "
            "without it no secret in the database can be read"
        )
