"""KMS.2: no inline policy allows to decrypt with every key."""

from collections.abc import Iterator

from ostiary.governance.controls.control import GROUP, Control, Result, Severity
from ostiary.governance.controls.decryption import decrypting
from ostiary.governance.controls.documents import check_inline
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import LEAST_DECRYPTION


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_inline(facts, decrypting(facts.account), "no inline policy allows to decrypt with every key")


CONTROL = Control(
    key="iam-inline-policy-blocked-kms-actions",
    title="Inline policies should not allow to decrypt with every key",
    severity=Severity.MEDIUM,
    security_hub="KMS.2",
    config_rule="IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS",
    requirements=LEAST_DECRYPTION,
    resource_type=GROUP,
    description="Whether an inline policy of a user, group or role allows kms:Decrypt or kms:ReEncryptFrom on every "
    "key; conditions do not count.",
    remediation="aws iam put-role-policy --role-name ROLE --policy-name NAME --policy-document "
    "file://naming-keys.json; likewise for users and groups",
    check=_check,
)
