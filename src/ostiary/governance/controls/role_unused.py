"""Roles are used."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts

_DAYS = 90


def _check(facts: AccountFacts) -> Iterator[Result]:
    for role in facts.roles:
        if not role.is_service_linked:
            idle = (facts.now - (role.last_used_at or role.created_at)).days
            passed = idle < _DAYS
            reason = f"it was used or made within {_DAYS} days" if passed else f"it was not used for {idle} days"
            yield judge(role.arn, ROLE, passed=passed, reason=reason)


CONTROL = Control(
    key="role-unused",
    title="Roles unused for 90 days should be removed",
    severity=Severity.LOW,
    resource_type=ROLE,
    description="Whether a role was used, or made, within the last 90 days. Service-linked roles are not looked at.",
    remediation="aws iam delete-role --role-name ROLE",
    check=_check,
)
