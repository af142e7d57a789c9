"""Alerts, and what became of sending each to each channel."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update

from ostiary.directory.directory import Directory
from ostiary.directory.pages import Page, PageRequest
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_alerts = schema.alerts
_deliveries = schema.alert_deliveries

PENDING = "pending"
DELIVERED = "delivered"
FAILED = "failed"

_REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of sending an alert to a channel."""

    channel: str
    status: str
    """`pending`, `delivered` or `failed`."""
    attempts: int
    next_attempt_at: datetime | None
    """None when there is none to come."""
    last_error: str | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that people are to know."""

    account: AccountId
    alert_id: str
    """Grows with time."""
    kind: str
    severity: str
    title: str
    subject: str | None
    """The ARN of who or what it is about."""
    event_id: str | None
    """Of the event that gave rise to it."""
    content: Mapping[str, Any]
    """What else there is to tell, as JSON can hold it; `repeated` counts the same happening again."""
    created_at: datetime
    deliveries: tuple[Delivery, ...] = ()

    @property
    def repeated(self) -> int:
        """How often the same happened again while one alert was enough."""
        return int(self.content.get(_REPEATED, 0))


def add_alert(directory: Directory, alert: Alert) -> None:
    """Keep a new alert; it goes to the channels later."""
    directory.connection.execute(
        insert(_alerts).values(
            account_id=alert.account,
            alert_id=alert.alert_id,
            kind=alert.kind,
            severity=alert.severity,
            title=alert.title,
            subject=alert.subject,
            event_id=alert.event_id,
            content=json.dumps(alert.content),
            created_at=alert.created_at,
            dispatched=False,
        )
    )


def find_latest_alert(
    directory: Directory,
    account: AccountId,
    kind: str,
    subject: str | None,
    *,
    since_id: str,
    severities: Sequence[str],
    title: str | None = None,
) -> Alert | None:
    """Return the latest alert of a kind about a subject, or None.

    Args:
        directory: the transaction to read in.
        account: whose alerts.
        kind: only those of this kind.
        subject: only those about exactly this; None means about nothing.
        since_id: only those with this ID or a later one.
        severities: only those of one of these.
        title: only those in these words; None means in any.
    """
    query = (
        select(_alerts)
        .where(_alerts.c.account_id == account, _alerts.c.alert_id >= since_id)
        .where(_alerts.c.kind == kind, _alerts.c.subject.is_not_distinct_from(subject))
        .where(_alerts.c.severity.in_(severities))
        .order_by(_alerts.c.alert_id.desc())
        .limit(1)
    )
    if title is not None:
        query = query.where(_alerts.c.title == title)
    row = directory.connection.execute(query).first()
    return build_alert(row) if row else None


def count_repeats(directory: Directory, alert: Alert, times: int) -> None:
    """Note that what an alert is about happened again, so many times."""
    content = {**alert.content, _REPEATED: alert.repeated + times}
    directory.connection.execute(update(_alerts).where(_is(alert)).values(content=json.dumps(content)))


def list_alerts(
    directory: Directory,
    account: AccountId,
    page: PageRequest,
    *,
    kind: str | None = None,
    severity: str | None = None,
    failed: bool = False,
) -> Page[Alert]:
    """Return a page of an account's alerts with their deliveries, the newest first.

    Args:
        directory: the transaction to read in.
        account: whose alerts.
        page: which part of them; `after` is the ID of an alert.
        kind: only those of this kind.
        severity: only those of exactly this severity.
        failed: only those that a channel did not get, and will not without being told to try again.
    """
    query = select(_alerts).where(_alerts.c.account_id == account)
    if page.after is not None:
        query = query.where(_alerts.c.alert_id < page.after)
    if kind is not None:
        query = query.where(_alerts.c.kind == kind)
    if severity is not None:
        query = query.where(_alerts.c.severity == severity)
    if failed:
        query = query.where(_has_delivery(FAILED))
    rows = directory.connection.execute(query.order_by(_alerts.c.alert_id.desc()).limit(page.size + 1)).all()
    shown = rows[: page.size]
    deliveries = _deliveries_of(directory, account, [row.alert_id for row in shown])
    alerts = tuple(build_alert(row, deliveries.get(row.alert_id, ())) for row in shown)
    return Page(alerts, shown[-1].alert_id if len(rows) > page.size else None)


def list_undispatched(directory: Directory, *, most: int) -> list[Alert]:
    """Return the oldest alerts, of all accounts, of which it is not settled yet which channels they go to."""
    query = select(_alerts).where(schema.NOT_DISPATCHED).order_by(_alerts.c.created_at, _alerts.c.alert_id).limit(most)
    return [build_alert(row) for row in directory.connection.execute(query)]


def dispatch_alert(directory: Directory, alert: Alert, channels: Iterable[str], *, now: datetime) -> None:
    """Settle which channels an alert goes to; to each it is due at once."""
    rows = [
        {
            "account_id": alert.account,
            "alert_id": alert.alert_id,
            "channel": channel,
            "status": PENDING,
            "attempts": 0,
            "begun_after": 0,
            "next_attempt_at": now,
        }
        for channel in channels
    ]
    if rows:
        directory.connection.execute(insert(_deliveries), rows)
    directory.connection.execute(update(_alerts).where(_is(alert)).values(dispatched=True))


def give_up_unknown_channels(directory: Directory, known: Sequence[str], *, reason: str) -> int:
    """Mark what waits for channels that there are no longer as failed, and return how much that is."""
    gone = (_deliveries.c.status == PENDING) & _deliveries.c.channel.not_in(known)
    values = {"status": FAILED, "next_attempt_at": None, "last_error": reason}
    return directory.connection.execute(update(_deliveries).where(gone).values(**values)).rowcount


def retry_deliveries(directory: Directory, account: AccountId | None, alert_id: str | None, *, now: datetime) -> int:
    """Make what is not delivered due at once, as if nothing had been tried, and return how many deliveries that are.

    Args:
        directory: a writing transaction.
        account: whose alerts; None means all accounts'.
        alert_id: the one alert, whose waiting deliveries are meant as well; None means all that failed.
        now: the present moment.
    """
    meant: ColumnElement[bool] = _deliveries.c.status.in_((FAILED,) if alert_id is None else (FAILED, PENDING))
    if alert_id is not None:
        meant &= _deliveries.c.alert_id == alert_id
    if account is not None:
        meant &= _deliveries.c.account_id == account
    values = {"status": PENDING, "next_attempt_at": now, "begun_after": _deliveries.c.attempts}
    return directory.connection.execute(update(_deliveries).where(meant).values(values)).rowcount


def forget_alerts(directory: Directory, before: datetime, *, most: int) -> int:
    """Delete alerts from before a moment that every channel got, a portion of them, and return how many that were.

    What waits, and what failed and nobody sent again, stays.
    """
    query = (
        select(_alerts.c.account_id, _alerts.c.alert_id)
        .where(_is_forgettable(before), ~_has_delivery(PENDING), ~_has_delivery(FAILED))
        .limit(most)
    )
    rows = directory.connection.execute(query).all()
    for table in (_deliveries, _alerts):
        for account, alert_id in rows:
            one = (table.c.account_id == account) & (table.c.alert_id == alert_id)
            directory.connection.execute(delete(table).where(one))
    return len(rows)


def has_forgettable_alerts(directory: Directory, before: datetime) -> bool:
    """Tell whether there are alerts that `forget_alerts` would delete."""
    forgettable = _is_forgettable(before) & ~_has_delivery(PENDING) & ~_has_delivery(FAILED)
    return directory.connection.scalar(select(_alerts.c.alert_id).where(forgettable).limit(1)) is not None


def _is_forgettable(before: datetime) -> ColumnElement[bool]:
    return (_alerts.c.created_at < before) & _alerts.c.dispatched.is_(True)


def _has_delivery(status: str) -> ColumnElement[bool]:
    return exists().where(
        _deliveries.c.account_id == _alerts.c.account_id,
        _deliveries.c.alert_id == _alerts.c.alert_id,
        _deliveries.c.status == status,
    )


def _deliveries_of(
    directory: Directory, account: AccountId, alert_ids: Sequence[str]
) -> dict[str, tuple[Delivery, ...]]:
    query = (
        select(_deliveries)
        .where(_deliveries.c.account_id == account, _deliveries.c.alert_id.in_(alert_ids))
        .order_by(_deliveries.c.alert_id, _deliveries.c.channel)
    )
    found: dict[str, tuple[Delivery, ...]] = {}
    for row in directory.connection.execute(query):
        one = Delivery(row.channel, row.status, row.attempts, row.next_attempt_at, row.last_error, row.delivered_at)
        found[row.alert_id] = (*found.get(row.alert_id, ()), one)
    return found


def _is(alert: Alert) -> ColumnElement[bool]:
    return (_alerts.c.account_id == alert.account) & (_alerts.c.alert_id == alert.alert_id)


def build_alert(row: Row[Any], deliveries: tuple[Delivery, ...] = ()) -> Alert:
    """Return the alert that a row of its table tells of."""
    return Alert(
        AccountId(row.account_id),
        row.alert_id,
        row.kind,
        row.severity,
        row.title,
        row.subject,
        row.event_id,
        json.loads(row.content),
        row.created_at,
        deliveries,
    )
