"""Sending alerts, one attempt at a time: who takes which, and what came of it.

Whoever takes a delivery has it until its next attempt would be due; who dies over it leaves it to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select, update

from ostiary.directory.alerts import DELIVERED, FAILED, PENDING, Alert, build_alert
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_alerts = schema.alerts
_deliveries = schema.alert_deliveries


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose turn it is, in a writing transaction that may take it."""

    alert: Alert
    channel: str
    attempts: int
    """Made so far."""
    begun_after: int
    """How many had been made when it was begun anew."""


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
    directory: Directory, channel: str, account: AccountId, *, limit: int, window: timedelta, now: datetime
) -> datetime | None:
    """Return when a channel that had as much of an account as it may within a time may have more; None when now."""
    query = (
        select(_deliveries.c.delivered_at)
        .where(
            _deliveries.c.channel == channel,
            _deliveries.c.delivered_at > now - window,
            _deliveries.c.account_id == account,
        )
        .order_by(_deliveries.c.delivered_at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    counting: datetime | None = directory.connection.scalar(query)
    return None if counting is None else counting + window


def hold_back(
    directory: Directory, channel: str, account: AccountId, severity: str, *, until: datetime, now: datetime
) -> None:
    """Put off whatever is due for a channel of an account's alerts of exactly a severity."""
    due = (_deliveries.c.channel == channel) & (_deliveries.c.next_attempt_at <= now)
    meant = exists().where(_same_alert(), _alerts.c.severity == severity)
    query = update(_deliveries).where(due, _deliveries.c.account_id == account, meant)
    directory.connection.execute(query.values(next_attempt_at=until))


def find_due(directory: Directory, channel: str, severities: Sequence[str], *, now: datetime) -> Due | None:
    """Return the gravest delivery that is due for a channel, of these the one that is due for the longest.

    Args:
        directory: the transaction to read in.
        channel: the channel's name.
        severities: of alerts, the gravest first.
        now: the present moment.
    """
    rank = case({severity: number for number, severity in enumerate(severities)}, value=_alerts.c.severity)
    query = (
        select(_alerts, _deliveries.c.attempts, _deliveries.c.begun_after)
        .join(_deliveries, _same_alert())
        .where(_deliveries.c.channel == channel, _deliveries.c.next_attempt_at <= now)
        .order_by(rank, _deliveries.c.next_attempt_at, _deliveries.c.alert_id)
        .limit(1)
    )
    row = directory.connection.execute(query).first()
    return Due(build_alert(row), channel, row.attempts, row.begun_after) if row else None


def take_delivery(directory: Directory, due: Due, *, until: datetime) -> Attempt:
    """Take a delivery that is due; `until` is when somebody else may take it, if nothing is heard of it."""
    channel = due.channel
    waits = (_deliveries.c.channel == channel) & (_deliveries.c.status == PENDING)
    waiting = directory.connection.scalar(select(func.count()).select_from(_deliveries).where(waits)) or 0
    number = due.attempts + 1
    attempt = Attempt(due.alert, channel, number, number - due.begun_after, waiting - 1)
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
    return (_deliveries.c.account_id == _alerts.c.account_id) & (_deliveries.c.alert_id == _alerts.c.alert_id)


def _is(attempt: Attempt) -> ColumnElement[bool]:
    return (
        (_deliveries.c.account_id == attempt.alert.account)
        & (_deliveries.c.alert_id == attempt.alert.alert_id)
        & (_deliveries.c.channel == attempt.channel)
    )
