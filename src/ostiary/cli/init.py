"""`ostiary init`."""

import sys
from pathlib import Path

import click

from ostiary.cli import welcome
from ostiary.cli.options import DEFAULT_HOST, DEFAULT_PORT, ENVIRONMENT, account_id_option, data_option
from ostiary.server.data_directory import DataDirectory
from ostiary.server.setup import DEFAULT_ADMIN_USER, DEFAULT_ROOT_EMAIL, SetupRequest, set_up_account
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from ostiary.values.settings import DEFAULT_SETTINGS


@click.command(context_settings=ENVIRONMENT)
@data_option
@account_id_option("Twelve digits; random when not given.")
@click.option("--account-alias", help="A name for the account, used to sign in.")
@click.option("--root-email", default=DEFAULT_ROOT_EMAIL, show_default=True, help="The root user's e-mail address.")
@click.option("--root-password-stdin", is_flag=True, help="Read the root user's password from standard input.")
@click.option("--admin-user", default=DEFAULT_ADMIN_USER, show_default=True, help="Name of the first administrator.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def init(
    *,
    data: Path,
    account_id: AccountId | None,
    account_alias: str | None,
    root_email: str,
    admin_user: str,
    output_format: str,
    root_password_stdin: bool,
) -> None:
    """Set up an account: its root user and a first administrator.

    The credentials are printed once. A directory that already holds an account is left as it is (exit status 1).
    """
    password = _read_password() if root_password_stdin else None
    home = DataDirectory(data)
    home.create()
    with home.locked():
        request = SetupRequest(account_id, account_alias, root_email, password, admin_user)
        result = set_up_account(home, request, system_clock)
    public_url = DEFAULT_SETTINGS.public_url
    if output_format == "json":
        click.echo(welcome.as_json(result, public_url))
    else:
        click.echo(welcome.as_text(result, f"http://{DEFAULT_HOST}:{DEFAULT_PORT}", public_url))


def _read_password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise click.UsageError("standard input has no password for the root user")
    return password
