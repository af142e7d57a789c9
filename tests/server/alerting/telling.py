"""Alerts made up to be sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ostiary.audit.event_ids import new_event_id
from ostiary.directory.alerts import Alert
from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.message import Message
from ostiary.server.alerting.plan import Channel
from ostiary.values.identifiers import AccountId

ACCOUNT = AccountId("111122223333")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def alert(title: str = "The root user signed in to the console", **more: Any) -> Alert:
    made_at = more.pop("created_at", NOON)
    given: dict[str, Any] = {
        "account": ACCOUNT,
        "alert_id": new_event_id(made_at),
        "kind": "root-sign-in",
        "severity": "HIGH",
        "subject": f"arn:aws:iam::{ACCOUNT}:root",
        "event_id": new_event_id(made_at),
        "content": {"event": {"eventName": "ConsoleLogin", "sourceIPAddress": "192.0.2.7", "userAgent": "a browser"}},
        "created_at": made_at,
    }
    return Alert(title=title, **{**given, **more})


def message(title: str = "The root user signed in to the console", *, attempt: int = 1, **more: Any) -> Message:
    return Message(alert(title, **more), attempt, NOON + timedelta(seconds=1))


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Told:
    """A channel that notes what it is told, and fails when it is to."""

    messages: list[Message] = field(default_factory=list)
    failure: Callable[[], Exception] | None = None

    def send(self, message: Message) -> None:
        self.messages.append(message)
        if self.failure is not None:
            raise self.failure()

    def channel(self, name: str = "pager", **more: Any) -> Channel:
        return Channel(name, self.send, **more)


def down() -> NotDelivered:
    return NotDelivered("it is down")
