"""IAM.15: passwords have 14 characters."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, find_short
from ostiary.governance.controls.requirements import cis, nist_171

_LEAST = 14


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts, lambda policy: find_short(policy, _LEAST), f"at least {_LEAST} characters are asked for"
    )


CONTROL = Control(
    key="iam-password-policy-length",
    title="The password policy should ask for 14 characters",
    severity=Severity.MEDIUM,
    security_hub="IAM.15",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("5.0.0/1.7", "3.0.0/1.8", "1.4.0/1.8", "1.2.0/1.9"), *nist_171("3.5.7")),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have at least 14 characters.",
    remediation=f"{COMMAND} --minimum-password-length 14, with all else that the policy is to ask",
    check=_check,
)
