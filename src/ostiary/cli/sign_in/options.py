"""What the sign-in commands share of their options."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ostiary.cli.sign_in.tokens import parse_server

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_PROFILE = "ostiary"

# A profile's name becomes a file's name and a word of a command line, so it is held to what is plain in both.
_PROFILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+=,-]{0,63}")


def profile_option(function: F) -> F:
    """Add `--profile`."""
    return click.option(
        "--profile",
        default=DEFAULT_PROFILE,
        show_default=True,
        callback=_profile,
        help="The profile of the AWS configuration that the sign-in is for.",
    )(function)


def _profile(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    if not _PROFILE.fullmatch(text):
        raise click.BadParameter("it has up to 64 letters, digits and _ . @ + = , - and begins with none of the latter")
    return text


def server_option(function: F) -> F:
    """Add `--server`, None where it was not given."""
    return click.option(
        "--server",
        callback=_server,
        metavar="URL",
        help="Where the console is.  [default: where the profile signed in last, or http://localhost:4747]",
    )(function)


def _server(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    try:
        return None if text is None else parse_server(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
