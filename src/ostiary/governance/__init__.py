"""Reports on an account: what credentials there are, and what is used of what was granted."""

from ostiary.governance.credential_report import credential_report
from ostiary.governance.granted import granted_actions, granted_services
from ostiary.governance.last_accessed import (
    AccessedAction,
    AccessedService,
    Accessor,
    access_report,
    read_entities,
    read_services,
)

__all__ = [
    "AccessedAction",
    "AccessedService",
    "Accessor",
    "access_report",
    "credential_report",
    "granted_actions",
    "granted_services",
    "read_entities",
    "read_services",
]
