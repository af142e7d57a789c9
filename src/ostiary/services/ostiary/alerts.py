"""The account's alerts, and what became of them."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.alerts import Alert, Delivery, list_alerts
from ostiary.directory.directory import Directory
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.targets import anything
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


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
        LastError=delivery.last_error,
        NextAttemptAt=delivery.next_attempt_at,
        DeliveredAt=delivery.delivered_at,
    )


def _told(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


OPERATIONS = (
    Operation("ostiary", "ListAlerts", anything("ostiary:ListAlerts"), list_account_alerts, writes=False),
    Operation("ostiary", "SendTestAlert", anything("ostiary:SendTestAlert"), send_test_alert, writes=True),
)
