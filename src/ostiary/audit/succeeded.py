"""Looking back at what was done by an operation, which those who only try it cannot crowd out."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from ostiary.store import schema

_events = schema.events

_PAGE = 50


def succeeded_calls(connection: Connection, account: str, name: str, source: str, *, before: str) -> Iterator[str]:
    """Yield the events of an operation that succeeded, the newest first, each whole as JSON.

    Anybody can have a call of any service and name refused, and so fill the trail with what looks alike.

    Args:
        connection: the transaction to read in.
        account: whose trail is read.
        name: the operation's.
        source: such as `iam.amazonaws.com`.
        before: only events older than the one with this ID.
    """
    query = (
        select(_events.c.event_id, _events.c.body)
        .where(
            _events.c.account_id == account,
            _events.c.event_name == name,
            _events.c.event_source == source,
            _events.c.error_code.is_(None),
        )
        .order_by(_events.c.event_id.desc())
        .limit(_PAGE)
    )
    while rows := connection.execute(query.where(_events.c.event_id < before)).all():
        yield from (row.body for row in rows)
        before = rows[-1].event_id
