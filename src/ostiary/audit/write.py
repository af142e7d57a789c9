"""Writing events."""

import json
import re
from collections.abc import Sequence

from sqlalchemy import Column, Connection, String, insert

from ostiary.audit.event import AuditEvent
from ostiary.store import schema

_INSERTION = insert(schema.events)
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""What no database takes in a text: half a character, as JSON can spell it, and in PostgreSQL a zero."""


def write_events(connection: Connection, events: Sequence[AuditEvent]) -> None:
    """Write events in the connection's own transaction, so that they stand or fall with what else it does."""
    if events:
        connection.execute(
            _INSERTION,
            [
                {
                    "account_id": event.account,
                    "event_id": event.event_id,
                    "event_time": event.time,
                    "event_source": _fitting(schema.events.c.event_source, event.source),
                    "event_name": _fitting(schema.events.c.event_name, event.name),
                    "user_name": _fitting(schema.events.c.user_name, event.user_name),
                    "principal_id": _fitting(schema.events.c.principal_id, event.principal_id),
                    "access_key_id": _fitting(schema.events.c.access_key_id, event.access_key_id),
                    "error_code": _fitting(schema.events.c.error_code, event.error_code),
                    "read_only": event.read_only,
                    "body": as_kept(json.dumps(event.body, ensure_ascii=False, separators=(",", ":"))),
                }
                for event in events
            ],
        )


def as_kept(text: str) -> str:
    """Return a text as a database keeps it."""
    return _UNKEEPABLE.sub("\ufffd", text)


def _fitting(column: Column[str], text: str | None) -> str | None:
    """Return a text as a column takes it. One event that cannot be written would take others' with it.

    INVARIANT: whatever callers and identity providers send can be written; tests/server/test_recorder.py holds it.
    """
    if text is None:
        return None
    longest = column.type.length if isinstance(column.type, String) else None
    return as_kept(text)[:longest]
