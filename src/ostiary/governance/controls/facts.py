"""All that a control may look at: one account, as it is at one moment.

Facts come from the state (`from_directory`) or from exported files (`from_files`). What a source does not tell is
`Untold`, which `told` refuses: no control can take it for good news.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from ostiary.values.arn import root_arn
from ostiary.values.identifiers import AccountId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Untold:
    """In the place of what the source of the facts does not tell."""

    what: str
    """Such as `the password policy`."""
    command: str
    """What would tell it, such as `aws iam get-account-password-policy`."""


class NotToldError(Exception):
    """A control asked for what the source of the facts does not tell."""

    def __init__(self, untold: Untold) -> None:
        super().__init__(f"{untold.what} is not known; `{untold.command}` tells it")


def told(fact: T | Untold) -> T:
    """Return a fact.

    Raises:
        NotToldError: the source does not tell it.
    """
    if isinstance(fact, Untold):
        raise NotToldError(fact)
    return fact


@dataclass(frozen=True, slots=True)
class PasswordFacts:
    """A console password."""

    changed_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """An access key."""

    number: int
    """1 or 2, as in the credential report."""
    active: bool
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """The credentials of a user."""

    password: PasswordFacts | None
    has_mfa: bool
    """At least one device of any kind is enabled."""
    has_virtual_mfa: bool | Untold
    """One of the devices shows one-time codes, so that its seed could be copied; passkeys and security keys do not."""
    keys: tuple[KeyFacts, ...]

    @property
    def active_keys(self) -> tuple[KeyFacts, ...]:
        """The keys that can be used."""
        return tuple(key for key in self.keys if key.active)


@dataclass(frozen=True, slots=True)
class RootFacts:
    """The root user."""

    has_password: bool | Untold
    """False where an organisation has taken the root user's credentials away."""
    has_access_key: bool | Untold
    """There is one, active or not."""
    has_signing_certificate: bool | Untold
    """There is one, active or not."""
    has_mfa: bool | Untold
    has_virtual_mfa: bool | Untold
    last_used_at: datetime | Untold | None
    """When the password or a key was last used; None for never."""


@dataclass(frozen=True, slots=True)
class InlinePolicy:
    """A policy that is part of a user, group or role."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class UserFacts:
    """A user."""

    arn: str
    name: str
    created_at: datetime
    tags: Mapping[str, str]
    groups: tuple[str, ...]
    """Names of the groups that the user is in."""
    inline: tuple[InlinePolicy, ...]
    attached: tuple[str, ...]
    """ARNs of managed policies."""
    credentials: CredentialFacts | Untold


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group."""

    arn: str
    name: str
    inline: tuple[InlinePolicy, ...]
    attached: tuple[str, ...]
    """ARNs of managed policies."""


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role."""

    arn: str
    name: str
    created_at: datetime
    trust_policy: str
    tags: Mapping[str, str]
    inline: tuple[InlinePolicy, ...]
    attached: tuple[str, ...]
    """ARNs of managed policies."""
    last_used_at: datetime | None
    is_service_linked: bool
    """A service of AWS's keeps it: nobody in the account can change it."""


@dataclass(frozen=True, slots=True)
class ManagedPolicyFacts:
    """A managed policy: one of the account's own, or one of AWS's that somebody has."""

    arn: str
    name: str
    document: str
    """Of the default version."""
    attachments: int
    """How many users, groups and roles it gives permissions to."""
    boundaries: int
    """How many users and roles it is the permissions boundary of."""

    @property
    def only_bounds(self) -> bool:
        """It is a permissions boundary and gives nobody anything."""
        return bool(self.boundaries) and not self.attachments


@dataclass(frozen=True, slots=True)
class PasswordPolicyFacts:
    """What the account asks of its users' passwords."""

    minimum_length: int
    require_symbols: bool
    require_numbers: bool
    require_uppercase: bool
    require_lowercase: bool
    max_age: int | None
    """Days; None when passwords do not expire."""
    reuse_prevention: int | None
    """How many former passwords may not be used again."""


@dataclass(frozen=True, slots=True)
class ServerCertificateFacts:
    """A server certificate."""

    arn: str
    expires_at: datetime
    tags: Mapping[str, str] | Untold


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """A SAML or OpenID Connect identity provider."""

    arn: str
    tags: Mapping[str, str] | Untold


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account at one moment."""

    account: AccountId
    now: datetime
    """When the facts were so; ages are counted to here."""
    root: RootFacts
    users: tuple[UserFacts, ...]
    groups: tuple[GroupFacts, ...]
    roles: tuple[RoleFacts, ...]
    policies: tuple[ManagedPolicyFacts, ...]
    """The account's own managed policies."""
    aws_policies: tuple[ManagedPolicyFacts, ...]
    """Those of AWS's managed policies that somebody has."""
    password_policy: PasswordPolicyFacts | Untold | None
    """None where the account has set none."""
    server_certificates: tuple[ServerCertificateFacts, ...] | Untold
    saml_providers: tuple[ProviderFacts, ...] | Untold
    oidc_providers: tuple[ProviderFacts, ...] | Untold

    @property
    def arn(self) -> str:
        """The account's ARN as a resource."""
        return root_arn(self.account)

    def members_of(self, group: GroupFacts) -> tuple[UserFacts, ...]:
        """Return the users in a group."""
        return tuple(user for user in self.users if group.name in user.groups)
