"""Access keys are made when they are needed, not with the user."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        credentials = told(user.credentials)
        never_used = [key for key in credentials.active_keys if key.last_used_at is None]
        faults = [f"access key {key.number} was never used" for key in never_used if credentials.password is not None]
        reason = f"it has a password, and {' and '.join(faults)}" if faults else "it has no access key only for show"
        yield judge(user.arn, USER, passed=not faults, reason=reason)


CONTROL = Control(
    key="iam-user-no-initial-access-key",
    title="Users with a password should have no unused access key",
    severity=Severity.MEDIUM,
    resource_type=USER,
    description="Whether a user with a console password has an active access key that was never used, as one has that "
    "was made along with the user.",
    remediation="aws iam delete-access-key --user-name USER --access-key-id ID",
    check=_check,
)
