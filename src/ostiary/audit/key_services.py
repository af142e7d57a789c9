"""Which services a key was used for, as far back as the trail goes."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from ostiary.store import schema

_events = schema.events

_SUFFIX = ".amazonaws.com"

# Who presents a key and cannot sign with it has no principal: that is no use of the key. The last event has the
# greatest ID, since those grow with time. Read from the index on the key.
_LAST = (
    select(func.max(_events.c.event_id).label("event_id"), func.count().label("calls"))
    .where(
        _events.c.account_id == bindparam("account"),
        _events.c.access_key_id == bindparam("key"),
        _events.c.principal_id.is_not(None),
    )
    .group_by(_events.c.event_source)
    .subquery()
)
USES = (
    select(_events.c.event_source, _events.c.event_time, _events.c.body, _LAST.c.calls)
    .join(_LAST, _events.c.event_id == _LAST.c.event_id)
    .where(_events.c.account_id == bindparam("account"))
    .order_by(_events.c.event_id.desc())
)
"""Of the key `key` of the account `account`, for each service, its last event and how many there are."""


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """What a key was used for in one service."""

    service: str
    """Such as `iam`."""
    region: str
    """Of the last call."""
    last_used_at: datetime
    calls: int
    """How many the trail has, refused ones too."""


def find_key_services(connection: Connection, account: str, access_key_id: str) -> list[ServiceUse]:
    """Return what a key was used for, by service, the latest first."""
    rows = connection.execute(USES, {"account": account, "key": access_key_id})
    return [
        ServiceUse(row.event_source.removesuffix(_SUFFIX), json.loads(row.body)["awsRegion"], row.event_time, row.calls)
        for row in rows
    ]
