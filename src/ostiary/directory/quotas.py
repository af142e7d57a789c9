"""How much of each thing there may be.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.directory.errors import LimitExceeded, Quota

AWS_DEFAULTS: Mapping[Quota, int] = MappingProxyType(
    {
        Quota.ACCESS_KEYS_PER_USER: 2,
        Quota.GROUPS_PER_USER: 10,
        Quota.USERS: 5000,
        Quota.GROUPS: 300,
        Quota.ROLES: 1000,
        Quota.POLICIES: 1500,
        Quota.VERSIONS_PER_POLICY: 5,
        Quota.ATTACHED_POLICIES_PER_USER: 10,
        Quota.ATTACHED_POLICIES_PER_GROUP: 10,
        Quota.ATTACHED_POLICIES_PER_ROLE: 10,
        Quota.TAGS_PER_USER: 50,
        Quota.TAGS_PER_ROLE: 50,
        Quota.TAGS_PER_POLICY: 50,
        Quota.POLICY_SIZE: 6144,
        Quota.USER_POLICY_SIZE: 2048,
        Quota.GROUP_POLICY_SIZE: 5120,
        Quota.ROLE_POLICY_SIZE: 10240,
        Quota.ASSUME_ROLE_POLICY_SIZE: 2048,
    }
)
"""Sizes are in characters without white space; all else is a count."""


_WHITE_SPACE = str.maketrans("", "", " \t\r\n")


def policy_size(document: str) -> int:
    """Return a document's size as IAM counts it: characters, white space left out."""
    return len(document.translate(_WHITE_SPACE))


def require_room(quotas: Mapping[Quota, int], quota: Quota, wanted: int, name: str = "") -> None:
    """Check that `wanted` of something is within its quota.

    Raises:
        LimitExceeded: it is not; the error names `name` as the one whose quota it is.
    """
    if wanted > quotas[quota]:
        raise LimitExceeded(quota, quotas[quota], name)
