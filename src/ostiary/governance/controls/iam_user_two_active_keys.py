"""Nobody has more access keys than one rotates."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told

_ONE = 1


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        count = len(told(user.credentials).active_keys)
        reason = f"it has {count or 'no'} active access key{'' if count == _ONE else 's'}"
        yield judge(user.arn, USER, passed=count <= _ONE, reason=reason)


CONTROL = Control(
    key="iam-user-two-active-keys",
    title="Users should have one active access key",
    severity=Severity.MEDIUM,
    resource_type=USER,
    description="Whether a user has at most one active access key; a second is for the days of a rotation.",
    remediation="aws iam update-access-key --user-name USER --access-key-id ID --status Inactive",
    check=_check,
)
