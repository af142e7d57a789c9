"""What is done without anybody's call, as events in the shape that CloudTrail gives to the deeds of services.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ostiary.audit.event import AuditEvent, event_head, moment_text, plain
from ostiary.audit.event_ids import new_event_id
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

BACKGROUND = "ostiary.amazonaws.com"
"""Who does it, and the source of what no service of AWS's knows."""


def describe_deed(
    name: str,
    account: AccountId,
    *,
    now: datetime,
    parameters: Mapping[str, Any],
    output: Mapping[str, Any] | None = None,
    error: Fault | None = None,
    source: str = BACKGROUND,
) -> AuditEvent:
    """Return the event of a deed that nobody called for, done by `ostiary.amazonaws.com`.

    Args:
        name: what was done, such as `UpdateAccessKey`.
        account: whose trail it goes to.
        now: when.
        parameters: what it was done to, without secrets.
        output: what came of it, without secrets.
        error: why it failed, or None.
        source: the service whose deed it is, such as `iam.amazonaws.com` where it has an operation for it.
    """
    event_id = new_event_id(now)
    body = {
        **event_head(BACKGROUND, BACKGROUND),
        "userIdentity": {"type": "AWSService", "invokedBy": BACKGROUND},
        "eventTime": moment_text(now),
        "eventSource": source,
        "eventName": name,
        **({"errorCode": error.code, "errorMessage": error.message} if error else {}),
        "requestParameters": plain(parameters) if parameters else None,
        "responseElements": plain(output) if output else None,
        "eventID": event_id,
        "readOnly": False,
        "eventType": "AwsServiceEvent",
        "managementEvent": True,
        "recipientAccountId": account,
        "eventCategory": "Management",
    }
    return AuditEvent(
        account=account,
        event_id=event_id,
        time=now,
        source=source,
        name=name,
        user_name=None,
        principal_id=None,
        access_key_id=None,
        error_code=error.code if error else None,
        read_only=False,
        body=body,
    )
