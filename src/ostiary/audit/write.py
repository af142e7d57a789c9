"""Writing events."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert

from ostiary.audit.event import AuditEvent
from ostiary.store import schema

_INSERTION = insert(schema.events)


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
                    "event_source": event.source,
                    "event_name": event.name,
                    "user_name": event.user_name,
                    "principal_id": event.principal_id,
                    "access_key_id": event.access_key_id,
                    "error_code": event.error_code,
                    "read_only": event.read_only,
                    "body": json.dumps(event.body, ensure_ascii=False, separators=(",", ":")),
                }
                for event in events
            ],
        )
