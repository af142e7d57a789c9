"""The account's alerts, and what became of them."""

import re
from collections.abc import Mapping
from typing import Any

from ostiary.directory.alerts import Alert, Delivery, list_alerts
from ostiary.directory.directory import Directory
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.targets import anything
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_CLASSES = (
    (re.compile(r"takes too long$"), "timed out"),
    (re.compile(r"^the receiver answers ([0-9]{3})$"), r"HTTP \1"),
    (re.compile(r"^the mail server answers (-?[0-9]{1,3})$"), r"SMTP \1"),
    (re.compile(r"does not prove itself:"), "certificate not trusted"),
    (re.compile(r"^the mail server takes nothing for the recipients$"), "recipients refused"),
    (re.compile(r"^the (?:receiver|mail server) cannot be (?:asked|used): ConnectionRefusedError:"), "refused"),
    (re.compile(r"^the (?:receiver|mail server) cannot be (?:asked|used): gaierror:"), "name not found"),
    (re.compile(r"^there is no channel of this name any more$"), "no such channel"),
)
"""What the sentences come to that are kept of failures. They name operators' machines, which are no user's business."""
_OTHER_CLASS = "failed"


def list_account_alerts(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a page of the account's alerts, the newest first."""
    page = list_alerts(
        directory,
        call.account,
        requested_page(call, directory),
        kind=call.parameters.get("Kind"),
        severity=call.parameters.get("Severity"),
    )
    return page_output(call, directory, "Alerts", page, _alert_shape)


def send_test_alert(_call: AuthorizedCall, _directory: Directory) -> Output:
    """Do nothing: the event of the call is what the alert comes of, as it is with every other alert."""
    return {}


def _alert_shape(alert: Alert) -> dict[str, Any]:
    return _told(
        AlertId=alert.alert_id,
        Kind=alert.kind,
        Severity=alert.severity,
        Title=alert.title,
        Subject=alert.subject,
        EventId=alert.event_id,
        CreatedAt=alert.created_at,
        Repeated=alert.repeated,
        Deliveries=[_delivery_shape(delivery) for delivery in alert.deliveries],
    )


def _delivery_shape(delivery: Delivery) -> dict[str, Any]:
    return _told(
        Channel=delivery.channel,
        Status=delivery.status,
        Attempts=delivery.attempts,
        LastError=_class_of(delivery.last_error),
        NextAttemptAt=delivery.next_attempt_at,
        DeliveredAt=delivery.delivered_at,
    )


def _class_of(error: str | None) -> str | None:
    """Return what kind of failure it was, in words of which a receiver chose none."""
    if error is None:
        return None
    found = ((match, words) for pattern, words in _CLASSES if (match := pattern.search(error)))
    return next((match.expand(words) for match, words in found), _OTHER_CLASS)


def _told(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


OPERATIONS = (
    Operation("ostiary", "ListAlerts", anything("ostiary:ListAlerts"), list_account_alerts, writes=False),
    Operation("ostiary", "SendTestAlert", anything("ostiary:SendTestAlert"), send_test_alert, writes=True),
)
