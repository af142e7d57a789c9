"""Verifying trails for the operator."""

from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.audit import BEGINNING, How, Verdict, find_trail, recorded_deeds, trail_accounts, verify_trail
from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.directory.jobs import EVERY_ACCOUNT
from ostiary.server.account_choice import choose_account
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId

_UNREADABLE = frozenset({How.KEY, How.HEAD})


@dataclass(frozen=True, slots=True)
class VerifiedTrail:
    """A trail with what came of verifying it."""

    verdict: Verdict
    begun: tuple[str, ...]
    """When its chain was begun over events that were there before or in an account that was not new, each as a time:
    once after an upgrade, and never again but when the chain was taken away."""
    is_there: bool
    """Whether anything was ever recorded in it; False of an account that was set up and nothing else."""


def verify_trails(state: State, wanted: AccountId | None) -> Iterator[VerifiedTrail]:
    """Verify one trail or those of all accounts, beside a server, and with what is kept outside of the database.

    Raises:
        SetupError: there is no such account, or what is kept of the trails' ends is not what the server wrote.
    """
    # Read before any transaction begins, so that no trail can have come less far in it.
    expected = state.heads.read() if state.heads else {}
    with state.reading() as directory:
        known = accounts.list_accounts(directory)
        there = {*map(AccountId, trail_accounts(directory.connection)), *known, *expected}
    if wanted is not None:
        there = {wanted}
        if wanted != EVERY_ACCOUNT and wanted not in expected:
            choose_account(known, wanted)
    for account in sorted(there):
        with state.reading() as directory:
            verdict = verify_trail(directory.connection, directory.sealer, account, expected=expected.get(account))
            yield _described(directory, account, verdict)


def _described(directory: Directory, account: AccountId, verdict: Verdict) -> VerifiedTrail:
    if verdict.end == BEGINNING and any(broken.how in _UNREADABLE for broken in verdict.breaks):
        # Nothing in it can be told from what only looks like it.
        return VerifiedTrail(verdict, (), is_there=True)
    deeds = recorded_deeds(directory.connection, directory.sealer, account, "TrailBegan")
    begun = tuple(str(event.time) for event in deeds)
    is_there = find_trail(directory.connection, directory.sealer, account) is not None
    return VerifiedTrail(verdict, begun, is_there=is_there)
