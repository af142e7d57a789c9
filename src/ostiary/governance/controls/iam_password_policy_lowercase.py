"""IAM.12: passwords have a lowercase letter."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, missing
from ostiary.governance.controls.requirements import cis, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts, lambda policy: missing((policy.require_lowercase, "lowercase letter")), "a lowercase letter is asked for"
    )


CONTROL = Control(
    key="iam-password-policy-lowercase",
    title="The password policy should ask for a lowercase letter",
    severity=Severity.MEDIUM,
    security_hub="IAM.12",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("1.2.0/1.6"), *nist_171("3.5.7"), *pci("4.0.1/8.3.6", "4.0.1/8.6.3")),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have a lowercase letter.",
    remediation=f"{COMMAND} --require-lowercase-characters, with all else that the policy is to ask",
    check=_check,
)
