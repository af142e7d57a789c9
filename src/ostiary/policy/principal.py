"""Who asks: the facts about a caller that a `Principal` element can name.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from dataclasses import dataclass, field
from enum import Enum, IntEnum

ROOT_ARN = re.compile(r"arn:aws[a-z-]*:iam::(?P<account>[0-9]{12}):root", re.ASCII)
"""The root user's ARN, which in a `Principal` element stands for the whole account."""


class PrincipalKind(Enum):
    """The kinds of principal a request can come from."""

    ROOT = "root user"
    USER = "IAM user"
    ROLE_SESSION = "role session"
    FEDERATED_USER = "federated user session"
    SERVICE = "AWS service"
    FEDERATED = "federated principal"
    ANONYMOUS = "anonymous user"


class Standing(IntEnum):
    """Which kinds of policy bind a principal; a number, since the tables of a decision are looked up by it."""

    IDENTITY = 0
    """A user, a role or a session of theirs: every kind does."""
    ROOT = 1
    """A root user, or a session federated by one: no identity-based policy and no boundary does."""
    SERVICE_LINKED = 2
    """A service-linked role: no organisation's control policy does."""
    OUTSIDER = 3
    """A service, a federated principal, anybody at all: only the resource's side can allow."""


_WITH_POLICIES = (PrincipalKind.ROOT, PrincipalKind.USER, PrincipalKind.ROLE_SESSION, PrincipalKind.FEDERATED_USER)
_SERVICE_LINKED = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/aws-service-role/", re.ASCII)


@dataclass(frozen=True, slots=True)
class Principal:
    """The maker of a request."""

    kind: PrincipalKind
    arn: str = ""
    """The caller's ARN; for a role session the session's (`arn:aws:sts::…:assumed-role/…`). For a service its name
    (`ec2.amazonaws.com`), for a federated principal its provider: a SAML or OIDC provider's ARN, or a domain name."""
    account: str = ""
    """The caller's account; empty for those who have none."""
    issuer_arn: str | None = None
    """For a role session the role's ARN; for a federated user session that of the user who federated."""
    unique_id: str | None = None
    """The user's `AIDA…`."""
    issuer_id: str | None = None
    """For a role session the role's `AROA…`; for a federated user session the user's `AIDA…`."""
    canonical_id: str | None = None
    """The account's canonical user ID, where the service knows such."""
    standing: Standing = field(init=False, repr=False)
    """Which kinds of policy bind it."""
    has_policies: bool = field(init=False, repr=False)
    """It is an identity of some account, so identity-based policies say what it may do."""

    def __post_init__(self) -> None:
        standing = _standing(self)
        # A frozen dataclass leaves no other way to derive a field from the others.
        object.__setattr__(self, "standing", standing)
        object.__setattr__(self, "has_policies", standing is not Standing.OUTSIDER)


def _standing(principal: Principal) -> Standing:
    """Return which kinds of policy bind a principal.

    Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html,
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html and
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    if principal.kind is PrincipalKind.USER:
        return Standing.IDENTITY
    if principal.kind not in _WITH_POLICIES:
        return Standing.OUTSIDER
    issuer = principal.issuer_arn or ""
    if principal.kind is PrincipalKind.ROOT:
        return Standing.ROOT
    if principal.kind is PrincipalKind.FEDERATED_USER and ROOT_ARN.fullmatch(issuer):
        return Standing.ROOT
    if principal.kind is PrincipalKind.ROLE_SESSION and _SERVICE_LINKED.match(issuer):
        return Standing.SERVICE_LINKED
    return Standing.IDENTITY
