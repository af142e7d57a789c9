"""The record of every call: what an event says, and how it is written and found."""

from ostiary.audit.background_event import BACKGROUND, describe_deed
from ostiary.audit.deeds import recorded_deeds
from ostiary.audit.digest import (
    LogFile,
    SignedDigest,
    digest_bytes,
    digest_content,
    digest_folder,
    digest_name,
    log_content,
    log_folder,
    log_name,
    sha256_of,
    string_to_sign,
)
from ostiary.audit.errors import AuditError, TrailDamaged
from ostiary.audit.event import AuditEvent, describe_call
from ostiary.audit.find import find_events
from ostiary.audit.kept import KeptEvent, kept_events
from ostiary.audit.key_services import ServiceUse, find_key_services
from ostiary.audit.last_accessed import Access, find_last_accesses, find_region
from ostiary.audit.look_up import EventPage, RecordedEvent, Sought, look_up_events
from ostiary.audit.prune import Pruned, prune_portion
from ostiary.audit.read import PlacedEvent, last_place, next_events, places_within
from ostiary.audit.refusals import count_refusals
from ostiary.audit.resources import Resource
from ostiary.audit.resume import resume_trail
from ostiary.audit.sign_in_event import SignInParty, describe_sign_in
from ostiary.audit.signers import find_signer, make_signer
from ostiary.audit.trails import Trail, begin_trail, find_trail
from ostiary.audit.verify import BEGINNING, Broken, How, Place, Verdict, Walk, holds_place, trail_accounts, verify_trail
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
    "KeptEvent",
    "LogFile",
    "Place",
    "PlacedEvent",
    "Pruned",
    "RecordedEvent",
    "Resource",
    "ServiceUse",
    "SignInParty",
    "SignedDigest",
    "Sought",
    "Trail",
    "TrailDamaged",
    "Verdict",
    "Walk",
    "begin_trail",
    "count_refusals",
    "describe_call",
    "describe_deed",
    "describe_sign_in",
    "digest_bytes",
    "digest_content",
    "digest_folder",
    "digest_name",
    "find_events",
    "find_key_services",
    "find_last_accesses",
    "find_region",
    "find_signer",
    "find_trail",
    "holds_place",
    "kept_events",
    "last_place",
    "log_content",
    "log_folder",
    "log_name",
    "look_up_events",
    "make_signer",
    "next_events",
    "places_within",
    "prune_portion",
    "recorded_deeds",
    "resume_trail",
    "sha256_of",
    "string_to_sign",
    "trail_accounts",
    "verify_trail",
    "write_events",
]
