"""CloudTrail's operations: there is one, since the trail is there and on without anybody's doing."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.audit import RecordedEvent, look_up_events
from ostiary.directory.directory import Directory
from ostiary.services.cloudtrail.pages import next_token, requested_start
from ostiary.services.cloudtrail.sought import asks_for_insights, requested_events, requested_size
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]


def lookup_events(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the account's events that are looked for, the newest first.

    Raises:
        Fault: what is looked for, the page's size or its token is not such.
    """
    sought, size = requested_events(call.parameters), requested_size(call.parameters)
    before = requested_start(call, directory, sought)
    if asks_for_insights(call.parameters):
        return {"Events": []}
    page = look_up_events(directory.connection, call.account, sought, before=before, size=size)
    token = next_token(call, directory, sought, page.before) if page.before else None
    return {"Events": [_event_shape(event) for event in page.events], "NextToken": token}


def _event_shape(event: RecordedEvent) -> Output:
    return {
        "EventId": event.event_id,
        "EventName": event.name,
        "ReadOnly": "true" if event.read_only else "false",
        "AccessKeyId": event.access_key_id,
        "EventTime": event.time,
        "EventSource": event.source,
        "Username": event.user_name,
        "Resources": [{"ResourceType": one.kind, "ResourceName": one.name} for one in event.resources],
        "CloudTrailEvent": event.body,
    }


def _needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("cloudtrail:LookupEvents", "*")


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {"LookupEvents": Operation("cloudtrail", "LookupEvents", _needs, lookup_events, writes=False)}
)
"""Each operation served, by the name that the API gives it."""
