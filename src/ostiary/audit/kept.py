"""Events as the database has them, in the order of their trail: what a trail is verified by.

Who has the database may have written anything into it, so that nothing is taken for what its column says it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from ostiary.audit.chain import HASH_BYTES, ChainKey
from ostiary.audit.trails import COLUMNS
from ostiary.store import schema

_events = schema.events

_PORTION = 1_000

_IN_ORDER = (
    select(
        *(type_coerce(_events.c[name], NullType()).label(name) for name in (*COLUMNS, "body", "sequence", "chain_hash"))
    )
    .where(
        _events.c.account_id == bindparam("account"),
        _events.c.sequence > bindparam("after"),
        _events.c.sequence <= bindparam("end"),
    )
    .order_by(_events.c.sequence)
    .limit(bindparam("most"))
)
_NEXT_PLACE: Select[Any] = _IN_ORDER.with_only_columns(
    type_coerce(_events.c.sequence, NullType()), maintain_column_froms=True
)


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as the database has it, whatever that is."""

    sequence: Any
    chain_hash: Any
    row: RowMapping | None
    """None when the database cannot say what is in it."""

    def fits(self, key: ChainKey, before: bytes) -> bytes | None:
        """Return the hash that the event has after another one's; None when no event can be as this one is."""
        row = self.row
        if row is None or not isinstance(self.sequence, int) or not _is_plain(row):
            return None
        columns = tuple(bool(row[name]) if name == "read_only" else row[name] for name in COLUMNS)
        return key.hash_event(before, self.sequence, columns, row["body"])

    @property
    def chain(self) -> bytes | None:
        """The hash that is kept with it; None when it is none."""
        return self.chain_hash if isinstance(self.chain_hash, bytes) and len(self.chain_hash) == HASH_BYTES else None

    @property
    def event_id(self) -> str | None:
        """Its ID, if it has one."""
        return self._text("event_id")

    @property
    def name(self) -> str | None:
        """Its name, if it has one."""
        return self._text("event_name")

    @property
    def body(self) -> str | None:
        """The whole of it as JSON, if it is a text."""
        return self._text("body")

    @property
    def time(self) -> datetime | None:
        """Its time, if it has one."""
        moment = self.row["event_time"] if self.row else None
        try:
            return datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else None
        except (OverflowError, ValueError, OSError):
            return None

    def _text(self, column: str) -> str | None:
        value = self.row[column] if self.row else None
        return value if isinstance(value, str) else None


def kept_events(connection: Connection, account: str, *, after: int, end: int) -> Iterator[KeptEvent]:
    """Yield an account's events in the order of the trail, some at a time.

    Args:
        connection: the transaction to read in.
        account: whose trail it is.
        after: the place in the trail that the first one comes behind.
        end: the place of the last one.

    Raises:
        DBAPIError: the database cannot be read.
    """
    while True:
        portion = _portion(connection, {"account": account, "after": after, "end": end})
        yield from portion
        if not portion:
            return
        after = portion[-1].sequence


def _portion(connection: Connection, where: dict[str, Any]) -> list[KeptEvent]:
    try:
        rows = connection.execute(_IN_ORDER, {**where, "most": _PORTION}).mappings().all()
    except DBAPIError:
        # A text may be in it that is none. One at a time, it is found which event's.
        return _single(connection, where)
    return [KeptEvent(row["sequence"], row["chain_hash"], row) for row in rows]


def _single(connection: Connection, where: dict[str, Any]) -> list[KeptEvent]:
    place = connection.scalar(_NEXT_PLACE, {**where, "most": 1})
    try:
        rows = connection.execute(_IN_ORDER, {**where, "most": 1}).mappings().all()
    except DBAPIError:
        return [KeptEvent(place, None, None)]
    return [KeptEvent(row["sequence"], row["chain_hash"], row) for row in rows]


def _is_plain(row: RowMapping) -> bool:
    """Tell whether each column has what an event's has: other things might be hashed alike, and not be found."""
    return (
        type(row["event_time"]) is int
        and type(row["read_only"]) in {int, bool}
        and row["read_only"] in {0, 1}
        and isinstance(row["body"], str)
        and all(isinstance(row[name], str | None) for name in COLUMNS if name not in {"event_time", "read_only"})
    )
