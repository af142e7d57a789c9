"""Events of a trail for the operator: those that are looked for, and those that come."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from ostiary.audit import RecordedEvent, Sought, last_place, look_up_events, next_events
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId

_PAGE = 50
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for: all of what is given; what is None is not asked about."""

    event_id: str | None = None
    key: str | None = None
    name: str | None = None
    user: str | None = None
    resource: str | None = None
    """A name or an ARN, as the call has it."""
    service: str | None = None
    """Such as `iam`."""
    since: datetime | None = None
    until: datetime | None = None
    changes: bool = False
    errors: bool = False

    @property
    def sought(self) -> Sought:
        """What the database is asked for: what leaves the fewest events, as a rule."""
        source = None if self.service is None else _source(self.service)
        attributes = (
            ("EventId", self.event_id),
            ("AccessKeyId", self.key),
            ("EventName", self.name),
            ("Username", self.user),
            ("ReadOnly", "false" if self.changes else None),
            ("ResourceName", self.resource),
            ("EventSource", source),
        )
        for attribute, value in attributes:
            if value is not None:
                return Sought(attribute, value, self.since, self.until)
        return Sought(start=self.since, end=self.until)

    def keeps(self, event: RecordedEvent) -> bool:
        """Tell whether an event is looked for."""
        wanted = (
            (self.event_id, event.event_id),
            (self.key, event.access_key_id),
            (self.name, event.name),
            (self.user, event.user_name),
            (self.service and _source(self.service), event.source),
        )
        return (
            all(value is None or value == there for value, there in wanted)
            and (self.resource is None or any(one.name == self.resource for one in event.resources))
            and (self.since is None or event.time >= self.since)
            and (self.until is None or event.time <= self.until)
            and not (self.changes and event.read_only)
            and (not self.errors or _failed(event))
        )


def list_events(state: State, account: AccountId, wanted: Filter, *, limit: int) -> list[RecordedEvent]:
    """Return at most so many of the events that are looked for, the newest first."""
    return list(islice(filter(wanted.keeps, _look_up(state, account, wanted.sought)), limit))


def end_of_trail(state: State, account: AccountId) -> int:
    """Return the place of the last event there is."""
    with state.reading() as directory:
        return last_place(directory.connection, account)


def events_since(state: State, account: AccountId, wanted: Filter, place: int) -> tuple[list[RecordedEvent], int]:
    """Return events that came behind a place, the oldest first, and the place behind which to go on.

    Whoever asks again until none come gets each event once.
    """
    with state.reading() as directory:
        placed = next_events(directory.connection, account, after=place, most=_AT_ONCE)
    return [each.event for each in placed if wanted.keeps(each.event)], placed[-1].sequence if placed else place


def _look_up(state: State, account: AccountId, sought: Sought) -> Iterator[RecordedEvent]:
    before = None
    while True:
        with state.reading() as directory:
            page = look_up_events(directory.connection, account, sought, before=before, size=_PAGE)
        yield from page.events
        before = page.before
        if before is None:
            return


def _source(service: str) -> str:
    return service if "." in service else f"{service}.amazonaws.com"


def _failed(event: RecordedEvent) -> bool:
    body = json.loads(event.body)
    return bool(body.get("errorCode") or body.get("errorMessage"))
