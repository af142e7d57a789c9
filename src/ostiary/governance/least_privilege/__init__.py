"""What principals used of what they may do: the policy that would have been enough, and what could be taken away."""

from ostiary.governance.least_privilege.activity import (
    TAKE_NO_PERMISSION,
    Activity,
    Permission,
    TooMuchUsedError,
    read_activity,
)
from ostiary.governance.least_privilege.generate import GeneratedPolicies, generate_policies
from ostiary.governance.least_privilege.principals import find_principal, list_principals
from ostiary.governance.least_privilege.unused import (
    UnusedAccess,
    UnusedAction,
    UnusedKind,
    UnusedService,
    find_unused,
)

__all__ = [
    "TAKE_NO_PERMISSION",
    "Activity",
    "GeneratedPolicies",
    "Permission",
    "TooMuchUsedError",
    "UnusedAccess",
    "UnusedAction",
    "UnusedKind",
    "UnusedService",
    "find_principal",
    "find_unused",
    "generate_policies",
    "list_principals",
    "read_activity",
]
