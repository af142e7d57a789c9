"""Users are in a group."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        reason = f"it is in {', '.join(user.groups)}" if user.groups else "it is in no group"
        yield judge(user.arn, USER, passed=bool(user.groups), reason=reason)


CONTROL = Control(
    key="iam-user-group-membership-check",
    title="Users should be in a group",
    severity=Severity.LOW,
    config_rule="IAM_USER_GROUP_MEMBERSHIP_CHECK",
    resource_type=USER,
    description="Whether every user is in at least one group.",
    remediation="aws iam add-user-to-group --group-name GROUP --user-name USER",
    check=_check,
)
