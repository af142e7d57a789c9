"""How much of each thing there may be.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import bindparam, delete, insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import LimitExceeded, Quota
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

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
        Quota.TAGS_PER_INSTANCE_PROFILE: 50,
        Quota.TAGS_PER_MFA_DEVICE: 50,
        Quota.TAGS_PER_OIDC_PROVIDER: 50,
        Quota.TAGS_PER_SAML_PROVIDER: 50,
        Quota.TAGS_PER_SERVER_CERTIFICATE: 50,
        Quota.MFA_DEVICES: 5000,
        Quota.MFA_DEVICES_PER_USER: 8,
        Quota.SSH_PUBLIC_KEYS_PER_USER: 5,
        Quota.SIGNING_CERTIFICATES_PER_USER: 2,
        Quota.SERVICE_CREDENTIALS_PER_USER: 2,
        Quota.SERVER_CERTIFICATES: 20,
        Quota.INSTANCE_PROFILES: 1000,
        Quota.ROLES_PER_INSTANCE_PROFILE: 1,
        Quota.OIDC_PROVIDERS: 100,
        Quota.CLIENT_IDS_PER_OIDC_PROVIDER: 100,
        Quota.THUMBPRINTS_PER_OIDC_PROVIDER: 5,
        Quota.SAML_PROVIDERS: 100,
        Quota.KEYS_PER_SAML_PROVIDER: 2,
        Quota.POLICY_SIZE: 6144,
        Quota.USER_POLICY_SIZE: 2048,
        Quota.GROUP_POLICY_SIZE: 5120,
        Quota.ROLE_POLICY_SIZE: 10240,
        Quota.ASSUME_ROLE_POLICY_SIZE: 2048,
    }
)
"""Sizes are in characters without white space; all else is a count."""


ADJUSTABLE = frozenset(
    {
        Quota.USERS,
        Quota.GROUPS,
        Quota.ROLES,
        Quota.POLICIES,
        Quota.ATTACHED_POLICIES_PER_USER,
        Quota.ATTACHED_POLICIES_PER_GROUP,
        Quota.ATTACHED_POLICIES_PER_ROLE,
        Quota.ASSUME_ROLE_POLICY_SIZE,
        Quota.INSTANCE_PROFILES,
        Quota.MFA_DEVICES,
        Quota.SERVER_CERTIFICATES,
        Quota.OIDC_PROVIDERS,
        Quota.SAML_PROVIDERS,
    }
)
"""What an operator may grant more or less of; the others are fixed, as AWS's are."""

_quotas = schema.quotas

# On every creation's way, so built once.
_GRANTED = select(_quotas.c.value).where(
    _quotas.c.account_id == bindparam("account"), _quotas.c.quota == bindparam("quota")
)

_WHITE_SPACE = str.maketrans("", "", " \t\r\n")


def policy_size(document: str) -> int:
    """Return a document's size as IAM counts it: characters, white space left out."""
    return len(document.translate(_WHITE_SPACE))


def set_quota(directory: Directory, account: AccountId, quota: Quota, value: int) -> None:
    """Grant the account `value` of something, in place of what it may have; what it has already stays."""
    is_it = (_quotas.c.account_id == account) & (_quotas.c.quota == quota.value)
    directory.connection.execute(delete(_quotas).where(is_it))
    directory.connection.execute(insert(_quotas).values(account_id=account, quota=quota.value, value=value))


def quota_of(directory: Directory, account: AccountId, quota: Quota) -> int:
    """Return how much of something the account may have: what it was granted, else AWS's default."""
    granted = directory.connection.scalar(_GRANTED, {"account": account, "quota": quota.value})
    return AWS_DEFAULTS[quota] if granted is None else int(granted)


def require_room(directory: Directory, account: AccountId, quota: Quota, wanted: int, name: str = "") -> None:
    """Check that `wanted` of something is within the account's quota.

    Raises:
        LimitExceeded: it is not; the error names `name` as the one whose quota it is.
    """
    limit = quota_of(directory, account, quota)
    if wanted > limit:
        raise LimitExceeded(quota, limit, name)
