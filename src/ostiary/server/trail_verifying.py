"""Verifying trails for the operator."""

from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.audit import BACKGROUND, Sought, Verdict, look_up_events, trail_accounts, verify_trail
from ostiary.directory import accounts
from ostiary.directory.jobs import EVERY_ACCOUNT
from ostiary.server.account_choice import choose_account
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId


@dataclass(frozen=True, slots=True)
class VerifiedTrail:
    """A trail with what came of verifying it."""

    verdict: Verdict
    begun: tuple[str, ...]
    """When its chain was begun over events that were there before, each as a time: once after an upgrade, and never
    again but when the chain was taken away."""


def verify_trails(state: State, wanted: AccountId | None) -> Iterator[VerifiedTrail]:
    """Verify one trail or all there are, beside a server.

    Raises:
        SetupError: there is no such account.
    """
    with state.reading() as directory:
        there = list(trail_accounts(directory.connection))
        if wanted is not None:
            there = [wanted]
            if wanted != EVERY_ACCOUNT:
                choose_account(accounts.list_accounts(directory), wanted)
    for account in there:
        with state.reading() as directory:
            verdict = verify_trail(directory.connection, directory.sealer, account)
            page = look_up_events(directory.connection, account, Sought("EventName", "TrailBegan"))
            begun = tuple(str(event.time) for event in page.events if event.source == BACKGROUND)
        yield VerifiedTrail(verdict, begun)
