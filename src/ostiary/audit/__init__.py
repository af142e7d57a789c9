"""The record of every call: what an event says, and how it is written and found."""

from ostiary.audit.event import AuditEvent, describe_call
from ostiary.audit.find import find_events
from ostiary.audit.last_accessed import Access, find_last_accesses, find_region
from ostiary.audit.refusals import count_refusals
from ostiary.audit.write import write_events

__all__ = [
    "Access",
    "AuditEvent",
    "count_refusals",
    "describe_call",
    "find_events",
    "find_last_accesses",
    "find_region",
    "write_events",
]
