"""Auditors have a role that can look and not touch."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts

_POLICY = "arn:aws:iam::aws:policy/SecurityAudit"


def _check(facts: AccountFacts) -> Iterator[Result]:
    holder = next((role.arn for role in facts.roles if _POLICY in role.attached), None)
    reason = f"SecurityAudit is attached to {holder}" if holder else "SecurityAudit is attached to no role"
    yield judge(facts.arn, ACCOUNT, passed=holder is not None, reason=reason)


CONTROL = Control(
    key="security-audit-role-created",
    title="There should be a role for security audits",
    severity=Severity.LOW,
    resource_type=ACCOUNT,
    description="Whether SecurityAudit is attached to a role, so that auditors need no more than that.",
    remediation="aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/SecurityAudit",
    check=_check,
)
