"""KMS.1: no customer managed policy allows to decrypt with every key."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.decryption import decrypting
from ostiary.governance.controls.documents import check_managed
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import LEAST_DECRYPTION


def _check(facts: AccountFacts) -> Iterator[Result]:
    policies = (policy for policy in facts.policies if not policy.only_bounds)
    return check_managed(policies, decrypting(facts.account), "does not allow to decrypt with every key")


CONTROL = Control(
    key="iam-customer-policy-blocked-kms-actions",
    title="Customer managed policies should not allow to decrypt with every key",
    severity=Severity.MEDIUM,
    security_hub="KMS.1",
    config_rule="IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS",
    requirements=LEAST_DECRYPTION,
    resource_type=POLICY,
    description="Whether the default version of a policy of the account's own allows kms:Decrypt or kms:ReEncryptFrom "
    "on every key; conditions do not count. One that is a permissions boundary and no more is not looked at.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://naming-keys.json "
    "--set-as-default",
    check=_check,
)
