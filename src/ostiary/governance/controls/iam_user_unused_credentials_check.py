"""IAM.8: passwords and active access keys are used within 90 days."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import cis, nist, nist_171, pci
from ostiary.governance.controls.unused import check_unused

_DAYS = 90


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_unused(facts, _DAYS)


CONTROL = Control(
    key="iam-user-unused-credentials-check",
    title="Credentials unused for 90 days should be removed",
    severity=Severity.MEDIUM,
    security_hub="IAM.8",
    config_rule="IAM_USER_UNUSED_CREDENTIALS_CHECK",
    requirements=(
        *cis("1.2.0/1.3"),
        *nist("AC-2", "AC-2(1)", "AC-2(3)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-6"),
        *nist_171("3.1.2"),
        *pci("3.2.1/8.1.4", "4.0.1/8.2.6"),
    ),
    resource_type=USER,
    description="Whether a user's password and active access keys were used within the last 90 days.",
    remediation="aws iam delete-login-profile --user-name USER, and: aws iam update-access-key --user-name USER "
    "--access-key-id ID --status Inactive",
    check=_check,
)
