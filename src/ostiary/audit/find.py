"""Finding events."""

import json
from typing import Any

from sqlalchemy import Connection, select

from ostiary.store import schema

_events = schema.events


def find_events(connection: Connection, account: str, *, limit: int = 50) -> list[dict[str, Any]]:
    """Return the bodies of an account's latest events, the newest first."""
    query = (
        select(_events.c.body).where(_events.c.account_id == account).order_by(_events.c.event_id.desc()).limit(limit)
    )
    return [json.loads(body) for body in connection.scalars(query)]
