"""IAM.14: passwords have a number."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, missing
from ostiary.governance.controls.requirements import cis, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts, lambda policy: missing((policy.require_numbers, "number")), "a number is asked for"
    )


CONTROL = Control(
    key="iam-password-policy-number",
    title="The password policy should ask for a number",
    severity=Severity.MEDIUM,
    security_hub="IAM.14",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("1.2.0/1.8"), *nist_171("3.5.7"), *pci("4.0.1/8.3.6", "4.0.1/8.6.3")),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have a number.",
    remediation=f"{COMMAND} --require-numbers, with all else that the policy is to ask",
    check=_check,
)
