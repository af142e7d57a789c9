"""The trails of the accounts: the key of each, and where it begins and ends."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, RowMapping, bindparam, insert, select, type_coerce, update

from ostiary.audit.chain import EMPTY_HEAD, ChainKey, TrailHead
from ostiary.audit.errors import TrailDamaged
from ostiary.credentials import Sealer
from ostiary.store import schema
from ostiary.store.prepared import Prepared

_trails = schema.trails
_events = schema.events

COLUMNS = (
    "event_id",
    "event_time",
    "event_source",
    "event_name",
    "user_name",
    "principal_id",
    "access_key_id",
    "error_code",
    "read_only",
)
"""What an event's hash covers beside its body, in order."""

_PORTION = 1_000
_ADVICE = "see `ostiary trail verify`, and `ostiary trail resume` to go on"

_Row = Mapping[str, Any] | RowMapping

# On every change's way, so built once.
_OF_ACCOUNT = select(_trails).where(_trails.c.account_id == bindparam("account"))
_FIND = Prepared(_OF_ACCOUNT)
_LOCK = Prepared(_OF_ACCOUNT.with_for_update())
_MOVE = Prepared(
    update(_trails)
    .where(_trails.c.account_id == bindparam("account"))
    .values(
        {name: bindparam(name) for name in ("sequence", "last_hash", "pruned_sequence", "pruned_hash", "head_hash")}
    )
)
_UNCHAINED = (
    select(
        *(_events.c[name] for name in COLUMNS if name != "event_time"),
        type_coerce(_events.c.event_time, BigInteger).label("event_time"),
        _events.c.body,
    )
    .where(_events.c.account_id == bindparam("account"), _events.c.sequence.is_(None))
    .order_by(_events.c.event_id)
    .limit(_PORTION)
)
_CHAINED = (
    select(_events.c.event_id)
    .where(_events.c.account_id == bindparam("account"), _events.c.sequence.is_not(None))
    .limit(1)
)
_CHAIN = (
    update(_events)
    .where(_events.c.account_id == bindparam("of_account"), _events.c.event_id == bindparam("of_event"))
    .values(sequence=bindparam("place"), chain_hash=bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Trail:
    """An account's trail, as a transaction sees it."""

    account: str
    key: ChainKey
    head: TrailHead
    kept_head_hash: bytes
    """The hash of where it begins and ends, as it is kept; who verifies the trail compares it."""
    taken_on: int | None = None
    """How many events were there already when the chain was begun in this transaction; None when it was before."""

    @property
    def has_its_head(self) -> bool:
        """Tell whether it begins and ends where the server last left it."""
        return hmac.compare_digest(self.kept_head_hash, self.key.hash_head(self.account, self.head))


def find_trail(connection: Connection, sealer: Sealer, account: str) -> Trail | None:
    """Return an account's trail; None when nothing was ever recorded in a chain.

    Raises:
        SealBroken: its key is not as it was sealed.
        TrailDamaged: what is kept of where it begins and ends is nothing of the kind.
    """
    row = _FIND.find_one(connection, {"account": account})
    return None if row is None else _trail(sealer, account, row)


def lock_trail(connection: Connection, sealer: Sealer, account: str) -> Trail:
    """Return an account's trail so that nobody else moves its end in this transaction; it is begun if there is none.

    Raises:
        SealBroken: its key is not as it was sealed.
        TrailDamaged: it does not begin or end where the server last left it. To go on from there would make what was
            done to it good; until the operator resumes it, nothing is recorded in it, and so nothing done.
    """
    row = _LOCK.find_one(connection, {"account": account})
    if row is None:
        return _begin(connection, sealer, account)
    trail = _trail(sealer, account, row)
    if not trail.has_its_head:
        raise TrailDamaged(f"the trail of account {account} does not end where it was left: {_ADVICE}")
    return trail


def begin_trail(connection: Connection, sealer: Sealer, account: str) -> None:
    """Begin the trail of an account that is being set up, before anything happens in it."""
    insert_trail(connection, sealer, account, EMPTY_HEAD)


def extend_trail(connection: Connection, trail: Trail, rows: Iterable[_Row]) -> list[dict[str, Any]]:
    """Return events with their place in a trail and their hash, and move the trail's end behind them.

    Args:
        connection: the transaction that the events will be written in.
        trail: as `lock_trail` returned it in the same transaction.
        rows: the events as they will be kept, their times in seconds since 1970.
    """
    chained, head = _link(trail.key, trail.head, rows)
    move_head(connection, trail, head)
    return chained


def move_head(connection: Connection, trail: Trail, head: TrailHead) -> None:
    """Keep where a trail begins and ends from now on."""
    _MOVE.run(connection, {"account": trail.account, **_head_values(trail.key, trail.account, head)})


def insert_trail(connection: Connection, sealer: Sealer, account: str, head: TrailHead) -> Trail:
    """Return a trail with a key of its own, which is kept from now on."""
    key = ChainKey.generate()
    values = _head_values(key, account, head)
    sealed_key = sealer.seal(key.secret, context=_seal_context(account))
    connection.execute(insert(_trails).values(account_id=account, sealed_key=sealed_key, **values))
    return Trail(account, key, head, values["head_hash"])


def hash_row(key: ChainKey, before: bytes, sequence: int, row: _Row) -> bytes:
    """Return the hash of an event as it is to be kept, its time in seconds since 1970."""
    return key.hash_event(before, sequence, tuple(row[name] for name in COLUMNS), row["body"])


@lru_cache(maxsize=1_000)
def _open_key(sealer: Sealer, account: str, sealed: bytes) -> ChainKey:
    return ChainKey(sealer.open(sealed, context=_seal_context(account)))


def _trail(sealer: Sealer, account: str, row: Mapping[str, Any]) -> Trail:
    places = row["sequence"], row["pruned_sequence"]
    secrets = row["sealed_key"], row["last_hash"], row["pruned_hash"], row["head_hash"]
    if not all(isinstance(each, int) for each in places) or not all(isinstance(each, bytes) for each in secrets):
        raise TrailDamaged(f"what is kept of the trail of account {account} is none of it: {_ADVICE}")
    head = TrailHead(row["sequence"], row["last_hash"], row["pruned_sequence"], row["pruned_hash"])
    return Trail(account, _open_key(sealer, account, row["sealed_key"]), head, row["head_hash"])


def _link(key: ChainKey, head: TrailHead, rows: Iterable[_Row]) -> tuple[list[dict[str, Any]], TrailHead]:
    chained, sequence, last = [], head.sequence, head.last_hash
    for row in rows:
        sequence += 1
        last = hash_row(key, last, sequence, row)
        chained.append({**row, "sequence": sequence, "chain_hash": last})
    return chained, TrailHead(sequence, last, head.pruned_sequence, head.pruned_hash)


def _begin(connection: Connection, sealer: Sealer, account: str) -> Trail:
    """Begin a trail's chain; with the events that are there from before events were chained."""
    if connection.scalar(_CHAINED, {"account": account}) is not None:
        raise TrailDamaged(f"the chain of the trail of account {account} was taken away: {_ADVICE}")
    trail = insert_trail(connection, sealer, account, EMPTY_HEAD)
    head = trail.head
    while earlier := connection.execute(_UNCHAINED, {"account": account}).mappings().all():
        chained, head = _link(trail.key, head, earlier)
        connection.execute(
            _CHAIN,
            [
                {
                    "of_account": account,
                    "of_event": row["event_id"],
                    "place": row["sequence"],
                    "hash": row["chain_hash"],
                }
                for row in chained
            ],
        )
    return Trail(account, trail.key, head, trail.kept_head_hash, taken_on=head.sequence)


def _head_values(key: ChainKey, account: str, head: TrailHead) -> dict[str, Any]:
    return {
        "sequence": head.sequence,
        "last_hash": head.last_hash,
        "pruned_sequence": head.pruned_sequence,
        "pruned_hash": head.pruned_hash,
        "head_hash": key.hash_head(account, head),
    }


def _seal_context(account: str) -> str:
    return f"trail/{account}"
