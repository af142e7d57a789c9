"""IAM.3: active access keys are no older than 90 days."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import cis, nist, pci

ROTATION_DAYS = 90
"""The age at which a key is to be replaced."""


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        faults = [
            f"access key {key.number} is {age} days old"
            for key in told(user.credentials).active_keys
            if (age := (facts.now - key.created_at).days) > ROTATION_DAYS
        ]
        reason = "; ".join(faults) or f"no active access key is older than {ROTATION_DAYS} days"
        yield judge(user.arn, USER, passed=not faults, reason=reason)


CONTROL = Control(
    key="access-keys-rotated",
    title="Access keys should be rotated every 90 days",
    severity=Severity.MEDIUM,
    security_hub="IAM.3",
    config_rule="ACCESS_KEYS_ROTATED",
    requirements=(
        *cis("5.0.0/1.13", "3.0.0/1.14", "1.4.0/1.14", "1.2.0/1.4"),
        *nist("AC-2(1)", "AC-2(3)", "AC-3(15)"),
        *pci("4.0.1/8.3.9", "4.0.1/8.6.3"),
    ),
    resource_type=USER,
    description="Whether a user's active access keys are at most 90 days old. The root user's are not looked at.",
    remediation="aws iam create-access-key --user-name USER; when the new key is in use: "
    "aws iam delete-access-key --user-name USER --access-key-id ID",
    check=_check,
)
