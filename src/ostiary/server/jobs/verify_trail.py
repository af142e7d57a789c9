"""Verifies the trails: each hour what was recorded since, and all of them once a day and first after each start.

How far a trail was verified is remembered by the process alone: in the database, whoever changes the trail could change
it as well. Where several processes share the work, each verifies what it did not verify itself.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from ostiary.audit import BEGINNING, Place, trail_accounts, verify_trail
from ostiary.server.jobs.broken_trail import tell_of_breaks
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.server.trail_heads import TrailHeadsBroken
from ostiary.values.identifiers import AccountId

_log = logging.getLogger(__name__)

_EVERYTHING_EVERY = timedelta(days=1)


def _run(state: State, now: datetime) -> None:
    expected = _expected(state)
    with state.reading() as directory:
        accounts = {*map(AccountId, trail_accounts(directory.connection)), *expected}
    for account in sorted(accounts):
        _verify(state, account, expected.get(account), now)


def _expected(state: State) -> Mapping[AccountId, Place]:
    try:
        return state.heads.read() if state.heads else {}
    except TrailHeadsBroken as error:
        # The trails themselves are to be verified all the same.
        _log.error("where the trails ended cannot be compared: %s", error)
        return {}


def _verify(state: State, account: AccountId, expected: Place | None, now: datetime) -> None:
    after, all_at = state.verified.get(account, (BEGINNING, now))
    if not now - _EVERYTHING_EVERY < all_at <= now:
        after, all_at = BEGINNING, now
    with state.reading() as directory:
        verdict = verify_trail(directory.connection, directory.sealer, account, after=after, expected=expected)
    state.verified[account] = (verdict.end, all_at)
    if not verdict.is_intact:
        tell_of_breaks(state, account, verdict.breaks, now)


JOB = Job("verify-trail", timedelta(hours=1), _run)
