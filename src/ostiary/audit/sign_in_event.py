"""What happens at the sign-in page, as events in CloudTrail's shape.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.audit.event import AuditEvent, event_head, moment_text
from ostiary.audit.event_ids import new_event_id
from ostiary.values.arn import root_arn
from ostiary.values.identifiers import AccountId

SOURCE = "signin.amazonaws.com"
_HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
"""Stands for a name that nobody has: people type their passwords there."""


@dataclass(frozen=True, slots=True)
class SignInParty:
    """Who was at the sign-in page."""

    account: AccountId
    owner_id: str | None
    """The user's unique ID, or the account's for its root user; None when nobody of the name exists."""
    user_name: str | None = None
    """None for the root user."""
    user_arn: str | None = None


def describe_sign_in(
    name: str,
    party: SignInParty,
    *,
    now: datetime,
    request_id: str,
    address: str,
    user_agent: str,
    succeeded: bool,
    error: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Return an event of the sign-in page.

    Args:
        name: what happened, such as `ConsoleLogin`.
        party: to whom.
        now: when.
        request_id: of the request.
        address: where it came from.
        user_agent: what sent it.
        succeeded: it was done.
        error: why it was not, for the account's own eyes.
        facts: what else there is to know, without secrets.
    """
    event_id = new_event_id(now)
    body = {
        **event_head(address, user_agent),
        "userIdentity": _identity(party),
        "eventTime": moment_text(now),
        "eventSource": SOURCE,
        "eventName": name,
        **({"errorMessage": error} if error else {}),
        "requestParameters": None,
        "responseElements": {name: "Success" if succeeded else "Failure"},
        "additionalEventData": dict(facts or {}),
        "requestID": request_id,
        "eventID": event_id,
        "readOnly": False,
        "eventType": "AwsConsoleSignIn",
        "managementEvent": True,
        "recipientAccountId": party.account,
        "eventCategory": "Management",
    }
    is_root = party.owner_id == party.account
    return AuditEvent(
        account=party.account,
        event_id=event_id,
        time=now,
        source=SOURCE,
        name=name,
        user_name="root" if is_root else party.user_name,
        principal_id=party.owner_id,
        access_key_id=None,
        error_code=None if succeeded else "Failure",
        read_only=False,
        body=body,
    )


def _identity(party: SignInParty) -> dict[str, Any]:
    if party.owner_id is None:
        return {"type": "IAMUser", "accountId": party.account, "accessKeyId": "", "userName": _HIDDEN}
    if party.owner_id == party.account:
        return {
            "type": "Root",
            "principalId": party.account,
            "arn": root_arn(party.account),
            "accountId": party.account,
            "accessKeyId": "",
        }
    return {
        "type": "IAMUser",
        "principalId": party.owner_id,
        "arn": party.user_arn,
        "accountId": party.account,
        "userName": party.user_name,
    }
