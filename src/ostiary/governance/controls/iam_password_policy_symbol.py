"""IAM.13: passwords have a symbol."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, missing
from ostiary.governance.controls.requirements import cis, nist_171


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(
        facts, lambda policy: missing((policy.require_symbols, "symbol")), "a symbol is asked for"
    )


CONTROL = Control(
    key="iam-password-policy-symbol",
    title="The password policy should ask for a symbol",
    severity=Severity.MEDIUM,
    security_hub="IAM.13",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(*cis("1.2.0/1.7"), *nist_171("3.5.7")),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have a symbol.",
    remediation=f"{COMMAND} --require-symbols, with all else that the policy is to ask",
    check=_check,
)
