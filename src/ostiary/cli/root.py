"""`ostiary root`."""

from pathlib import Path

import click

from ostiary.cli.options import DEFAULT_PORT, ENVIRONMENT, account_id_option, data_option
from ostiary.server.data_directory import DataDirectory
from ostiary.server.root_recovery import start_recovery
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId


@click.group()
def root() -> None:
    """Help an account's root user."""


@root.command(context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Whose root user; needed only where there are several accounts.")
@click.option("--deactivate-mfa", is_flag=True, help="Take the root user's MFA devices away too: they are lost.")
@click.option(
    "--public-url",
    default=f"http://localhost:{DEFAULT_PORT}",
    show_default=True,
    metavar="URL",
    help="Where the console is, for the address that is shown.",
)
def reset(
    *, data: Path, database: str | None, account_id: AccountId | None, deactivate_mfa: bool, public_url: str
) -> None:
    """Make a one-time code with which the root user sets a new password; a server may run meanwhile.

    The code is shown once and is good for half an hour. The password stays as it is until the code is used.
    """
    recovery = start_recovery(
        DataDirectory(data, database), account_id, deactivate_mfa=deactivate_mfa, clock=system_clock
    )
    for serial_number in recovery.deactivated:
        click.echo(f"Deactivated {serial_number}")
    click.echo(f"""\
This is shown once. Within 30 minutes, go to

  {public_url.rstrip("/")}/console/sign-in/root-reset

and set a new password for the root user {recovery.root_email} of account {recovery.account} with the code

  {recovery.code}
""")
