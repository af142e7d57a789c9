"""Groups have users."""

from collections.abc import Iterator

from ostiary.governance.controls.control import GROUP, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    inhabited = {name for user in facts.users for name in user.groups}
    for group in facts.groups:
        has_users = group.name in inhabited
        yield judge(group.arn, GROUP, passed=has_users, reason=f"it has {'' if has_users else 'no '}users")


CONTROL = Control(
    key="iam-group-has-users-check",
    title="Groups should have users",
    severity=Severity.LOW,
    config_rule="IAM_GROUP_HAS_USERS_CHECK",
    resource_type=GROUP,
    description="Whether every group has at least one user.",
    remediation="aws iam delete-group --group-name GROUP",
    check=_check,
)
