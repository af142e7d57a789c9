"""IAM.9: the root user has an MFA device."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import STRONG_SIGN_IN, cis, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    if not told(facts.root.has_password):
        yield judge(facts.arn, ACCOUNT, passed=True, reason="the root user has no password to sign in with")
        return
    has_mfa = told(facts.root.has_mfa)
    reason = "the root user has an MFA device" if has_mfa else "the root user has no MFA device"
    yield judge(facts.arn, ACCOUNT, passed=has_mfa, reason=reason)


CONTROL = Control(
    key="root-account-mfa-enabled",
    title="The root user should sign in with MFA",
    severity=Severity.CRITICAL,
    security_hub="IAM.9",
    config_rule="ROOT_ACCOUNT_MFA_ENABLED",
    requirements=(
        *cis("5.0.0/1.4"),
        *pci("3.2.1/8.3.1", "4.0.1/8.4.2"),
        *cis("3.0.0/1.5", "1.4.0/1.5", "1.2.0/1.13"),
        *STRONG_SIGN_IN,
    ),
    resource_type=ACCOUNT,
    description="Whether an MFA device of any kind is enabled for the root user, where it has a password.",
    remediation="As the root user, register a passkey on the security page of the console.",
    check=_check,
)
