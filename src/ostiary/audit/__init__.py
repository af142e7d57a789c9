"""The record of every call: what an event says, and how it is written and found."""

from ostiary.audit.event import AuditEvent, describe_call
from ostiary.audit.find import find_events
from ostiary.audit.last_accessed import Access, find_last_accesses, find_region
from ostiary.audit.look_up import EventPage, RecordedEvent, Sought, look_up_events
from ostiary.audit.refusals import count_refusals
from ostiary.audit.resources import Resource
from ostiary.audit.sign_in_event import SignInParty, describe_sign_in
from ostiary.audit.write import write_events

__all__ = [
    "Access",
    "AuditEvent",
    "EventPage",
    "RecordedEvent",
    "Resource",
    "SignInParty",
    "Sought",
    "count_refusals",
    "describe_call",
    "describe_sign_in",
    "find_events",
    "find_last_accesses",
    "find_region",
    "look_up_events",
    "write_events",
]
