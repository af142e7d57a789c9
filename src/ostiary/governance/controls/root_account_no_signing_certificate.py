"""The root user has no signing certificate, which is a credential that nobody asks a second factor for."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told


def _check(facts: AccountFacts) -> Iterator[Result]:
    has_one = told(facts.root.has_signing_certificate)
    reason = "the root user has a signing certificate" if has_one else "the root user has no signing certificate"
    yield judge(facts.arn, ACCOUNT, passed=not has_one, reason=reason)


CONTROL = Control(
    key="root-account-no-signing-certificate",
    title="The root user should have no signing certificate",
    severity=Severity.HIGH,
    resource_type=ACCOUNT,
    description="Whether the root user has an X.509 signing certificate, active or not.",
    remediation="As the root user: aws iam delete-signing-certificate --certificate-id ID",
    check=_check,
)
