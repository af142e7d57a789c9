"""Who asks: the facts about a caller that a `Principal` element can name.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from dataclasses import dataclass
from enum import Enum

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


# A tuple, not a set: its members are found by identity, which is faster than hashing an enum.
_WITH_POLICIES = (PrincipalKind.ROOT, PrincipalKind.USER, PrincipalKind.ROLE_SESSION, PrincipalKind.FEDERATED_USER)


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

    @property
    def has_policies(self) -> bool:
        """It is an identity of some account, so identity-based policies say what it may do."""
        return self.kind in _WITH_POLICIES

    @property
    def has_root_permissions(self) -> bool:
        """It is a root user or was federated by one; identity-based policies and boundaries do not bind it.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
        """
        if self.kind is PrincipalKind.FEDERATED_USER:
            return self.issuer_arn is not None and ROOT_ARN.fullmatch(self.issuer_arn) is not None
        return self.kind is PrincipalKind.ROOT
