"""What principals last accessed, as the trail has it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, func, select

from ostiary.store import schema

_events = schema.events

_MOST_AT_ONCE = 1_000

_LAST = (
    select(
        _events.c.principal_id,
        _events.c.event_source,
        _events.c.event_name,
        func.max(_events.c.event_time, type_=_events.c.event_time.type).label("at"),
    )
    .where(
        _events.c.account_id == bindparam("account"),
        _events.c.principal_id.in_(bindparam("principals", expanding=True)),
        _events.c.event_time > bindparam("since", type_=_events.c.event_time.type),
    )
    .group_by(_events.c.principal_id, _events.c.event_source, _events.c.event_name)
)
_BODY = (
    select(_events.c.body)
    .where(
        _events.c.account_id == bindparam("account"),
        _events.c.principal_id == bindparam("principal"),
        _events.c.event_source == bindparam("source"),
        _events.c.event_name == bindparam("name"),
        _events.c.event_time == bindparam("at", type_=_events.c.event_time.type),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Access:
    """The last call of an operation by a principal, whether it was allowed or refused."""

    principal_id: str
    source: str
    """Such as `iam.amazonaws.com`."""
    name: str
    """Such as `CreateUser`."""
    at: datetime


def find_last_accesses(
    connection: Connection, account: str, principal_ids: Iterable[str], *, since: datetime
) -> list[Access]:
    """Return the last call of each operation by each of the principals.

    Args:
        connection: the transaction to read in.
        account: whose trail is looked through.
        principal_ids: the unique IDs of users and roles.
        since: what happened up to this moment is left out.
    """
    return [
        Access(row.principal_id, row.event_source, row.event_name, row.at)
        for some in _portions(principal_ids)
        for row in connection.execute(_LAST, {"account": account, "principals": some, "since": since})
    ]


def find_region(connection: Connection, account: str, access: Access) -> str | None:
    """Return the region that an access was to; None when its event is gone by now."""
    body = connection.scalar(
        _BODY,
        {
            "account": account,
            "principal": access.principal_id,
            "source": access.source,
            "name": access.name,
            "at": access.at,
        },
    )
    return str(json.loads(body)["awsRegion"]) if body else None


def _portions(items: Iterable[str]) -> Iterable[Sequence[str]]:
    rest = iter(items)
    # A database takes only so many parameters in one statement.
    while some := list(islice(rest, _MOST_AT_ONCE)):
        yield some
