"""What a principal used, as the trail has it: each call with what was decided of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ostiary.store import schema
from ostiary.values.decided import Decided

_events = schema.events
_trails = schema.trails

_AT_ONCE = 1_000
"""Rows that are held at a time, however many there are."""

_OF_PRINCIPAL = select(
    _events.c.event_time, _events.c.event_source, _events.c.event_name, _events.c.error_code, _events.c.body
).where(
    _events.c.account_id == bindparam("account"),
    _events.c.principal_id == bindparam("principal"),
    _events.c.event_time >= bindparam("start", type_=_events.c.event_time.type),
    _events.c.event_time <= bindparam("end", type_=_events.c.event_time.type),
)
_FIRST_KEPT = (
    select(_events.c.event_time)
    .where(
        _events.c.account_id == bindparam("account"),
        select(_trails.c.account_id)
        .where(_trails.c.account_id == bindparam("account"), _trails.c.pruned_sequence > 0)
        .exists(),
    )
    .order_by(_events.c.event_id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class UsedCall:
    """A call of the API, whatever came of it."""

    at: datetime
    source: str
    """Such as `iam.amazonaws.com`."""
    name: str
    """Such as `CreateUser`."""
    region: str
    error_code: str | None
    decided: tuple[Decided, ...]
    """What was decided of each permission that it needs; none of a call that needs none, or that came not so far."""


def read_used_calls(
    connection: Connection, account: str, principal_id: str, *, start: datetime, end: datetime
) -> Iterator[UsedCall]:
    """Yield a principal's calls in no order; only some of them are in memory at a time.

    Args:
        connection: the transaction to read in.
        account: whose trail is read.
        principal_id: the unique ID of a user or role; the calls of all its sessions are its own.
        start: the first moment that counts, to the second.
        end: the last moment that counts.
    """
    query = connection.execute(
        _OF_PRINCIPAL,
        {"account": account, "principal": principal_id, "start": start, "end": end},
        execution_options={"yield_per": _AT_ONCE},
    )
    for row in query:
        body = json.loads(row.body)
        # Sign-ins are events too, and no calls.
        if body.get("eventType") == "AwsApiCall":
            yield UsedCall(
                row.event_time,
                row.event_source,
                row.event_name,
                str(body.get("awsRegion", "")),
                row.error_code,
                _decided(body),
            )


def find_first_kept(connection: Connection, account: str) -> datetime | None:
    """Return when the oldest event of an account was, if older ones are kept no longer; None when all are kept."""
    found: datetime | None = connection.scalar(_FIRST_KEPT, {"account": account})
    return found


def _decided(body: Mapping[str, Any]) -> tuple[Decided, ...]:
    decisions: Sequence[Mapping[str, Any]] = (body.get("additionalEventData") or {}).get("authorization", ())
    return tuple(Decided(each["action"], each["resource"], each["decision"]) for each in decisions)
