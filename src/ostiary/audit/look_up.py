"""Looking events up by who, what, with what and when; the newest first, a page at a time.

What has an index is read from it. For what has none (a source, reads, a resource) the trail is walked through
backwards, some thousands of events for a page: a page may then have few events or none, and yet be followed by another.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, true

from ostiary.audit.event_ids import first_event_id
from ostiary.audit.resources import RESOURCE_SOURCES, Resource, resources_of
from ostiary.audit.write import as_kept
from ostiary.store import schema

_events = schema.events

_MOST_WALKED = 5_000
"""How many events a page without an index looks through."""

COLUMNS = (
    _events.c.event_id,
    _events.c.event_time,
    _events.c.event_source,
    _events.c.event_name,
    _events.c.user_name,
    _events.c.access_key_id,
    _events.c.read_only,
    _events.c.body,
)
"""What a recorded event is made of."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; what is None is not asked about."""

    attribute: str | None = None
    """By CloudTrail's name: `EventId`, `EventName`, `ReadOnly`, `Username`, `ResourceType`, `ResourceName`,
    `EventSource` or `AccessKeyId`."""
    value: str = ""
    """What the attribute is, letter by letter; of `ReadOnly` `true` or `false`."""
    start: datetime | None = None
    end: datetime | None = None
    """The last moment that counts."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it is kept."""

    event_id: str
    time: datetime
    source: str
    name: str
    user_name: str | None
    access_key_id: str | None
    read_only: bool
    body: str
    """The whole of it as JSON, in CloudTrail's shape."""
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events, the newest first; `before` is the ID that the next page is older than, None on the last one."""

    events: tuple[RecordedEvent, ...]
    before: str | None


@dataclass(frozen=True, slots=True)
class _Search:
    condition: ColumnElement[bool]
    indexed: bool = True
    keeps: Callable[[RecordedEvent], bool] | None = None
    """What the database cannot tell."""


def look_up_events(
    connection: Connection, account: str, sought: Sought, *, before: str | None = None, size: int = 50
) -> EventPage:
    """Return a page of the events that are sought.

    Args:
        connection: the transaction to read in.
        account: whose trail is looked through.
        sought: which events; its attribute is one of CloudTrail's.
        before: only events older than the one with this ID, as the page before gave it.
        size: how many events at most.
    """
    search = _SEARCHES[sought.attribute](as_kept(sought.value)) if sought.attribute else _Search(true())
    oldest = first_event_id(ceil(sought.start.timestamp())) if sought.start else ""
    after_end = first_event_id(floor(sought.end.timestamp()) + 1) if sought.end else None
    within = [_events.c.account_id == account]
    if bounds := [bound for bound in (before, after_end) if bound is not None]:
        within.append(_events.c.event_id < min(bounds))
    walked_to = None
    if not search.indexed:
        within.append(_events.c.event_id >= oldest)
        walked_to = _walk(connection, within)
        if walked_to is not None:
            within.append(_events.c.event_id >= walked_to)
    query: Select[Any] = select(*COLUMNS).where(*within, search.condition).order_by(_events.c.event_id.desc())
    if search.keeps is None:
        query = query.limit(size + 1)
    # Given both ends of a time, SQLite takes the primary key for the better index, and reads all that is between them.
    events = takewhile(lambda event: event.event_id >= oldest, map(recorded_event, connection.execute(query)))
    found = tuple(islice(filter(search.keeps, events) if search.keeps else events, size + 1))
    if len(found) > size:
        return EventPage(found[:size], found[size - 1].event_id)
    return EventPage(found, walked_to)


def _walk(connection: Connection, within: list[ColumnElement[bool]]) -> str | None:
    """Return the ID of the last event of as many as a page looks through, or None when there are no more than that."""
    query = select(_events.c.event_id).where(*within).order_by(_events.c.event_id.desc())
    return connection.scalar(query.offset(_MOST_WALKED - 1).limit(1))


def _by_read_only(value: str) -> _Search:
    if value == "false":
        return _Search(schema.CHANGES)
    return _Search(_events.c.read_only.is_(True), indexed=False)


def _by_resource_name(name: str) -> _Search:
    # The name stands in the body as a JSON string; where exactly is looked at afterwards.
    written = _events.c.body.contains(json.dumps(name, ensure_ascii=False), autoescape=True)
    return _Search(written, indexed=False, keeps=lambda event: any(one.name == name for one in event.resources))


def _by_resource_type(kind: str) -> _Search:
    of_source = _events.c.event_source.in_(sorted(RESOURCE_SOURCES))
    return _Search(of_source, indexed=False, keeps=lambda event: any(one.kind == kind for one in event.resources))


_SEARCHES: Mapping[str, Callable[[str], _Search]] = MappingProxyType(
    {
        "AccessKeyId": lambda value: _Search(_events.c.access_key_id == value),
        "EventId": lambda value: _Search(_events.c.event_id == value),
        "EventName": lambda value: _Search(_events.c.event_name == value),
        "EventSource": lambda value: _Search(_events.c.event_source == value, indexed=False),
        "ReadOnly": _by_read_only,
        "ResourceName": _by_resource_name,
        "ResourceType": _by_resource_type,
        "Username": lambda value: _Search(_events.c.user_name == value),
    }
)


def recorded_event(row: Any) -> RecordedEvent:
    """Return the event of a row with `COLUMNS`."""
    return RecordedEvent(
        row.event_id,
        row.event_time,
        row.event_source,
        row.event_name,
        row.user_name,
        row.access_key_id,
        row.read_only,
        row.body,
        resources_of(json.loads(row.body)),
    )
