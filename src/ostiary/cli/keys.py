"""`ostiary keys`."""

from pathlib import Path

import click

from ostiary.cli.keys_output import as_csv, as_json, as_text
from ostiary.cli.keys_rotate import rotate
from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.directory import accounts
from ostiary.governance import report_keys
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.opened import opened
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId


@click.group()
def keys() -> None:
    """See how old access keys are and what they are used for, and replace one's own."""


@keys.command(context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Whose keys; needed only where there are several accounts.")
@click.option("--services", is_flag=True, help="Say of each key what the trail knows of its use, by service.")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True
)
def report(
    *, data: Path, database: str | None, account_id: AccountId | None, services: bool, output_format: str
) -> None:
    """List an account's access keys, those first that need something first; a server may run meanwhile.

    A key is due to be rotated when it is 90 days old, and to be warned of and deactivated at the ages that the
    account's settings say.
    """
    now = system_clock()
    with opened(DataDirectory(data, database), writes=False) as directory:
        account = choose_account(accounts.list_accounts(directory), account_id)
        reported = report_keys(directory, account, now=now, with_services=services)
    if output_format == "json":
        click.echo(as_json(reported, with_services=services))
    elif output_format == "csv":
        click.echo(as_csv(reported, with_services=services))
    else:
        for line in as_text(reported, now):
            click.echo(line)


keys.add_command(rotate)
