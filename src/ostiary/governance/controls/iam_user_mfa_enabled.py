"""IAM.19: every user has an MFA device."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import STRONG_SIGN_IN, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        has_mfa = told(user.credentials).has_mfa
        yield judge(user.arn, USER, passed=has_mfa, reason=f"it has {'an' if has_mfa else 'no'} MFA device")


CONTROL = Control(
    key="iam-user-mfa-enabled",
    title="Users should have MFA",
    severity=Severity.MEDIUM,
    security_hub="IAM.19",
    config_rule="IAM_USER_MFA_ENABLED",
    requirements=(
        *STRONG_SIGN_IN,
        *nist_171("3.3.8", "3.5.3", "3.5.4", "3.7.5"),
        *pci("3.2.1/8.3.1", "4.0.1/8.4.2"),
    ),
    resource_type=USER,
    description="Whether every user has an MFA device, with a password or without.",
    remediation="aws iam enable-mfa-device --user-name USER --serial-number ARN --authentication-code1 CODE "
    "--authentication-code2 CODE",
    check=_check,
)
