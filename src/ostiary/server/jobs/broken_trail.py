"""Tells of a trail that is not what was recorded: on the log, and by an event for each break, which gives an alert."""

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from ostiary.audit import Broken, TrailDamaged, describe_deed, recorded_deeds
from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.governance import record_events
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId

_log = logging.getLogger(__name__)

_BROKEN = "TrailBroken"


def tell_of_breaks(state: State, account: AccountId, breaks: Sequence[Broken], now: datetime) -> None:
    """Record each break once; where nothing can be recorded, the log alone says so."""
    for broken in breaks:
        _log.error("the trail of account %s is not what was recorded: %s", account, broken.sentence)
    try:
        with state.writing() as directory:
            known = set(_told(directory, account))
            record_events(
                directory,
                [
                    describe_deed(_BROKEN, account, now=now, parameters=_facts(broken))
                    for broken in breaks
                    if (broken.how.value, broken.sequence) not in known
                ],
            )
    except (TrailDamaged, SealBroken) as error:
        _log.error("that the trail of account %s is broken cannot be recorded in it: %s", account, error)


def _told(directory: Directory, account: AccountId) -> Iterator[tuple[object, object]]:
    """Yield what was told of before, by events that were recorded and not by what only looks like them."""
    for event in recorded_deeds(directory.connection, directory.sealer, account, _BROKEN):
        facts = json.loads(event.body or "{}").get("requestParameters") or {}
        yield facts.get("how"), facts.get("sequence")


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
