"""IAM.5: whoever has a password has an MFA device."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import STRONG_SIGN_IN, cis, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        credentials = told(user.credentials)
        if credentials.password is None:
            yield judge(user.arn, USER, passed=True, reason="it has no password")
        elif credentials.has_mfa:
            yield judge(user.arn, USER, passed=True, reason="it has a password and an MFA device")
        else:
            yield judge(user.arn, USER, passed=False, reason="it has a password and no MFA device")


CONTROL = Control(
    key="mfa-enabled-for-iam-console-access",
    title="Users with a password should have MFA",
    severity=Severity.MEDIUM,
    security_hub="IAM.5",
    config_rule="MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
    requirements=(
        *cis("5.0.0/1.9", "3.0.0/1.10", "1.4.0/1.10", "1.2.0/1.2"),
        *STRONG_SIGN_IN,
        *pci("4.0.1/8.4.2"),
    ),
    resource_type=USER,
    description="Whether every user with a console password has an MFA device.",
    remediation="The user registers a passkey on the security page of the console, or: aws iam enable-mfa-device "
    "--user-name USER --serial-number ARN --authentication-code1 CODE --authentication-code2 CODE",
    check=_check,
)
