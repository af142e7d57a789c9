"""What IAM asks of a policy beyond its syntax: the rules, in IAM's order, each with IAM's sentence.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html and, for sentences and order,
what people have met at IAM.
"""

import re
from collections.abc import Iterable, Sequence

from ostiary.policy.document import PolicyKind, Statement
from ostiary.policy.errors import MalformedPolicy
from ostiary.policy.match import find_operator, is_date
from ostiary.policy.rules_principal import check_principal
from ostiary.policy.rules_resource import fails_legacy_parsing, find_resource_fault

LEGACY_PARSING = "The policy failed legacy parsing"

_SID = re.compile(r"[0-9A-Za-z]*", re.ASCII)
_VENDOR = re.compile(r"[a-zA-Z0-9.-]*", re.ASCII)
_STS = "sts:"


def check_rules(statements: Sequence[Statement], kind: PolicyKind) -> None:
    """Return when the statements keep the rules for their kind.

    Raises:
        MalformedPolicy: they do not; the first rule broken gives the message.
    """
    if any(not is_date(value) for value in _date_values(statements)):
        raise MalformedPolicy(LEGACY_PARSING)
    # IAM names a fault in a resource only when it finds none of the next rules broken.
    resource_fault = None if kind is PolicyKind.TRUST else _resource_fault(statements)
    _check_sids(statements, kind)
    if any(not statement.actions.values for statement in statements):
        raise MalformedPolicy("Policy statement must contain actions.")
    if resource_fault is not None:
        raise MalformedPolicy(resource_fault)
    if kind not in (PolicyKind.TRUST, PolicyKind.RESOURCE) and any(not _values(statement) for statement in statements):
        raise MalformedPolicy("Policy statement must contain resources.")
    for statement in statements:
        _check_actions(statement.actions.values)
    for statement in statements:
        check_principal(statement.principal, kind)
    if kind is PolicyKind.TRUST:
        _check_trust(statements)


def _date_values(statements: Iterable[Statement]) -> Iterable[str]:
    for statement in statements:
        for condition in statement.conditions:
            operator = find_operator(condition.operator)
            if operator is not None and operator.takes_dates:
                yield from condition.values


def _resource_fault(statements: Iterable[Statement]) -> str | None:
    """Return what is wrong with the first faulty resource, or None.

    Raises:
        MalformedPolicy: a statement without such a fault fails legacy parsing.
    """
    first_fault = None
    for statement in statements:
        values = _values(statement)
        fault = next((fault for value in sorted(values) if (fault := find_resource_fault(value))), None)
        if fault is None and any(map(fails_legacy_parsing, values)):
            raise MalformedPolicy(LEGACY_PARSING)
        first_fault = first_fault or fault
    return first_fault


def _values(statement: Statement) -> tuple[str, ...]:
    return statement.resources.values if statement.resources else ()


def _check_sids(statements: Iterable[Statement], kind: PolicyKind) -> None:
    sids = [statement.sid for statement in statements if statement.sid]
    if len(set(sids)) < len(sids):
        raise MalformedPolicy("Statement IDs (SID) in a single policy must be unique.")
    # Services with resource-based policies of their own are freer: S3 and SNS allow spaces.
    if kind is not PolicyKind.RESOURCE and not all(map(_SID.fullmatch, sids)):
        raise MalformedPolicy(
            "Statement IDs (SID) must be alpha-numeric. "
            "Check that your input satisfies the regular expression [0-9A-Za-z]*"
        )


def _check_actions(actions: Iterable[str]) -> None:
    for action in actions:
        if action == "*":
            continue
        vendor, colon, name = action.partition(":")
        if not colon:
            raise MalformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
        if ":" in name:
            raise MalformedPolicy("Actions/Condition can contain only one colon.")
        if vendor != "*" and not _VENDOR.fullmatch(vendor):
            raise MalformedPolicy(f"Vendor {vendor} is not valid")


def _check_trust(statements: Iterable[Statement]) -> None:
    for statement in statements:
        if statement.actions.negated or not all(action.lower().startswith(_STS) for action in statement.actions.values):
            raise MalformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.")
    if any(statement.resources is not None for statement in statements):
        raise MalformedPolicy("Has prohibited field Resource")
