"""A control: a rule that accounts are held to, with what it is called elsewhere, and what comes of asking it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from ostiary.governance.controls.facts import AccountFacts

ACCOUNT = "AWS::::Account"
USER = "AWS::IAM::User"
GROUP = "AWS::IAM::Group"
ROLE = "AWS::IAM::Role"
POLICY = "AWS::IAM::Policy"
SERVER_CERTIFICATE = "AWS::IAM::ServerCertificate"
SAML_PROVIDER = "AWS::IAM::SAMLProvider"
OIDC_PROVIDER = "AWS::IAM::OIDCProvider"
"""Types of resources, as AWS Config and Security Hub's documentation name them."""


class Severity(Enum):
    """How grave a failure is, by Security Hub's labels; the gravest comes first."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    INFORMATIONAL = "INFORMATIONAL"

    @property
    def rank(self) -> int:
        """Zero for the gravest, and up."""
        return list(Severity).index(self)


class Status(Enum):
    """What a control says of a resource, by Security Hub's words."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_AVAILABLE = "NOT_AVAILABLE"
    """It cannot be said: the facts are missing."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a control says of one resource; it says one thing of each."""

    resource_arn: str
    resource_type: str
    """Such as `AWS::IAM::User`."""
    status: Status
    reason: str
    """A sentence's worth, without a full stop."""


@dataclass(frozen=True, slots=True)
class Control:
    """A rule that accounts are held to."""

    key: str
    """In kebab case; AWS Config's name of the rule where it has one."""
    title: str
    severity: Severity
    resource_type: str
    """What it looks at; with several, the first that Security Hub lists."""
    description: str
    """What it checks."""
    remediation: str
    """How to mend it, with the command."""
    check: Callable[[AccountFacts], Iterable[Result]] = field(repr=False)
    """Says of each resource whether it keeps the rule; raises `NotToldError` when the facts do not tell."""
    security_hub: str | None = None
    """Security Hub's ID, such as `IAM.3`."""
    config_rule: str | None = None
    """The identifier of AWS Config's managed rule, such as `ACCESS_KEYS_ROTATED`."""
    requirements: tuple[str, ...] = ()
    """Of standards, as Security Hub's documentation writes them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a control said of a resource of an account."""

    control: Control
    resource_arn: str
    resource_type: str
    status: Status
    reason: str


def judge(arn: str, resource_type: str, *, passed: bool, reason: str) -> Result:
    """Return what a control says of a resource that it can judge."""
    return Result(arn, resource_type, Status.PASSED if passed else Status.FAILED, reason)
