"""What is kept of a sign-in between commands: `~/.ostiary/login/PROFILE.json`, readable by its owner alone."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ostiary.cli.sign_in.errors import SignInError
from ostiary.cli.sign_in.tokens import Tokens, parse_server

HOME_VARIABLE = "OSTIARY_HOME"

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class KeptSignIn:
    """A sign-in of a profile."""

    server: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class SignInFile:
    """Where the sign-in of one profile is kept."""

    profile: str

    def find(self) -> KeptSignIn | None:
        """Return the sign-in, or None when there is none.

        Raises:
            SignInError: the file cannot be read.
        """
        try:
            return _read(self._path.read_text())
        except FileNotFoundError:
            return None
        except (LookupError, TypeError, ValueError) as error:
            raise SignInError(f"{self._path} is not what `ostiary login` writes: remove it") from error
        except OSError as error:
            raise SignInError(f"cannot read {self._path}: {error.strerror}") from error

    def keep(self, sign_in: KeptSignIn) -> None:
        """Keep a sign-in in place of the one before; whoever reads meanwhile sees one of the two.

        Raises:
            SignInError: the file cannot be written.
        """
        tokens = sign_in.tokens
        text = json.dumps(
            {
                "server": sign_in.server,
                "accessKeyId": tokens.access_key_id,
                "secretAccessKey": tokens.secret_access_key,
                "sessionToken": tokens.session_token,
                "refreshToken": tokens.refresh_token,
                "expiration": tokens.expires_at.isoformat(),
            },
            indent=2,
        )
        try:
            self._make_directory()
            write_atomically(self._path, text.encode(), mode=_PRIVATE_FILE)
        except OSError as error:
            raise SignInError(f"cannot write {self._path}: {error.strerror}") from error

    def forget(self) -> None:
        """Remove what is kept.

        Raises:
            SignInError: the file cannot be removed.
        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise SignInError(f"cannot remove {self._path}: {error.strerror}") from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Have the sign-in for this process alone: a refresh token is good once, and two may want to spend it.

        Raises:
            SignInError: the lock cannot be made.
        """
        try:
            self._make_directory()
            descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
        except OSError as error:
            raise SignInError(f"cannot write to {self._path.parent}: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    @property
    def _path(self) -> Path:
        home = os.environ.get(HOME_VARIABLE)
        return (Path(home) if home else Path.home() / ".ostiary") / "login" / f"{self.profile}.json"

    def _make_directory(self) -> None:
        directory = self._path.parent
        directory.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        # It may have been made by somebody with other habits.
        directory.chmod(_PRIVATE_DIRECTORY)


def _read(text: str) -> KeptSignIn:
    written = json.loads(text)
    names = ("accessKeyId", "secretAccessKey", "sessionToken", "refreshToken")
    if not all(isinstance(written[name], str) for name in names):
        raise TypeError("credentials are texts")
    expires_at = datetime.fromisoformat(written["expiration"])
    if expires_at.tzinfo is None:
        raise ValueError("a time without its zone is no moment")
    key_id, secret, session_token, refresh_token = (written[name] for name in names)
    tokens = Tokens(key_id, secret, session_token, refresh_token, expires_at)
    return KeptSignIn(parse_server(written["server"]), tokens)


def write_atomically(path: Path, content: bytes, *, mode: int) -> None:
    """Put a file in place of another: all of it or none, whatever happens meanwhile.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
