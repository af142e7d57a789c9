"""A policy as it is written: what `parse` makes and `compile` reads.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Version = Literal["2008-10-17", "2012-10-17"]

VERSION_WITH_VARIABLES: Version = "2012-10-17"
"""The version from which on `${…}` is a variable."""


class PolicyKind(Enum):
    """The places a policy can stand in; each has its own grammar and its own say in a decision."""

    IDENTITY = "identity-based policy"
    TRUST = "role trust policy"
    RESOURCE = "resource-based policy"
    BOUNDARY = "permissions boundary"
    SESSION = "session policy"
    SERVICE_CONTROL = "service control policy"
    RESOURCE_CONTROL = "resource control policy"

    @property
    def names_principals(self) -> bool:
        """Statements of this kind say whom they are about; those of the other kinds must not."""
        return self in (PolicyKind.TRUST, PolicyKind.RESOURCE, PolicyKind.RESOURCE_CONTROL)

    @property
    def guards_resource(self) -> bool:
        """A policy of this kind is the resource's own."""
        return self in (PolicyKind.RESOURCE, PolicyKind.TRUST)

    @property
    def controls_organisation(self) -> bool:
        """Policies of this kind are attached to an organisation's root, its units and accounts."""
        return self in (PolicyKind.SERVICE_CONTROL, PolicyKind.RESOURCE_CONTROL)

    @property
    def grants(self) -> bool:
        """An Allow in a policy of this kind can give access."""
        return self in (PolicyKind.IDENTITY, PolicyKind.RESOURCE, PolicyKind.TRUST)

    @property
    def limits(self) -> bool:
        """Policies of this kind grant nothing, they only hold in what identity-based policies grant."""
        return self in (PolicyKind.BOUNDARY, PolicyKind.SESSION)


NAMING_ORDER = (
    PolicyKind.RESOURCE_CONTROL,
    PolicyKind.SERVICE_CONTROL,
    PolicyKind.IDENTITY,
    PolicyKind.BOUNDARY,
    PolicyKind.SESSION,
    PolicyKind.RESOURCE,
    PolicyKind.TRUST,
)
"""Which kind of policy is named when several deny."""


class Effect(Enum):
    """What a statement does when it applies."""

    ALLOW = "Allow"
    DENY = "Deny"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The values of `Action` or `Resource`, or with `negated` of `NotAction` or `NotResource`."""

    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class PrincipalElement:
    """`Principal`, or with `negated` `NotPrincipal`; the values stand as they are written."""

    everyone: bool = False
    """Written as `"*"`, outside any of the four lists."""
    aws: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    canonical_user: tuple[str, ...] = ()
    negated: bool = False

    @property
    def listed(self) -> tuple[str, ...]:
        """The values of all four lists."""
        return (*self.aws, *self.service, *self.federated, *self.canonical_user)


@dataclass(frozen=True, slots=True)
class Condition:
    """One key under one operator; JSON numbers and booleans are kept as their text."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, its elements as written."""

    effect: Effect
    actions: Patterns
    resources: Patterns | None = None
    """None when the statement has no such element: it then speaks of the resource that the policy is attached to."""
    principal: PrincipalElement | None = None
    conditions: tuple[Condition, ...] = ()
    sid: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A policy that keeps the grammar of its kind."""

    kind: PolicyKind
    version: Version
    """`2008-10-17` when the document names none, as AWS has it."""
    statements: tuple[Statement, ...]
    policy_id: str | None = None

    @property
    def has_variables(self) -> bool:
        """Its version is one in which `${…}` is a variable."""
        return self.version == VERSION_WITH_VARIABLES


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Where a policy comes from, so that a decision can say so."""

    kind: PolicyKind
    policy_id: str
    """The ARN of a managed policy; for an inline policy, such as `inline` and its owner's ARN."""
    name: str


@dataclass(frozen=True, slots=True)
class StatementRef:
    """One statement of one policy."""

    source: PolicySource
    index: int
    """Counted from zero in the order of the document."""
    sid: str | None
