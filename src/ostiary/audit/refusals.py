"""Counting refusals of one kind."""

import json
from datetime import datetime

from sqlalchemy import Connection, func, select

from ostiary.store import schema

_events = schema.events


def count_refusals(
    connection: Connection, account: str, principal_id: str, *, event_source: str, error_message: str, since: datetime
) -> int:
    """Return how often a principal was refused with a sentence since a moment.

    Args:
        connection: the transaction to read in.
        account: whose trail is read.
        principal_id: the unique ID of the user or role behind the caller.
        event_source: such as `sts.amazonaws.com`.
        error_message: the sentence, in full.
        since: the moment.
    """
    # What a caller sends stands in the body as JSON strings, whose quotes are escaped, and so cannot look like this.
    told = f'"errorMessage":{json.dumps(error_message, ensure_ascii=False)}'
    query = (
        select(func.count())
        .select_from(_events)
        .where(
            _events.c.account_id == account,
            _events.c.principal_id == principal_id,
            _events.c.event_source == event_source,
            _events.c.event_time >= since,
            _events.c.error_code.is_not(None),
            _events.c.body.contains(told, autoescape=True),
        )
    )
    return connection.scalar(query) or 0
