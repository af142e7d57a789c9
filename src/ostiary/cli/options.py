"""What several commands share of their options."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 4747

ENVIRONMENT = {"auto_envvar_prefix": "OSTIARY"}
"""Gives every option its environment variable: `--root-email` is `OSTIARY_ROOT_EMAIL`, whichever command has it."""


def data_option(function: F) -> F:
    """Add `--data`."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("data"),
        show_default=True,
        help="Directory of the database and the master key.",
    )(function)
