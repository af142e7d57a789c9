"""Writing events."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, String, bindparam, insert, select

from ostiary.audit.background_event import describe_deed
from ostiary.audit.event import AuditEvent
from ostiary.audit.trails import extend_trail, lock_trail
from ostiary.credentials import Sealer
from ostiary.store import schema
from ostiary.store.prepared import Prepared
from ostiary.values.identifiers import AccountId

# Made once: it is on every call's way.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CREATED_AT = select(schema.accounts.c.created_at).where(schema.accounts.c.account_id == bindparam("account"))
_NEW_FOR = timedelta(days=1)
"""How long after an account was set up its trail may be begun without an event of that."""
_INSERTION = Prepared(insert(schema.events))
_LONGEST = {
    column.name: column.type.length
    for column in schema.events.c
    if isinstance(column.type, String) and column.type.length
}
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""What no database takes in a text: half a character, as JSON can spell it, and in PostgreSQL a zero."""


def write_events(connection: Connection, sealer: Sealer, events: Sequence[AuditEvent]) -> list[AuditEvent]:
    """Write events in the connection's own transaction, so that they stand or fall with what else it does.

    Each goes to the end of its account's trail, in the order given, chained to the one before it.

    Args:
        connection: a writing transaction.
        sealer: what the trails' keys are sealed with.
        events: of one account or several.

    Returns:
        What was written: the events, and those of chains that were begun with them.

    Raises:
        SealBroken: the key of a trail is not as it was sealed.
    """
    by_account: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in events:
        by_account[event.account].append(event)
    written: list[AuditEvent] = []
    chained: list[dict[str, Any]] = []
    # In one order for everybody, so that no two transactions wait for each other's trails.
    for account in sorted(by_account):
        trail, its_own = lock_trail(connection, sealer, account), by_account[account]
        if trail.taken_on is not None and (trail.taken_on or _is_old(connection, its_own[0])):
            its_own = [_began(its_own[0], trail.taken_on), *its_own]
        chained += extend_trail(connection, trail, map(_row, its_own))
        written += its_own
    for row in chained:
        _INSERTION.run(connection, row)
    return written


def _is_old(connection: Connection, first: AuditEvent) -> bool:
    """Tell whether the account was there long enough for its first event not to be the first that ever happened."""
    created_at = connection.scalar(_CREATED_AT, {"account": first.account})
    return created_at is not None and created_at < first.time - _NEW_FOR


def _began(first: AuditEvent, taken_on: int) -> AuditEvent:
    """Return the event of a chain's beginning, with events from before or in an account that is not new.

    Whoever takes a chain away whole, to have it begun anew over what was forged or over nothing, is seen by this.
    """
    return describe_deed("TrailBegan", AccountId(first.account), now=first.time, parameters={"EarlierEvents": taken_on})


def _row(event: AuditEvent) -> dict[str, Any]:
    return {
        "account_id": event.account,
        "event_id": event.event_id,
        "event_time": int(event.time.timestamp()),
        "event_source": _fitting("event_source", event.source),
        "event_name": _fitting("event_name", event.name),
        "user_name": _fitting("user_name", event.user_name),
        "principal_id": _fitting("principal_id", event.principal_id),
        "access_key_id": _fitting("access_key_id", event.access_key_id),
        "error_code": _fitting("error_code", event.error_code),
        "read_only": event.read_only,
        "body": as_kept(_encode(event.body)),
    }


def as_kept(text: str) -> str:
    """Return a text as a database keeps it."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNKEEPABLE.sub("\ufffd", text)


def _fitting(column: str, text: str | None) -> str | None:
    """Return a text as a column takes it. One event that cannot be written would take others' with it.

    INVARIANT: whatever callers and identity providers send can be written; tests/server/test_recorder.py holds it.
    """
    return None if text is None else as_kept(text)[: _LONGEST[column]]
