"""The record of every call: what an event says, and how it is written and found."""

from ostiary.audit.background_event import BACKGROUND, describe_deed
from ostiary.audit.errors import AuditError, TrailDamaged
from ostiary.audit.event import AuditEvent, describe_call
from ostiary.audit.find import find_events
from ostiary.audit.key_services import ServiceUse, find_key_services
from ostiary.audit.last_accessed import Access, find_last_accesses, find_region
from ostiary.audit.look_up import EventPage, RecordedEvent, Sought, look_up_events
from ostiary.audit.prune import Pruned, prune_portion
from ostiary.audit.refusals import count_refusals
from ostiary.audit.resources import Resource
from ostiary.audit.resume import resume_trail
from ostiary.audit.sign_in_event import SignInParty, describe_sign_in
from ostiary.audit.verify import BEGINNING, Broken, How, Place, Verdict, trail_accounts, verify_trail
from ostiary.audit.write import write_events

__all__ = [
    "BACKGROUND",
    "BEGINNING",
    "Access",
    "AuditError",
    "AuditEvent",
    "Broken",
    "EventPage",
    "How",
    "Place",
    "Pruned",
    "RecordedEvent",
    "Resource",
    "ServiceUse",
    "SignInParty",
    "Sought",
    "TrailDamaged",
    "Verdict",
    "count_refusals",
    "describe_call",
    "describe_deed",
    "describe_sign_in",
    "find_events",
    "find_key_services",
    "find_last_accesses",
    "find_region",
    "look_up_events",
    "prune_portion",
    "resume_trail",
    "trail_accounts",
    "verify_trail",
    "write_events",
]
