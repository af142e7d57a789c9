"""No policy lets those who have it give themselves the rest."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import check_inline, check_managed
from ostiary.governance.controls.escalation import find_escalation
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    yield from check_managed(facts.policies, find_escalation, "allows no known way to all permissions")
    yield from check_inline(facts, find_escalation, "no inline policy allows a known way to all permissions")


CONTROL = Control(
    key="policy-no-privilege-escalation",
    title="Policies should not allow to get all permissions",
    severity=Severity.HIGH,
    resource_type=POLICY,
    description="Whether a policy of the account's own, managed or inline, allows actions by which one can get all "
    "permissions, such as iam:PutUserPolicy, or iam:PassRole with ec2:RunInstances, on whatever resources.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://narrower.json "
    "--set-as-default; for inline policies: aws iam put-role-policy, likewise for users and groups",
    check=_check,
)
