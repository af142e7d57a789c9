"""`ostiary trail`."""

import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from ostiary.audit import RecordedEvent
from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.trail_files import export, public_key
from ostiary.cli.trail_options import moment_option, opened, trail_options
from ostiary.cli.trail_output import HEADING, event_line, json_line
from ostiary.cli.trail_upkeep import prune, resume, verify
from ostiary.server.state import State
from ostiary.server.trail_listing import Filter, end_of_trail, events_since, list_events
from ostiary.server.trail_state import choose_trail
from ostiary.values.identifiers import AccountId

_SECONDS_BETWEEN_LOOKS = 0.5


@click.group(invoke_without_command=True, context_settings=ENVIRONMENT)
@trail_options
@click.option("--user", help="Who did it, by name; `root` is the root user.")
@click.option("--name", help="What was done, such as CreateUser.")
@click.option("--key", help="The ID of the access key it was done with.")
@click.option("--service", help="Such as iam.")
@click.option("--resource", help="The name or ARN of what it was done to, as the call has it.")
@click.option("--event-id", help="One event.")
@moment_option("--since", "From this time on, in UTC, such as 2026-11-24 or 2026-11-24T13:30:00Z.")
@moment_option("--until", "Up to this time.")
@click.option("--errors", is_flag=True, help="Only what failed or was refused.")
@click.option("--changes", is_flag=True, help="Only what is not a read.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--follow", is_flag=True, help="Go on with events as they come, the oldest first. Stop with Ctrl-C.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def trail(
    context: click.Context,
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    limit: int,
    follow: bool,
    output_format: str,
    user: str | None,
    name: str | None,
    key: str | None,
    service: str | None,
    resource: str | None,
    event_id: str | None,
    since: datetime | None,
    until: datetime | None,
    errors: bool,
    changes: bool,
) -> None:
    """List the events of an account's trail, the newest first; a server may run meanwhile.

    With --format json each is a line of JSON, whole. Exit status: 0, or 2 when the trail cannot be read.
    """
    if context.invoked_subcommand is not None:
        _refuse_options_before_command(context)
        return
    wanted = Filter(
        user=user,
        name=name,
        key=key,
        service=service,
        resource=resource,
        event_id=event_id,
        since=since,
        until=until,
        errors=errors,
        changes=changes,
    )
    with opened(data, database) as state:
        account = choose_trail(state, account_id)
        if output_format == "text":
            click.echo(HEADING)
        if follow:
            _follow(state, account, wanted, limit, output_format)
        else:
            _print(list_events(state, account, wanted, limit=limit), output_format)


def _follow(state: State, account: AccountId, wanted: Filter, limit: int, output_format: str) -> None:
    try:
        place = end_of_trail(state, account)
        _print(reversed(list_events(state, account, wanted, limit=limit)), output_format)
        while True:
            events, behind = events_since(state, account, wanted, place)
            _print(events, output_format)
            if behind == place:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            place = behind
    except KeyboardInterrupt:
        return


def _print(events: Iterable[RecordedEvent], output_format: str) -> None:
    for event in events:
        click.echo(json_line(event) if output_format == "json" else event_line(event))


def _refuse_options_before_command(context: click.Context) -> None:
    given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        raise click.UsageError(f"put options behind the command: ostiary trail {context.invoked_subcommand} --…")


for command in (verify, prune, resume, export, public_key):
    trail.add_command(command)
