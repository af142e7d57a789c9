"""What the commands of `ostiary trail` share."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ostiary.audit import AuditError
from ostiary.cli.options import account_id_option, data_option
from ostiary.credentials import SealBroken
from ostiary.questions.printable import printable
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.state import State
from ostiary.server.trail_state import opened_state
from ostiary.store import StoreError
from ostiary.values.clock import system_clock

F = TypeVar("F", bound=Callable[..., Any])

_FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ")


def trail_options(function: F) -> F:
    """Add `--data`, `--database` and `--account-id`."""
    for option in (
        account_id_option("Whose trail; 000000000000 is that of calls that name no account."),
        click.option("--database", help="Database URL in place of the file in the data directory."),
        data_option,
    ):
        function = option(function)
    return function


def moment_option(name: str, help_text: str, *, required: bool = False) -> Callable[[F], F]:
    """Return what adds an option that is a moment in UTC."""
    return click.option(name, callback=_moment, metavar="TIME", help=help_text, required=required)


@contextmanager
def opened(data: Path, database: str | None) -> Iterator[State]:
    """Open an installation. What keeps a command from its work is said in one line, with exit status 2."""
    try:
        with opened_state(DataDirectory(data, database), system_clock) as state:
            yield state
    except (SetupError, StoreError, AuditError, SealBroken) as error:
        click.echo(printable(f"ostiary: {error or 'a key is not as it was sealed'}"), err=True)
        sys.exit(2)


def _moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise click.BadParameter("it must be a time in UTC, such as 2026-11-24 or 2026-11-24T13:30:00Z")
