"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ostiary.server.setup import DEFAULT_ADMIN_USER, DEFAULT_ROOT_EMAIL, SetupRequest
from ostiary.values.identifiers import AccountId, parse_account_id

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 4747

ENVIRONMENT = {"auto_envvar_prefix": "OSTIARY"}
"""Gives every option its environment variable: `--root-email` is `OSTIARY_ROOT_EMAIL`, whichever command has it."""


class AccountIdType(click.ParamType):
    """Twelve digits."""

    name = "12 digits"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AccountId:
        """Return the account ID, or fail with what is wrong with it."""
        try:
            return parse_account_id(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def data_option(function: F) -> F:
    """Add `--data`."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("data"),
        show_default=True,
        help="Directory of the database and the master key.",
    )(function)


def setup_options(function: F) -> F:
    """Add the options that say what account is set up."""
    for option in (
        click.option(
            "--admin-user", default=DEFAULT_ADMIN_USER, show_default=True, help="Name of the first administrator."
        ),
        click.option("--root-password-stdin", is_flag=True, help="Read the root user's password from standard input."),
        click.option(
            "--root-email", default=DEFAULT_ROOT_EMAIL, show_default=True, help="The root user's e-mail address."
        ),
        click.option("--account-alias", help="A name for the account, used to sign in."),
        click.option("--account-id", type=AccountIdType(), help="Twelve digits; random when not given."),
    ):
        function = option(function)
    return function


def setup_request(
    *,
    account_id: AccountId | None,
    account_alias: str | None,
    root_email: str,
    root_password_stdin: bool,
    admin_user: str,
) -> SetupRequest:
    """Return what the options ask for, with the root user's password read from standard input if they say so."""
    password = click.get_text_stream("stdin").readline().rstrip("\n") if root_password_stdin else None
    if password == "":
        raise click.UsageError("standard input has no password for the root user")
    return SetupRequest(account_id, account_alias, root_email, password, admin_user)
