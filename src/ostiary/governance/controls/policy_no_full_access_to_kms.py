"""No policy allows all of KMS."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.full_access import check_full_access


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_full_access(facts, "kms", "key/nobodys")


CONTROL = Control(
    key="policy-no-full-access-to-kms",
    title="Policies should not allow all of KMS",
    severity=Severity.MEDIUM,
    resource_type=POLICY,
    description="Whether a policy of the account's own, managed or inline, allows every action of KMS on every key: "
    "those who keep keys should not be those who use them.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://narrower.json "
    "--set-as-default; for inline policies: aws iam put-role-policy, likewise for users and groups",
    check=_check,
)
