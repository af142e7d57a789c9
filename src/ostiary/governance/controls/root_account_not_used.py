"""The root user is for what nobody else can do, so its use is to be noticed."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import cis

_DAYS = 1


def _check(facts: AccountFacts) -> Iterator[Result]:
    used_at = told(facts.root.last_used_at)
    if used_at is None:
        yield judge(facts.arn, ACCOUNT, passed=True, reason="the root user was never used")
        return
    days = (facts.now - used_at).days
    ago = {0: "within the last day", 1: "a day ago"}.get(days, f"{days} days ago")
    yield judge(facts.arn, ACCOUNT, passed=days > _DAYS, reason=f"the root user was last used {ago}")


CONTROL = Control(
    key="root-account-not-used",
    title="The root user should not be used for everyday work",
    severity=Severity.HIGH,
    requirements=cis("1.2.0/1.1"),
    resource_type=ACCOUNT,
    description="Whether the root user's password or access keys were used lately: less than two days ago.",
    remediation="Give administrators users or roles of their own: aws iam create-role; keep the root user for what "
    "only it can do.",
    check=_check,
)
