"""IAM.6: the root user signs in with hardware, not with codes that an app shows."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import STRONG_SIGN_IN, cis, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    root = facts.root
    if not told(root.has_password):
        yield judge(facts.arn, ACCOUNT, passed=True, reason="the root user has no password to sign in with")
    elif not told(root.has_mfa):
        yield judge(facts.arn, ACCOUNT, passed=False, reason="the root user has no MFA device")
    elif told(root.has_virtual_mfa):
        yield judge(facts.arn, ACCOUNT, passed=False, reason="the root user has a virtual MFA device")
    else:
        yield judge(facts.arn, ACCOUNT, passed=True, reason="the root user signs in with hardware")


CONTROL = Control(
    key="root-account-hardware-mfa-enabled",
    title="The root user should sign in with hardware MFA",
    severity=Severity.CRITICAL,
    security_hub="IAM.6",
    config_rule="ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
    requirements=(
        *cis("5.0.0/1.5", "3.0.0/1.6", "1.4.0/1.6", "1.2.0/1.14"),
        *pci("3.2.1/8.3.1"),
        *STRONG_SIGN_IN,
        *pci("4.0.1/8.4.2"),
    ),
    resource_type=ACCOUNT,
    description="Whether the root user, where it has a password, has an MFA device and none of them is virtual: a "
    "passkey or a security key cannot be copied, the seed of a virtual device can.",
    remediation="As the root user, register a passkey on the security page of the console; then: "
    "aws iam deactivate-mfa-device --serial-number ARN",
    check=_check,
)
