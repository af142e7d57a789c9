"""IAM.22: passwords and active access keys are used within 45 days."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import cis, nist_171
from ostiary.governance.controls.unused import check_unused

_DAYS = 45


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_unused(facts, _DAYS)


CONTROL = Control(
    key="iam-user-unused-credentials-check-45",
    title="Credentials unused for 45 days should be removed",
    severity=Severity.MEDIUM,
    security_hub="IAM.22",
    config_rule="IAM_USER_UNUSED_CREDENTIALS_CHECK",
    requirements=(*cis("5.0.0/1.11", "3.0.0/1.12", "1.4.0/1.12"), *nist_171("3.1.2")),
    resource_type=USER,
    description="Whether a user's password and active access keys were used within the last 45 days.",
    remediation="aws iam delete-login-profile --user-name USER, and: aws iam update-access-key --user-name USER "
    "--access-key-id ID --status Inactive",
    check=_check,
)
