"""Reports on an account: what credentials there are, and what is used of what was granted."""

from ostiary.governance.credential_report import credential_report
from ostiary.governance.granted import granted_actions, granted_services
from ostiary.governance.key_age import enforce_key_limits, find_accounts_with_aged_keys, set_key_limits
from ostiary.governance.key_report import ReportedKey, report_keys
from ostiary.governance.last_accessed import (
    AccessedAction,
    AccessedService,
    Accessor,
    access_report,
    read_entities,
    read_services,
)
from ostiary.governance.recording import record_events

__all__ = [
    "AccessedAction",
    "AccessedService",
    "Accessor",
    "ReportedKey",
    "access_report",
    "credential_report",
    "enforce_key_limits",
    "find_accounts_with_aged_keys",
    "granted_actions",
    "granted_services",
    "read_entities",
    "read_services",
    "record_events",
    "report_keys",
    "set_key_limits",
]
