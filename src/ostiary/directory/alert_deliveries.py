"""Sending alerts, one attempt at a time: who takes which, and what came of it.

Whoever takes a delivery has it until its next attempt would be due; who dies over it leaves it to the next.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from ostiary.directory.alerts import DELIVERED, FAILED, PENDING, Alert, build_alert
from ostiary.directory.directory import Directory
from ostiary.store import schema

_alerts = schema.alerts
_deliveries = schema.alert_deliveries


@dataclass(frozen=True, slots=True)
class Attempt:
    """A delivery that was taken, to be made now."""

    alert: Alert
    channel: str
    number: int
    """From 1; also those that were broken off count."""
    since_begun: int
    """From 1, since it was begun, or begun anew because somebody said so."""
    waiting: int
    """How many other alerts wait for the same channel."""


def due_channels(directory: Directory, *, now: datetime) -> set[str]:
    """Return the channels that something is due for."""
    query = select(_deliveries.c.channel).where(_deliveries.c.next_attempt_at <= now).distinct()
    return set(directory.connection.scalars(query))


def room_opens_at(
    directory: Directory, channel: str, *, limit: int, window: timedelta, now: datetime
) -> datetime | None:
    """Return when a channel that had as much as it may within a time may have more; None when it may now."""
    query = (
        select(_deliveries.c.delivered_at)
        .where(_deliveries.c.channel == channel, _deliveries.c.delivered_at > now - window)
        .order_by(_deliveries.c.delivered_at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    counting: datetime | None = directory.connection.scalar(query)
    return None if counting is None else counting + window


def hold_back(directory: Directory, channel: str, *, until: datetime, now: datetime) -> None:
    """Put off whatever is due for a channel."""
    due = (_deliveries.c.channel == channel) & (_deliveries.c.next_attempt_at <= now)
    directory.connection.execute(update(_deliveries).where(due).values(next_attempt_at=until))


def take_delivery(directory: Directory, channel: str, *, now: datetime, until: datetime) -> Attempt | None:
    """Take the delivery that is due for a channel for the longest, or None when nothing is.

    Args:
        directory: a writing transaction.
        channel: the channel's name.
        now: the present moment.
        until: when somebody else may take it, if nothing is heard of it.
    """
    query = (
        select(_alerts, _deliveries.c.attempts, _deliveries.c.begun_after)
        .join(_deliveries, (_deliveries.c.account_id == _alerts.c.account_id) & _same_alert())
        .where(_deliveries.c.channel == channel, _deliveries.c.next_attempt_at <= now)
        .order_by(_deliveries.c.next_attempt_at, _deliveries.c.alert_id)
        .limit(1)
    )
    row = directory.connection.execute(query).first()
    if row is None:
        return None
    waits = (_deliveries.c.channel == channel) & (_deliveries.c.status == PENDING)
    waiting = directory.connection.scalar(select(func.count()).select_from(_deliveries).where(waits)) or 0
    number = row.attempts + 1
    attempt = Attempt(build_alert(row), channel, number, number - row.begun_after, waiting - 1)
    _set(directory, _is(attempt), attempts=number, next_attempt_at=until)
    return attempt


def note_delivered(directory: Directory, attempt: Attempt, *, now: datetime) -> None:
    """Note that the channel got it, whatever others who tried meanwhile may say."""
    _set(directory, _is(attempt), status=DELIVERED, next_attempt_at=None, delivered_at=now, last_error=None)


def note_failure(directory: Directory, attempt: Attempt, error: str, *, next_attempt_at: datetime | None) -> None:
    """Note that the channel did not get it, and when it is tried again; None gives it up.

    Nothing is noted when somebody else tries by now, or it is delivered.
    """
    still = _is(attempt) & (_deliveries.c.attempts == attempt.number) & (_deliveries.c.status == PENDING)
    status = FAILED if next_attempt_at is None else PENDING
    _set(directory, still, status=status, next_attempt_at=next_attempt_at, last_error=error)


def _set(directory: Directory, where: ColumnElement[bool], **values: Any) -> None:
    directory.connection.execute(update(_deliveries).where(where).values(**values))


def _same_alert() -> ColumnElement[bool]:
    return _deliveries.c.alert_id == _alerts.c.alert_id


def _is(attempt: Attempt) -> ColumnElement[bool]:
    return (
        (_deliveries.c.account_id == attempt.alert.account)
        & (_deliveries.c.alert_id == attempt.alert.alert_id)
        & (_deliveries.c.channel == attempt.channel)
    )
