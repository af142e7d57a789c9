"""No attached policy of AWS's makes an administrator."""

from collections.abc import Iterator

from ostiary.governance.controls.administration import find_administration
from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import check_managed
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    policies = (policy for policy in facts.aws_policies if policy.attachments)
    return check_managed(
        policies, lambda policy: find_administration(policy, facts.account), "allows less than everything"
    )


CONTROL = Control(
    key="aws-policy-no-admin-access",
    title="Attached AWS managed policies should not allow everything",
    severity=Severity.HIGH,
    resource_type=POLICY,
    description="Whether a policy of AWS's that is attached to somebody has a statement that allows every action on "
    "every resource, as AdministratorAccess does.",
    remediation="aws iam list-entities-for-policy --policy-arn ARN; then: aws iam detach-group-policy "
    "--group-name GROUP --policy-arn ARN, likewise for users and roles",
    check=_check,
)
