"""`ostiary import`."""

from pathlib import Path

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.server.account_import import ImportResult, import_account
from ostiary.server.data_directory import DataDirectory
from ostiary.values.identifiers import AccountId


@click.command("import", context_settings=ENVIRONMENT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@account_id_option("Which account it goes into; needed only where there are several.")
def import_(file: Path, data: Path, account_id: AccountId | None) -> None:
    """Bring in a whole account: its users, groups, roles and policies, with their IDs and dates.

    FILE is what `aws iam get-account-authorization-details` prints. All of it is taken or nothing; what is there
    already and the same stays. Passwords and keys are in no export. No server may run meanwhile.
    """
    result = import_account(DataDirectory(data), account_id, file)
    for line in _lines(result):
        click.echo(line)


def _lines(result: ImportResult) -> list[str]:
    added = ", ".join(f"{count} {kind}" for kind, count in result.imported.added.items() if count)
    lines = [f"Imported into account {result.account}: {added or 'nothing new'}."]
    if result.imported.taken_on:
        groups = ", ".join(result.imported.taken_on)
        lines.append(f"There before, now with the file's ID and date and the policies of both: {groups}.")
    if result.unknown_policies:
        policies = ", ".join(result.unknown_policies)
        lines.append(
            f"AWS policies that this version of Ostiary does not know, kept as they are in the file: {policies}."
        )
    if result.documents_of_exported:
        lines.append(
            f"{result.documents_of_exported} documents name account {result.exported}, and still do. To keep its ID, "
            f"import into an account that was set up by ostiary init --account-id {result.exported}."
        )
    return lines
