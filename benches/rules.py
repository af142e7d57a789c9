"""Rules and requests in no engine's language: what workloads are made of and every engine gets a translation of.

The words are AWS's, as its language is the richest here; values are Python's own (an address is an address, a moment a
moment), so that each engine can be given the form that suits it best.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network
from typing import Any

ACCOUNT = "111122223333"
USER_NAME = "${aws:username}"
"""The one variable in use. Ostiary fills it in for each request; the others find the name already written there."""

Expected = str | bool | int | datetime | IPv4Network
Actual = str | bool | int | datetime | IPv4Address | tuple[str, ...]


class Relation(Enum):
    """What one value of a request is to be to one of a rule's."""

    EQUALS = "equals"
    LIKE = "like"
    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"
    ABSENT = "absent"


@dataclass(frozen=True)
class Operator:
    """What an operator's name says."""

    relation: Relation
    negated: bool = False
    when_missing: bool = False
    """Whether the condition is met when the request does not have the key."""
    every: bool | None = None
    """Whether all of the request's values must match, or one; None when it has a single value."""


OPERATORS = {
    "StringEquals": Operator(Relation.EQUALS),
    "StringEqualsIfExists": Operator(Relation.EQUALS, when_missing=True),
    "StringNotEquals": Operator(Relation.EQUALS, negated=True, when_missing=True),
    "StringLike": Operator(Relation.LIKE),
    "StringNotLike": Operator(Relation.LIKE, negated=True, when_missing=True),
    "ArnLike": Operator(Relation.LIKE),
    "ArnNotLike": Operator(Relation.LIKE, negated=True, when_missing=True),
    "IpAddress": Operator(Relation.INSIDE),
    "NotIpAddress": Operator(Relation.INSIDE, negated=True, when_missing=True),
    "Bool": Operator(Relation.EQUALS),
    "BoolIfExists": Operator(Relation.EQUALS, when_missing=True),
    "NumericLessThan": Operator(Relation.BELOW),
    "DateLessThan": Operator(Relation.BELOW),
    "DateGreaterThan": Operator(Relation.ABOVE),
    "Null": Operator(Relation.ABSENT),
    "ForAnyValue:StringEquals": Operator(Relation.EQUALS, every=False),
    "ForAllValues:StringEquals": Operator(Relation.EQUALS, when_missing=True, every=True),
}


@dataclass(frozen=True)
class Condition:
    operator: str
    key: str
    values: tuple[Expected, ...]

    @property
    def meaning(self) -> Operator:
        return OPERATORS[self.operator]


@dataclass(frozen=True)
class Rule:
    """One statement: it applies when action, resource and all conditions match."""

    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    not_actions: bool = False
    """It is about every action but those listed."""

    def as_statement(self, number: int) -> dict[str, Any]:
        """Return the rule as a statement of an AWS policy, named after its first action."""
        name = "".join(character for character in self.actions[0].title() if character.isalnum())
        statement: dict[str, Any] = {
            "Sid": f"{'Allow' if self.allows else 'Deny'}{name}{number}",
            "Effect": "Allow" if self.allows else "Deny",
            "NotAction" if self.not_actions else "Action": list(self.actions),
            "Resource": list(self.resources),
        }
        for condition in self.conditions:
            keys = statement.setdefault("Condition", {}).setdefault(condition.operator, {})
            keys[condition.key] = [as_text(value) for value in condition.values]
        return statement


@dataclass(frozen=True)
class Policy:
    name: str
    rules: tuple[Rule, ...]

    @cached_property
    def document(self) -> str:
        """The policy as AWS writes it, without white space."""
        statements = [rule.as_statement(number) for number, rule in enumerate(self.rules, 1)]
        return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))


@dataclass(frozen=True)
class User:
    """A principal and the policies that bind it."""

    name: str
    policies: tuple[Policy, ...]
    boundary: Policy | None = None
    levels: tuple[tuple[Policy, ...], ...] = ()
    """Service control policies, by level from the organisation's root to the account."""

    @property
    def arn(self) -> str:
        return f"arn:aws:iam::{ACCOUNT}:user/{self.name}"

    @cached_property
    def grants(self) -> tuple[Rule, ...]:
        """The user's own rules."""
        return _named([rule for policy in self.policies for rule in policy.rules], self.name)

    @cached_property
    def gates(self) -> tuple[tuple[Rule, ...], ...]:
        """The rules of the boundary and of each level: every one of these has to allow as well."""
        boundary = [self.boundary.rules] if self.boundary else []
        levels = [[rule for policy in level for rule in policy.rules] for level in self.levels]
        return tuple(_named(rules, self.name) for rules in [*boundary, *levels])

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*self.grants, *(rule for gate in self.gates for rule in gate))


@dataclass(frozen=True)
class Request:
    user: User
    action: str
    resource: str
    context: Mapping[str, Actual] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, str | tuple[str, ...]]:
        """The context as AWS has it: everything is text."""
        return {key: value if isinstance(value, tuple) else as_text(value) for key, value in self.context.items()}


@dataclass(frozen=True)
class Workload:
    name: str
    users: tuple[User, ...]
    requests: tuple[Request, ...]


def as_text(value: Expected | Actual) -> str:
    """Return a single value as AWS writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)


def allows_everything(rules: tuple[Rule, ...]) -> bool:
    """Return whether the rules let anything pass that they do not deny, as FullAWSAccess does."""
    everything = ("*",)
    return any(
        rule.allows and not rule.not_actions and not rule.conditions and rule.actions == rule.resources == everything
        for rule in rules
    )


def _named(rules: Sequence[Rule], name: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            rule.allows,
            rule.actions,
            tuple(resource.replace(USER_NAME, name) for resource in rule.resources),
            rule.conditions,
            rule.not_actions,
        )
        for rule in rules
    )
