"""One call as an event, in CloudTrail's shape.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.audit.event_ids import new_event_id
from ostiary.values.call import Call
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.decided import Decided
from ostiary.values.fault import Fault

_EVENT_VERSION = "1.11"
_SECONDS = len("2026-11-24T12:00:00")
_LONGEST_USER_AGENT = 1024
_LONGEST_TEXT = 16_384
"""A trail is not a store of documents: longer texts are cut."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An event to be kept: the columns that it is looked up by, and its whole body."""

    account: str
    event_id: str
    time: datetime
    source: str
    """Such as `iam.amazonaws.com`."""
    name: str
    user_name: str | None
    principal_id: str | None
    """The unique ID of the user or role behind the caller, whatever the session."""
    access_key_id: str | None
    error_code: str | None
    read_only: bool
    body: Mapping[str, Any]


def describe_call(
    call: Call,
    *,
    account: str,
    caller: Caller | None,
    presented_key: str | None,
    region: str,
    read_only: bool,
    parameters: Mapping[str, Any] | None,
    output: Mapping[str, Any] | None,
    fault: Fault | None,
    decided: tuple[Decided, ...] = (),
) -> AuditEvent:
    """Return the event of a call.

    Args:
        call: the call.
        account: the account whose trail the event goes to.
        caller: who called, or None when that was not proven.
        presented_key: the access key ID that the call presented, proven or not.
        region: the region called.
        read_only: the operation changes nothing.
        parameters: decoded input without its secrets, or None when it was not decoded.
        output: what a change answered, without its secrets; None for reads.
        fault: why the call did not succeed, or None.
        decided: what was decided of each permission that it needs, as far as it came to that.
    """
    event_id = new_event_id(call.received_at)
    source = f"{call.service}.amazonaws.com"
    body = {
        **event_head(call.request.client_address, call.request.header("user-agent") or "", region),
        "userIdentity": _identity(caller) if caller else _unproven(presented_key),
        "eventTime": moment_text(call.received_at),
        "eventSource": source,
        "eventName": call.operation,
        **({"errorCode": fault.code, "errorMessage": fault.message} if fault else {}),
        "requestParameters": plain(parameters) if parameters else None,
        "responseElements": plain(output) if output else None,
        **({"additionalEventData": {"authorization": [_decision(each) for each in decided]}} if decided else {}),
        "requestID": call.request_id,
        "eventID": event_id,
        "readOnly": read_only,
        "eventType": "AwsApiCall",
        **({"sessionCredentialFromConsole": "true"} if _is_from_console(caller) else {}),
        "managementEvent": True,
        "recipientAccountId": account,
        "eventCategory": "Management",
    }
    return AuditEvent(
        account=account,
        event_id=event_id,
        time=call.received_at,
        source=source,
        name=call.operation,
        user_name=_user_name(caller) if caller else None,
        principal_id=(caller.identity_id or None) if caller else None,
        access_key_id=caller.access_key_id if caller else presented_key,
        error_code=fault.code if fault else None,
        read_only=read_only,
        body=body,
    )


def event_head(address: str, user_agent: str, region: str = "us-east-1") -> dict[str, Any]:
    """Return what every event begins with: its version, and where and what it came from."""
    return {
        "eventVersion": _EVENT_VERSION,
        "awsRegion": region,
        "sourceIPAddress": address,
        "userAgent": user_agent[:_LONGEST_USER_AGENT],
    }


def _is_from_console(caller: Caller | None) -> bool:
    return bool(caller and caller.session and caller.session.sign_in_id)


def _identity(caller: Caller) -> dict[str, Any]:
    if caller.federation:
        return {
            "type": caller.kind.value,
            "principalId": caller.unique_id,
            "userName": caller.name,
            "identityProvider": caller.federation.provider,
        }
    identity: dict[str, Any] = {
        "type": caller.kind.value,
        "principalId": caller.unique_id,
        "arn": caller.arn,
        "accountId": caller.account,
        "accessKeyId": caller.access_key_id,
    }
    if caller.kind is CallerKind.USER:
        identity["userName"] = caller.name
    session = caller.session
    if session is not None:
        identity["sessionContext"] = {
            **(
                {
                    "sessionIssuer": {
                        "type": _issuer_type(caller),
                        "principalId": session.issuer_id,
                        "arn": session.issuer_arn,
                        "accountId": caller.account,
                        "userName": caller.name,
                    }
                }
                if session.issuer_id
                else {}
            ),
            "attributes": {
                "creationDate": moment_text(session.issued_at),
                "mfaAuthenticated": "true" if session.mfa_authenticated_at else "false",
            },
            **({"sourceIdentity": session.source_identity} if session.source_identity else {}),
        }
    return identity


def _decision(decided: Decided) -> dict[str, Any]:
    return {
        "action": decided.action,
        "resource": decided.resource,
        "decision": decided.effect,
        **({"by": list(decided.by)} if decided.by else {}),
    }


def _issuer_type(caller: Caller) -> str:
    if caller.kind is CallerKind.ASSUMED_ROLE:
        return "Role"
    return CallerKind.ROOT.value if caller.identity_id == caller.account else CallerKind.USER.value


def _unproven(presented_key: str | None) -> dict[str, Any]:
    return {"type": "Unknown", **({"accessKeyId": presented_key} if presented_key else {})}


def _user_name(caller: Caller) -> str | None:
    if caller.kind is CallerKind.ROOT:
        return "root"
    return caller.session.name if caller.session and caller.session.name else caller.name


def moment_text(moment: datetime) -> str:
    """Return a time as events have it."""
    return f"{moment.isoformat()[:_SECONDS]}Z"


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it, its keys beginning in lower case as CloudTrail writes them."""
    match value:
        case Mapping():
            return {key[:1].lower() + key[1:]: plain(member) for key, member in value.items()}
        case list() | tuple():
            return [plain(member) for member in value]
        case datetime():
            return moment_text(value)
        case bytes():
            return base64.b64encode(value).decode()
        case str() if len(value) > _LONGEST_TEXT:
            return f"{value[:_LONGEST_TEXT]}…"
        case _:
            return value
