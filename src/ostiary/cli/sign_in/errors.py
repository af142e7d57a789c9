"""What keeps a sign-in at the command line from working.

SignInError         said in one line, exit status 1
└── SignInOver      the session has ended: only signing in again helps
"""

from typing import IO, Any

import click


class SignInError(click.ClickException):
    """A sign-in, its renewal or its end did not work; the message says why and what would help."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message in one line; what a server said in it can do nothing to the terminal."""
        line = "".join(each if each.isprintable() else "?" for each in self.message)
        click.echo(f"ostiary: {line}", file=file, err=file is None)


class SignInOver(SignInError):  # noqa: N818 - named after what happened
    """The session at the server has ended, or was never there."""

    def __init__(self, profile: str) -> None:
        super().__init__(f"sign in again with `ostiary login --profile {profile}`")
