"""What several commands share of their options."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ostiary.values.identifiers import AccountId, parse_account_id

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 4747

ENVIRONMENT = {"auto_envvar_prefix": "OSTIARY"}
"""Gives every option its environment variable: `--root-email` is `OSTIARY_ROOT_EMAIL`, whichever command has it."""


def data_option(function: F) -> F:
    """Add `--data`."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("data"),
        show_default=True,
        help="Directory of the database and the master key.",
    )(function)


def account_id_option(help_text: str) -> Callable[[F], F]:
    """Return what adds `--account-id`, an account's twelve digits or None."""
    return click.option("--account-id", callback=_account_id, help=help_text)


def _account_id(_context: click.Context, _parameter: click.Parameter, text: str | None) -> AccountId | None:
    try:
        return parse_account_id(text) if text is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
