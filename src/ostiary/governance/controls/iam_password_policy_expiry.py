"""IAM.17: passwords expire within 90 days."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, find_lasting
from ostiary.governance.controls.requirements import cis, pci

_DAYS = 90


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts, lambda policy: find_lasting(policy, _DAYS), f"passwords expire within {_DAYS} days"
    )


CONTROL = Control(
    key="iam-password-policy-expiry",
    title="The password policy should let passwords expire",
    severity=Severity.LOW,
    security_hub="IAM.17",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("1.2.0/1.11"), *pci("4.0.1/8.3.9", "4.0.1/8.3.10.1")),
    resource_type=ACCOUNT,
    description="Whether users' passwords expire within 90 days.",
    remediation=f"{COMMAND} --max-password-age 90, with all else that the policy is to ask",
    check=_check,
)
