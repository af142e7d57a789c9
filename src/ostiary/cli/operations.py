"""`ostiary operations`."""

import json

import click

from ostiary.services import served_operations
from ostiary.wire import operation_names


@click.command()
@click.option("--missing", is_flag=True, help="List the operations that are not served yet instead.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def operations(output_format: str, *, missing: bool) -> None:
    """List the API operations that this version serves."""
    listed: dict[str, list[str]] = {}
    counts: dict[str, str] = {}
    for service, served in served_operations().items():
        known = operation_names(service)
        listed[service] = sorted(set(known) - set(served)) if missing else sorted(served)
        counts[service] = f"{len(served)} of {len(known)}"
    if output_format == "json":
        click.echo(json.dumps(listed, indent=2))
        return
    for service, names in listed.items():
        click.echo(f"{service}: {counts[service]} operations served{', missing:' if missing else ''}")
        for name in names:
            click.echo(f"  {name}")
