"""`ostiary quota`."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.server.account_quotas import AccountQuota, grant_quota, list_quotas
from ostiary.server.data_directory import DataDirectory
from ostiary.values.identifiers import AccountId


@click.group(invoke_without_command=True, context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Whose quotas; needed only where there are several accounts.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def quota(
    context: click.Context, data: Path, database: str | None, account_id: AccountId | None, output_format: str
) -> None:
    """List an account's quotas, or grant it others; a server may run meanwhile."""
    home = DataDirectory(data, database)
    context.obj = (home, account_id)
    if context.invoked_subcommand is not None:
        return
    listed = list_quotas(home, account_id)
    if output_format == "json":
        click.echo(json.dumps([asdict(each) for each in listed], indent=2))
        return
    click.echo(_line("quota", "value", "AWS", "used", "adjustable"))
    for each in listed:
        click.echo(_as_line(each))


@quota.command("set")
@click.argument("name")
@click.argument("value", type=int)
@click.pass_obj
def set_(of: tuple[DataDirectory, AccountId | None], name: str, value: int) -> None:
    """Grant VALUE of the quota NAME: ostiary quota set Users 10000."""
    home, account_id = of
    grant_quota(home, account_id, name, value)


def _as_line(each: AccountQuota) -> str:
    used = "" if each.used is None else str(each.used)
    return _line(each.name, str(each.value), str(each.aws_default), used, "yes" if each.adjustable else "no")


def _line(name: str, value: str, aws: str, used: str, adjustable: str) -> str:
    return f"{name:<36}{value:>8}{aws:>8}{used:>8}  {adjustable}"
