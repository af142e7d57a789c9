"""Going on with a trail that does not end where it was left, so that verifying it tells of that for ever."""

from sqlalchemy import Connection, Integer, delete, func, select, type_coerce

from ostiary.audit.chain import FIRST_HASH, HASH_BYTES, TrailHead
from ostiary.audit.errors import TrailDamaged
from ostiary.audit.trails import find_trail, insert_trail, move_head
from ostiary.credentials import SealBroken, Sealer
from ostiary.store import schema

_events = schema.events
_trails = schema.trails


def resume_trail(connection: Connection, sealer: Sealer, account: str) -> bool:
    """Let events be recorded behind the last that is there; False when they can be already.

    One place is left empty, so that something is missing there whenever the trail is verified. A trail whose head or
    key is lost gets another key, under which no earlier event is what was recorded.

    Args:
        connection: a writing transaction.
        sealer: what trails' keys are sealed with.
        account: whose trail it is.
    """
    try:
        trail = find_trail(connection, sealer, account)
    except (TrailDamaged, SealBroken):
        connection.execute(delete(_trails).where(_trails.c.account_id == account))
        trail = None
    first, last, last_hash = _ends(connection, account)
    if trail is None:
        if last == 0:
            return False
        insert_trail(connection, sealer, account, TrailHead(last + 1, last_hash, first - 1, FIRST_HASH))
        return True
    if trail.has_its_head:
        return False
    move_head(
        connection, trail, TrailHead(last + 1, last_hash, min(trail.head.pruned_sequence, last), trail.head.pruned_hash)
    )
    return True


def _ends(connection: Connection, account: str) -> tuple[int, int, bytes]:
    """Return the first and the last place that is taken, and the hash that is kept at the last; 0 where none is."""
    place = type_coerce(_events.c.sequence, Integer)
    within = (_events.c.account_id == account, func.typeof(_events.c.sequence) == "integer", place > 0)
    first = connection.scalar(select(place).where(*within).order_by(place).limit(1))
    last = connection.execute(
        select(place.label("place"), _events.c.chain_hash).where(*within).order_by(place.desc()).limit(1)
    ).first()
    if first is None or last is None:
        return 0, 0, FIRST_HASH
    kept = last.chain_hash
    return first, last.place, kept if isinstance(kept, bytes) and len(kept) == HASH_BYTES else FIRST_HASH
