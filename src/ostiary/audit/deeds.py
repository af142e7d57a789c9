"""The server's own deeds in a trail, believed only where the chain bears them out.

Who can write to the database can write rows that look like anything; what is built on what was told before must not
take their word for it.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Integer, bindparam, select, type_coerce

from ostiary.audit.background_event import BACKGROUND
from ostiary.audit.kept import KeptEvent, kept_events
from ostiary.audit.trails import Trail, find_trail
from ostiary.credentials import Sealer
from ostiary.store import schema

_events = schema.events

_PLACES = (
    select(type_coerce(_events.c.sequence, Integer))
    .where(
        _events.c.account_id == bindparam("account"),
        _events.c.event_name == bindparam("name"),
        _events.c.event_source == BACKGROUND,
        _events.c.error_code.is_(None),
        _events.c.sequence.is_not(None),
    )
    .order_by(_events.c.sequence)
)


def recorded_deeds(connection: Connection, sealer: Sealer, account: str, name: str) -> Iterator[KeptEvent]:
    """Yield what the server did of one name by itself, the oldest first; only what was recorded, as it was recorded.

    Args:
        connection: a reading transaction.
        sealer: what the trail's key is sealed with.
        account: whose trail it is.
        name: of the deed, such as `TrailBroken`.

    Raises:
        SealBroken: the trail's key is not as it was sealed.
        TrailDamaged: what is kept of where the trail begins and ends is nothing of the kind.
    """
    trail = find_trail(connection, sealer, account)
    if trail is None:
        return
    for place in connection.scalars(_PLACES, {"account": account, "name": name}).all():
        event = _proven(connection, trail, place) if isinstance(place, int) else None
        if event is not None:
            yield event


def _proven(connection: Connection, trail: Trail, place: int) -> KeptEvent | None:
    """Return the event at a place if its hash is the one that it has after the event before it."""
    there = {event.sequence: event for event in kept_events(connection, trail.account, after=place - 2, end=place)}
    if place == trail.head.pruned_sequence + 1:
        before: bytes | None = trail.head.pruned_hash
    else:
        before = there[place - 1].chain if place - 1 in there else None
    event = there.get(place)
    if event is None or before is None or event.chain is None:
        return None
    return event if event.fits(trail.key, before) == event.chain else None
