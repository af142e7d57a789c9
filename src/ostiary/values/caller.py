"""Who is calling, once that is proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from ostiary.values.identifiers import AccessKeyId, AccountId


class CallerKind(Enum):
    """The kinds of principal that can sign a call; the values are CloudTrail's `userIdentity.type`."""

    ROOT = "Root"
    USER = "IAMUser"
    ASSUMED_ROLE = "AssumedRole"
    FEDERATED_USER = "FederatedUser"
    WEB_IDENTITY_USER = "WebIdentityUser"
    SAML_USER = "SAMLUser"


@dataclass(frozen=True, slots=True)
class Federation:
    """What an identity provider says of a caller who signs nothing, once its token or assertion is proven."""

    provider: str
    """The ARN of the OIDC or SAML provider."""
    claims: Mapping[str, str | tuple[str, ...]]
    """Condition keys from the token: `accounts.example.com:sub`, `saml:aud`."""
    tags: Mapping[str, str]
    """Session tags that the token carries."""
    transitive_tag_keys: tuple[str, ...] = ()
    source_identity: str | None = None
    session_name: str | None = None
    """The role session name that an assertion carries."""
    expires_at: datetime | None = None
    """When the session must end at the latest, if the provider says so."""


@dataclass(frozen=True, slots=True)
class Session:
    """What temporary credentials carry beyond the identity behind them."""

    issued_at: datetime
    expires_at: datetime
    mfa_authenticated_at: datetime | None = None
    issuer_arn: str | None = None
    """The role's ARN for a role session, the user's for a federated user."""
    issuer_id: str | None = None
    """The unique ID of the role (`AROA…`), or of the user who federated (`AIDA…`; the account's for its root user)."""
    name: str | None = None
    """The role session name or federated user name."""
    policies: tuple[str, ...] = ()
    """Session policy documents passed inline."""
    policy_arns: tuple[str, ...] = ()
    """Managed policies passed as session policies."""
    tags: Mapping[str, str] | None = None
    transitive_tag_keys: tuple[str, ...] = ()
    source_identity: str | None = None
    chained: bool = False
    """The session was obtained by another role session; AWS limits such a chain to an hour."""
    federated_provider: str | None = None
    """The provider that vouched for who assumed the role: `aws:FederatedProvider`."""
    sign_in_id: str | None = None
    """The sign-in that the credentials came of: they are good for as long as it lasts."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A proven principal."""

    kind: CallerKind
    account: AccountId
    arn: str
    """As GetCallerIdentity gives it, such as `arn:aws:sts::111122223333:assumed-role/Deploy/ci`."""
    unique_id: str
    """`aws:userid`: `AIDA…`, `AROA…:session`, `ACCOUNT:name` for a federated user, the account ID for the root user."""
    access_key_id: AccessKeyId | None
    """None for who signs nothing."""
    name: str | None = None
    """The user's or the role's friendly name; None for the root user."""
    session: Session | None = None
    """Present when the call is signed with temporary credentials."""
    federation: Federation | None = None
    """Present when the call is not signed, but carries a token or an assertion."""

    @property
    def identity_id(self) -> str:
        """The unique ID of the user or role behind the caller, whatever the session: what policies and tags hang on.

        The account's ID stands for its root user; nothing hangs on who only carries a provider's token.
        """
        if self.kind is CallerKind.FEDERATED_USER and self.session and self.session.issuer_id:
            return self.session.issuer_id
        return "" if self.federation else self.unique_id.partition(":")[0]
