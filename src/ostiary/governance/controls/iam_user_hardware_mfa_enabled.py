"""Users sign in with hardware, not with codes that an app shows."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        credentials = told(user.credentials)
        if not credentials.has_mfa:
            yield judge(user.arn, USER, passed=False, reason="it has no MFA device")
        elif told(credentials.has_virtual_mfa):
            yield judge(user.arn, USER, passed=False, reason="it has a virtual MFA device")
        else:
            yield judge(user.arn, USER, passed=True, reason="it signs in with hardware")


CONTROL = Control(
    key="iam-user-hardware-mfa-enabled",
    title="Users should sign in with hardware MFA",
    severity=Severity.LOW,
    resource_type=USER,
    description="Whether every user has an MFA device and none of them is virtual.",
    remediation="The user registers a passkey on the security page of the console; then: "
    "aws iam deactivate-mfa-device --user-name USER --serial-number ARN",
    check=_check,
)
