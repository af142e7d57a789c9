"""`ostiary init`."""

from pathlib import Path
from typing import Any

import click

from ostiary.cli import welcome
from ostiary.cli.options import DEFAULT_HOST, DEFAULT_PORT, ENVIRONMENT, data_option, setup_options, setup_request
from ostiary.server.data_directory import DataDirectory
from ostiary.server.setup import set_up_account
from ostiary.values.clock import system_clock


@click.command(context_settings=ENVIRONMENT)
@data_option
@setup_options
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def init(data: Path, output_format: str, **wanted: Any) -> None:
    """Set up an account: its root user and a first administrator.

    The credentials are printed once. A directory that already holds an account is left as it is (exit status 1).
    """
    home = DataDirectory(data)
    home.create()
    with home.locked():
        result = set_up_account(home, setup_request(**wanted), system_clock)
    base_url = f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"
    click.echo(welcome.as_json(result, base_url) if output_format == "json" else welcome.as_text(result, base_url))
