"""The `ostiary` command: which commands there are, each loaded only when it is called."""

import sys
from importlib import import_module

import click

from ostiary.server.errors import SetupError

_COMMANDS = {
    "init": "ostiary.cli.init:init",
    "serve": "ostiary.cli.serve:serve",
    "import": "ostiary.cli.import_:import_",
    "quota": "ostiary.cli.quota:quota",
    "trail": "ostiary.cli.trail:trail",
    "keys": "ostiary.cli.keys:keys",
    "alerts": "ostiary.cli.alerts:alerts",
    "root": "ostiary.cli.root:root",
    "login": "ostiary.cli.login:login",
    "credentials": "ostiary.cli.credentials:credentials",
    "logout": "ostiary.cli.logout:logout",
    "explain": "ostiary.cli.explain:explain",
    "simulate": "ostiary.cli.simulate:simulate",
    "lint": "ostiary.cli.lint:lint",
    "check": "ostiary.cli.check:check",
    "generate-policy": "ostiary.cli.generate_policy:generate_policy",
    "unused": "ostiary.cli.unused:unused",
    "operations": "ostiary.cli.operations:operations",
    "version": "ostiary.cli.version:version",
}


class _Commands(click.Group):
    """Imports a command's module when the command is asked for, so that each starts as quickly as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def _ostiary() -> None:
    """Ostiary is an identity and access manager that speaks the AWS IAM and STS protocols.

    Start with `ostiary serve`: it sets up an account in ./data when there is none, shows its credentials once, and
    answers the AWS CLI and every SDK on http://127.0.0.1:4747.

    Every option of a command can be given by an environment variable too: --port as OSTIARY_PORT, for example.
    """


def main() -> None:
    """Run the command line; what keeps it from its work is said in one line, with exit status 1."""
    try:
        _ostiary(prog_name="ostiary")
    except Exception as error:
        if not isinstance(error, _expected()):
            raise
        click.echo(f"ostiary: {error}", err=True)
        sys.exit(1)


def _expected() -> tuple[type[Exception], ...]:
    # Imported late: SQLAlchemy comes with it, and takes longer than most commands, which need no database.
    from ostiary.store import StoreError  # noqa: PLC0415 - as said above

    return SetupError, StoreError
