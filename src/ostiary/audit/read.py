"""Reading a trail in its own order, the oldest event first."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, bindparam, func, select

from ostiary.audit.event_ids import first_event_id
from ostiary.audit.look_up import COLUMNS, RecordedEvent, recorded_event
from ostiary.store import schema

_events = schema.events

_NEXT = (
    select(_events.c.sequence, *COLUMNS)
    .where(_events.c.account_id == bindparam("account"), _events.c.sequence > bindparam("after"))
    .order_by(_events.c.sequence)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with its place in the trail."""

    sequence: int
    event: RecordedEvent


def next_events(connection: Connection, account: str, *, after: int, most: int) -> list[PlacedEvent]:
    """Return the events that come behind a place in a trail, in order."""
    rows = connection.execute(_NEXT, {"account": account, "after": after, "most": most})
    return [PlacedEvent(row.sequence, recorded_event(row)) for row in rows]


def last_place(connection: Connection, account: str) -> int:
    """Return the place of the last event of a trail; 0 when there is none."""
    query = select(func.max(_events.c.sequence)).where(_events.c.account_id == account)
    return connection.scalar(query) or 0


def places_within(
    connection: Connection, account: str, *, since: datetime | None, until: datetime | None
) -> tuple[int, int] | None:
    """Return the first and the last place of what happened in a time; None when nothing did.

    Args:
        connection: the transaction to read in.
        account: whose trail it is.
        since: what happened before this moment does not count.
        until: what happened from this moment on does not count either.
    """
    within = [_events.c.account_id == account]
    if since is not None:
        within.append(_events.c.event_id >= first_event_id(ceil(since.timestamp())))
    if until is not None:
        within.append(_events.c.event_id < first_event_id(ceil(until.timestamp())))
    first, last = connection.execute(
        select(func.min(_events.c.sequence), func.max(_events.c.sequence)).where(*within)
    ).one()
    return None if first is None else (first, last)
