"""IAM.7: the password policy is strong, by Security Hub's default parameters."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, PasswordPolicyFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, find_short, missing
from ostiary.governance.controls.requirements import nist, nist_171, pci

_LEAST = 8


def _find_faults(policy: PasswordPolicyFacts) -> Iterator[str]:
    yield from find_short(policy, _LEAST)
    yield from missing(
        (policy.require_uppercase, "uppercase letter"),
        (policy.require_lowercase, "lowercase letter"),
        (policy.require_numbers, "number"),
        (policy.require_symbols, "symbol"),
    )


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(facts, _find_faults, "the password policy asks for long passwords of all kinds")


CONTROL = Control(
    key="iam-password-policy",
    title="The password policy should be strong",
    severity=Severity.MEDIUM,
    security_hub="IAM.7",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(
        *nist("AC-2(1)", "AC-2(3)", "AC-3(15)", "IA-5(1)"),
        *nist_171("3.5.2", "3.5.7", "3.5.8"),
        *pci("4.0.1/8.3.6", "4.0.1/8.3.7", "4.0.1/8.3.9", "4.0.1/8.3.10.1", "4.0.1/8.6.3"),
    ),
    resource_type=ACCOUNT,
    description="Whether users' passwords must have at least 8 characters, with uppercase and lowercase letters, "
    "numbers and symbols.",
    remediation=f"{COMMAND} --minimum-password-length 14 --require-uppercase-characters --require-lowercase-characters "
    "--require-numbers --require-symbols",
    check=_check,
)
