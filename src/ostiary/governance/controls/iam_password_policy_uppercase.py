"""IAM.11: passwords have an uppercase letter."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, missing
from ostiary.governance.controls.requirements import cis, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts,
        lambda policy: missing((policy.require_uppercase, "uppercase letter")),
        "an uppercase letter is asked for",
    )


CONTROL = Control(
    key="iam-password-policy-uppercase",
    title="The password policy should ask for an uppercase letter",
    severity=Severity.MEDIUM,
    security_hub="IAM.11",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("1.2.0/1.5"), *nist_171("3.5.7"), *pci("4.0.1/8.3.6", "4.0.1/8.6.3")),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have an uppercase letter.",
    remediation=f"{COMMAND} --require-uppercase-characters, with all else that the policy is to ask",
    check=_check,
)
