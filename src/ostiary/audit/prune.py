"""Pruning a trail: its oldest events go, and what is left can still be verified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile

from sqlalchemy import Connection, bindparam, delete

from ostiary.audit.chain import TrailHead
from ostiary.audit.errors import TrailDamaged
from ostiary.audit.kept import KeptEvent, kept_events
from ostiary.audit.trails import Trail, lock_trail, move_head
from ostiary.audit.verify import Place, Walk
from ostiary.credentials import Sealer
from ostiary.store import schema

_events = schema.events

_PORTION = 2_000

_DELETE = delete(_events).where(
    _events.c.account_id == bindparam("account"),
    _events.c.sequence > bindparam("after"),
    _events.c.sequence <= bindparam("end"),
)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was pruned at once."""

    events: int
    last_sequence: int
    """The place of the last event that went."""


def prune_portion(
    connection: Connection, sealer: Sealer, account: str, before: datetime, *, breaks_too: bool = False
) -> Pruned | None:
    """Delete some of the oldest events of a trail; None when there is no more to do.

    The trail's last event always stays, and so does what was recorded behind an event that is young enough to stay.

    Args:
        connection: a writing transaction.
        sealer: what the trail's key is sealed with.
        account: whose trail it is.
        before: events from this moment on stay.
        breaks_too: prune what is not what was recorded too, rather than keep it as it is.

    Raises:
        TrailDamaged: the oldest event is not what was recorded, or others before it are gone.
    """
    trail = lock_trail(connection, sealer, account)
    walk = Walk(trail.key, Place(trail.head.pruned_sequence, trail.head.pruned_hash))
    end = walk.place
    for event in islice(_old(connection, trail, before), _PORTION):
        if not walk.step(event) and not breaks_too:
            break
        end = walk.place
    if end.sequence == trail.head.pruned_sequence:
        if walk.breaks:
            raise TrailDamaged(f"not pruned: {walk.breaks[0].sentence}")
        return None
    deleted = connection.execute(
        _DELETE, {"account": account, "after": trail.head.pruned_sequence, "end": end.sequence}
    ).rowcount
    move_head(connection, trail, TrailHead(trail.head.sequence, trail.head.last_hash, end.sequence, end.chain_hash))
    return Pruned(deleted, end.sequence)


def _old(connection: Connection, trail: Trail, before: datetime) -> Iterable[KeptEvent]:
    events = kept_events(connection, trail.account, after=trail.head.pruned_sequence, end=trail.head.sequence - 1)
    # An event whose time cannot be read is not what was recorded: it is for `Walk` to say so.
    return takewhile(lambda event: event.time is None or event.time < before, events)
