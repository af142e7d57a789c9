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


@dataclass(frozen=True, slots=True)
class Session:
    """What temporary credentials carry beyond the identity behind them."""

    issued_at: datetime
    expires_at: datetime
    mfa_authenticated_at: datetime | None = None
    issuer_arn: str | None = None
    """The role's ARN for a role session."""
    issuer_id: str | None = None
    """The role's unique ID (`AROA…`) for a role session."""
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


@dataclass(frozen=True, slots=True)
class Caller:
    """A proven principal."""

    kind: CallerKind
    account: AccountId
    arn: str
    """As GetCallerIdentity gives it, such as `arn:aws:sts::111122223333:assumed-role/Deploy/ci`."""
    unique_id: str
    """`aws:userid`: `AIDA…`, `AROA…:session`, or the account ID for the root user."""
    access_key_id: AccessKeyId
    name: str | None = None
    """The user's or the role's friendly name; None for the root user."""
    session: Session | None = None
    """Present when the call is signed with temporary credentials."""

    @property
    def identity_id(self) -> str:
        """The unique ID of the user or role behind the caller, whatever the session: what policies and tags hang on."""
        return self.unique_id.partition(":")[0]
