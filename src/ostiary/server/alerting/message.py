"""An alert as it is sent: as a CloudEvent, and as text for people.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.audit.event_ids import new_event_id
from ostiary.directory.alerts import Alert
from ostiary.governance.alerts import KINDS, TEST
from ostiary.server.telemetry.one_line import one_line
from ostiary.values.identifiers import AccountId

_NO_ACCOUNT = AccountId("000000000000")
_TEST_TITLE = "This is a test"


@dataclass(frozen=True, slots=True)
class Message:
    """One attempt to tell of an alert."""

    alert: Alert
    attempt: int
    """From 1. Of what arrives twice, the second has a higher number."""
    sent_at: datetime
    waiting: int = 0
    """How many other alerts wait for the same channel."""


def trial_message(now: datetime) -> Message:
    """Return a test alert that is about no account."""
    severity = KINDS[TEST].severity.value
    alert = Alert(_NO_ACCOUNT, new_event_id(now), TEST, severity, _TEST_TITLE, None, None, {}, now)
    return Message(alert, 1, now)


def as_cloud_event(message: Message) -> dict[str, Any]:
    """Return a message as a CloudEvent, version 1.0; its `id` stays the same from one attempt to the next."""
    alert = message.alert
    return {
        "specversion": "1.0",
        "id": alert.alert_id,
        "source": f"urn:ostiary:account:{alert.account}",
        "type": f"ostiary.alert.{alert.kind}",
        **({"subject": alert.subject} if alert.subject else {}),
        "time": _moment(alert.created_at),
        "attempt": message.attempt,
        "datacontenttype": "application/json",
        "data": {
            "accountId": alert.account,
            "kind": alert.kind,
            "severity": alert.severity,
            "title": alert.title,
            "advice": _advice(alert),
            **({"subject": alert.subject} if alert.subject else {}),
            **({"actor": alert.content["actor"]} if "actor" in alert.content else {}),
            **({"event": alert.content["event"]} if "event" in alert.content else {}),
            "repeated": alert.repeated,
            "waiting": message.waiting,
        },
    }


def subject_line(message: Message) -> str:
    """Return what an e-mail's subject says: one line, whatever the alert holds."""
    return one_line(f"[{message.alert.severity}] {message.alert.title} (account {message.alert.account})")


def as_text(message: Message) -> str:
    """Return a message for people to read; no line of it can be made up by who caused the alert."""
    alert = message.alert
    event = alert.content.get("event", {})
    told = {
        "Account": alert.account,
        "Severity": alert.severity,
        "Kind": alert.kind,
        "About": alert.subject,
        "Who": alert.content.get("actor"),
        "When": _moment(alert.created_at),
        "From": event.get("sourceIPAddress"),
        "With": event.get("userAgent"),
        "Event": " ".join(part for part in (event.get("eventSource"), event.get("eventName"), alert.event_id) if part),
        "Error": event.get("errorCode"),
        "Alert": alert.alert_id,
    }
    lines = [
        f"{one_line(alert.title)}.",
        "",
        *(f"{name + ':':10}{one_line(text)}" for name, text in told.items() if text),
    ]
    lines += ["", "What to do:", _advice(alert)]
    if alert.repeated:
        lines += ["", f"It happened {alert.repeated} more times until this was sent."]
    if message.attempt > 1:
        lines += ["", f"This is attempt {message.attempt}: it may have arrived before."]
    if message.waiting:
        lines += ["", f"{message.waiting} more alerts wait to be sent this way."]
    return "\n".join(lines) + "\n"


def _advice(alert: Alert) -> str:
    # One kept by another version may be of a kind that this one has not.
    kind = KINDS.get(alert.kind)
    return kind.advice if kind else "Look the event up in the trail."


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
