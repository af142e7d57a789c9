"""Verifies the trails: each hour what was recorded since, once a day all of them.

How far a trail was verified is kept in the database, which whoever changes the trail can change as well; the daily
round does not ask for it.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from ostiary.audit import (
    BACKGROUND,
    BEGINNING,
    Broken,
    Place,
    Sought,
    TrailDamaged,
    Verdict,
    describe_deed,
    look_up_events,
    trail_accounts,
    verify_trail,
)
from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.directory.jobs import find_job_state, set_job_state
from ostiary.governance import record_events
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId

_log = logging.getLogger(__name__)

_NAME = "verify-trail"
_EVERYTHING_EVERY = timedelta(days=1)
_BROKEN = "TrailBroken"


def _run(state: State, now: datetime) -> None:
    with state.reading() as directory:
        accounts = [AccountId(account) for account in trail_accounts(directory.connection)]
    for account in accounts:
        _verify(state, account, now)


def _verify(state: State, account: AccountId, now: datetime) -> None:
    with state.reading() as directory:
        after, all_at = _verified_before(directory, account, now)
        verdict = verify_trail(directory.connection, directory.sealer, account, after=after)
    with state.writing() as directory:
        set_job_state(
            directory,
            _NAME,
            {
                "sequence": verdict.end.sequence,
                "hash": verdict.end.chain_hash.hex(),
                "all_at": all_at.isoformat(),
            },
            now=now,
            account=account,
        )
    if not verdict.is_intact:
        _tell(state, account, verdict, now)


def _verified_before(directory: Directory, account: AccountId, now: datetime) -> tuple[Place, datetime]:
    """Return how far the trail was verified, and when all of it was: now, when all of it is to be."""
    try:
        kept = find_job_state(directory, _NAME, account=account)
        place = Place(int(kept["sequence"]), bytes.fromhex(kept["hash"]))
        all_at = datetime.fromisoformat(kept["all_at"])
        is_of_today = now - _EVERYTHING_EVERY < all_at <= now
    except (KeyError, TypeError, ValueError):
        # Nothing is kept yet, or nothing that this job wrote.
        return BEGINNING, now
    return (place, all_at) if is_of_today else (BEGINNING, now)


def _tell(state: State, account: AccountId, verdict: Verdict, now: datetime) -> None:
    """Record each break once; where nothing can be recorded, the log alone says so."""
    for broken in verdict.breaks:
        _log.error("the trail of account %s is not what was recorded: %s", account, broken.sentence)
    try:
        with state.writing() as directory:
            known = set(_told(directory, account))
            record_events(
                directory,
                [
                    describe_deed(_BROKEN, account, now=now, parameters=_facts(broken))
                    for broken in verdict.breaks
                    if (broken.how.value, broken.sequence) not in known
                ],
            )
    except (TrailDamaged, SealBroken) as error:
        _log.error("that the trail of account %s is broken cannot be recorded in it: %s", account, error)


def _told(directory: Directory, account: AccountId) -> Iterator[tuple[object, object]]:
    """Yield what was told of before. Who forges these events to keep others from being told of is told of for it."""
    before = None
    while True:
        page = look_up_events(directory.connection, account, Sought("EventName", _BROKEN), before=before)
        for event in page.events:
            facts = json.loads(event.body).get("requestParameters") or {}
            if event.source == BACKGROUND:
                yield facts.get("how"), facts.get("sequence")
        before = page.before
        if before is None:
            return


def _facts(broken: Broken) -> dict[str, object]:
    facts = {
        "How": broken.how.value,
        "Sequence": broken.sequence,
        "Events": broken.events,
        "BrokenEventId": broken.event_id,
        "BrokenEventTime": broken.time,
        "BrokenEventName": broken.name,
        "Message": broken.sentence,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


JOB = Job(_NAME, timedelta(hours=1), _run)
