"""`ostiary version`."""

import click

from ostiary.values.version import VERSION


@click.command()
def version() -> None:
    """Print the version."""
    click.echo(VERSION)
