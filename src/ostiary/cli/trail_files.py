"""`ostiary trail export` and `public-key`."""

import base64
import sys
from datetime import datetime
from pathlib import Path

import click

from ostiary.audit import find_signer
from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.trail_options import moment_option, opened, trail_options
from ostiary.questions.printable import printable
from ostiary.server.errors import SetupError
from ostiary.server.trail_export import export_as_cloudtrail, export_as_lines
from ostiary.server.trail_source import Range
from ostiary.server.trail_state import choose_trail
from ostiary.values.identifiers import AccountId

_BUCKET = "ostiary-trail"


@click.command(context_settings=ENVIRONMENT)
@trail_options
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), required=True, help="The directory.")
@moment_option("--since", "Begin with what happened at this time.")
@moment_option("--until", "Leave out what happened from this time on.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["cloudtrail", "jsonl"]),
    default="cloudtrail",
    show_default=True,
    help="CloudTrail's log files with signed digests, or lines of JSON.",
)
@click.option("--bucket", default=_BUCKET, show_default=True, help="The S3 bucket that digests name.")
@click.option("--breaks-too", is_flag=True, help="Go on behind what is not what was recorded.")
def export(
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    to: Path,
    since: datetime | None,
    until: datetime | None,
    output_format: str,
    bucket: str,
    breaks_too: bool,
) -> None:
    """Write the events of a trail to files, those that are not there yet; a server may run meanwhile.

    Exit status: 0, 1 when it ended before what is not what was recorded, 2 when nothing can be written.
    """
    within = Range(since, until, breaks_too)
    with opened(data, database) as state:
        account = choose_trail(state, account_id)
        if output_format == "jsonl":
            exported = export_as_lines(state, account, to, within)
        else:
            exported = export_as_cloudtrail(state, account, to, within, bucket=bucket, now=state.clock())
    for name in exported.files:
        click.echo(name)
    click.echo(f"{exported.events} events exported to {to}.")
    if exported.ended_by is not None:
        click.echo(printable(f"ostiary: exported no further: {exported.ended_by}"), err=True)
        sys.exit(1)


@click.command("public-key", context_settings=ENVIRONMENT)
@trail_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["pem", "cloudtrail"]),
    default="pem",
    show_default=True,
    help="As OpenSSL reads it, or in base64 as CloudTrail's ListPublicKeys has it.",
)
def public_key(*, data: Path, database: str | None, account_id: AccountId | None, output_format: str) -> None:
    """Print the public key that verifies the digests of a trail."""
    with opened(data, database) as state:
        account = choose_trail(state, account_id)
        with state.reading() as directory:
            signer = find_signer(directory.connection, directory.sealer, account)
        if signer is None:
            raise SetupError(f"nothing was exported yet of the trail of account {account}")
    click.echo(signer.public_key_pem.rstrip() if output_format == "pem" else base64.b64encode(signer.public_key))
