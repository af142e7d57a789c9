"""Reading a table of a TOML file: each key once, of the kind that it must be, and none that nobody knows."""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from ostiary.server.errors import SetupError

_DURATION = re.compile(r"([0-9]{1,6})(s|m|h)", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_OTHERS = stat.S_IROTH | stat.S_IWOTH


class Table:
    """Gives out a table's values, and knows in the end what was left over.

    Each method takes a key, and raises `SetupError` when what stands there is not what it should be.
    """

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        """Take a table.

        Args:
            values: what TOML made of it.
            where: the file, and which table of it, for errors.
        """
        self._left = dict(values)
        self.where = where
        self.holds_secret = False
        """A secret stood in it."""

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text, or the default when there is one."""
        value = self._left.pop(key, default)
        if not isinstance(value, str) or not value:
            raise self.wrong(f"`{key}` must be a text that is not empty")
        return value

    def has(self, key: str) -> bool:
        """Tell whether there is such a key."""
        return key in self._left

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, or one alone."""
        value = self._left.pop(key, None)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not values or not all(isinstance(each, str) for each in values):
            raise self.wrong(f"`{key}` must be a list of texts that is not empty")
        return tuple(values)

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """Return one of a few texts."""
        value = self._left.pop(key, default)
        if value not in choices:
            raise self.wrong(f"`{key}` must be one of {', '.join(choices)}")
        return str(value)

    def number(self, key: str, low: int, high: int, default: int) -> int:
        """Return a whole number within bounds."""
        value = self._left.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(f"`{key}` must be a whole number from {low} to {high}")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false when there is no such key."""
        value = self._left.pop(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"`{key}` must be true or false")
        return value

    def duration(self, key: str, low: timedelta, high: timedelta, default: timedelta) -> timedelta:
        """Return a time such as `10s`, `5m` or `24h`, within bounds."""
        value = self._left.pop(key, None)
        if value is None:
            return default
        match = _DURATION.fullmatch(value) if isinstance(value, str) else None
        duration = timedelta(seconds=int(match[1]) * _SECONDS[match[2]]) if match else None
        if duration is None or not low <= duration <= high:
            bounds = f"{low.total_seconds():.0f}s to {high.total_seconds():.0f}s"
            raise self.wrong(f'`{key}` must be a time such as "10s", "5m" or "24h", from {bounds}')
        return duration

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """Return a list of tables."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(f"`{key}` must be written as [[{key}]]")
        return value

    def secret(self, key: str) -> str:
        """Return a secret: as it stands here, from the file `key`_file, or the environment variable `key`_env."""
        given = [name for name in (key, f"{key}_file", f"{key}_env") if self.has(name)]
        if len(given) != 1:
            raise self.wrong(f"give one of `{key}`, `{key}_file` and `{key}_env`")
        value = self.text(given[0])
        if given[0] == key:
            self.holds_secret = True
            return value
        # What was meant to be named may be the secret itself, in the wrong place: errors say the key, not the value.
        return (self._secret_in_file if given[0].endswith("_file") else self._secret_in_variable)(given[0], value)

    def end(self) -> None:
        """Take note that nothing else is known.

        Raises:
            SetupError: there is something left.
        """
        if self._left:
            raise self.wrong(f"`{next(iter(self._left))}` is not known here")

    def wrong(self, what: str) -> SetupError:
        """Return the error that says what is wrong with the table."""
        return SetupError(f"{self.where}: {what}")

    def _secret_in_file(self, key: str, value: str) -> str:
        file = Path(value)
        try:
            if _is_open_to_others(file):
                raise self.wrong(f"others can read or change the file that `{key}` names; chmod o-rw it")
            secret = file.read_text(encoding="utf-8").strip()
        except OSError as error:
            # Its own words have the file's name.
            raise self.wrong(f"cannot read the file that `{key}` names: {error.strerror}") from None
        except ValueError:
            raise self.wrong(f"the file that `{key}` names is not text, or that is no name of one") from None
        if not secret:
            raise self.wrong(f"the file that `{key}` names is empty")
        return secret

    def _secret_in_variable(self, key: str, name: str) -> str:
        secret = os.environ.get(name)
        if not secret:
            raise self.wrong(f"the environment variable that `{key}` names is not set")
        return secret


def require_private(file: Path) -> None:
    """Check that only a file's owner and group can read and change it.

    Raises:
        SetupError: others can.
        OSError: there is no such file.
    """
    if _is_open_to_others(file):
        raise SetupError(f"{file} holds a secret and others can read or change it; chmod o-rw {file}")


def _is_open_to_others(file: Path) -> bool:
    return bool(file.stat().st_mode & _OTHERS)
