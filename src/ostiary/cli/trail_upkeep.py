"""`ostiary trail verify`, `prune` and `resume`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from ostiary.audit import KeptEvent, describe_deed, resume_trail
from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.trail_options import moment_option, opened, trail_options
from ostiary.governance import record_events
from ostiary.questions.printable import printable
from ostiary.server.errors import SetupError
from ostiary.server.trail_against import Against, verify_against
from ostiary.server.trail_pruning import prune_trail
from ostiary.server.trail_state import choose_trail
from ostiary.server.trail_verifying import VerifiedTrail, verify_trails
from ostiary.values.identifiers import AccountId


@click.command(context_settings=ENVIRONMENT)
@trail_options
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Verify too what was exported to this directory, and that the database still holds it.",
)
def verify(*, data: Path, database: str | None, account_id: AccountId | None, against: Path | None) -> None:
    """Say whether the trail is what was recorded, and where it is not; a server may run meanwhile.

    Without --account-id, all trails are verified.

    Exit status: 0 when it is, 1 when it is not, 2 when it cannot be verified.
    """
    is_intact = True
    with opened(data, database) as state:
        for each in verify_trails(state, account_id):
            is_intact &= each.verdict.is_intact
            for line in _verdict_lines(each):
                click.echo(printable(line))
        if against is not None:
            account = choose_trail(state, account_id)
            found = verify_against(state, account, against)
            is_intact &= not found.problems
            for line in _against_lines(account, found, against):
                click.echo(printable(line))
    sys.exit(0 if is_intact else 1)


@click.command(context_settings=ENVIRONMENT)
@trail_options
@moment_option("--before", "What happened before this time goes.", required=True)
@click.option("--breaks-too", is_flag=True, help="Prune what is not what was recorded too, rather than end before it.")
def prune(
    *, data: Path, database: str | None, account_id: AccountId | None, before: datetime, breaks_too: bool
) -> None:
    """Delete the oldest events of a trail, which can still be verified afterwards; a server may run meanwhile.

    The last event stays. That events were pruned is an event.
    """
    with opened(data, database) as state:
        account, now = choose_trail(state, account_id), state.clock()
        if before > now:
            raise SetupError("--before is in the future")
        events = sum(prune_trail(state, account, before, now=now, breaks_too=breaks_too))
    click.echo(f"{events} events pruned.")


@click.command(context_settings=ENVIRONMENT)
@trail_options
def resume(*, data: Path, database: str | None, account_id: AccountId | None) -> None:
    """Let events be recorded again in a trail that does not end where it was left.

    As long as it does not, every call is refused. Look with `ostiary trail verify` at what was done to it first:
    verifying it will tell for ever that something is missing where it was resumed.
    """
    with opened(data, database) as state:
        account = choose_trail(state, account_id)
        with state.writing() as directory:
            if not resume_trail(directory.connection, directory.sealer, account):
                raise SetupError(f"the trail of account {account} ends where it was left")
            record_events(directory, [describe_deed("ResumeTrail", account, now=state.clock(), parameters={})])
    click.echo(f"The trail of account {account} goes on.")


def _verdict_lines(verified: VerifiedTrail) -> list[str]:
    verdict = verified.verdict
    said = "is what was recorded" if verdict.is_intact else "IS NOT WHAT WAS RECORDED"
    lines = [f"Account {verdict.account}: the trail {said}."]
    if verdict.first is not None and verdict.last is not None:
        lines.append(f"  {verdict.events} events, from {_place(verdict.first)} to {_place(verdict.last)}")
    if not verified.is_there and verdict.is_intact:
        lines.append("  nothing was ever recorded in it")
    lines += [f"  {broken.sentence}" for broken in verdict.breaks]
    lines += [
        f"  its chain was begun at {at} over events that were there before, or in an account that was not new"
        for at in verified.begun
    ]
    return lines


def _place(event: KeptEvent) -> str:
    return f"{event.sequence} ({event.time})"


def _against_lines(account: AccountId, found: Against, directory: Path) -> list[str]:
    said = "is in the database" if not found.problems else "IS NOT ALL AS IT WAS EXPORTED"
    counts = f"{found.digests} digests, {found.log_files} log files, {found.events} events"
    pruned = f", of which {found.pruned} are pruned by now" if found.pruned else ""
    return [
        f"Account {account}: what was exported to {directory} {said}.",
        f"  {counts}{pruned}",
        *(f"  {problem}" for problem in found.problems),
    ]
