"""Customer managed policies are used."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    for policy in facts.policies:
        uses = policy.attachments + policy.boundaries
        reason = f"it is used {uses} times" if uses > 1 else "it is used once" if uses else "it is attached to nobody"
        yield judge(policy.arn, POLICY, passed=bool(uses), reason=reason)


CONTROL = Control(
    key="customer-policy-attached",
    title="Customer managed policies should be attached",
    severity=Severity.INFORMATIONAL,
    resource_type=POLICY,
    description="Whether a policy of the account's own is attached to somebody or is somebody's permissions boundary.",
    remediation="aws iam delete-policy --policy-arn ARN",
    check=_check,
)
