"""IAM.10: the password policy is as PCI DSS 3.2.1 asked."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, PasswordPolicyFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy, find_lasting, find_short, missing
from ostiary.governance.controls.requirements import nist_171, pci

_LEAST = 7
_REMEMBERED = 4
_DAYS = 90


def _find_faults(policy: PasswordPolicyFacts) -> Iterator[str]:
    yield from find_short(policy, _LEAST)
    yield from missing(
        (policy.require_uppercase, "uppercase letter"),
        (policy.require_lowercase, "lowercase letter"),
        (policy.require_numbers, "number"),
    )
    if (policy.reuse_prevention or 0) < _REMEMBERED:
        yield f"fewer than {_REMEMBERED} former passwords are refused"
    yield from find_lasting(policy, _DAYS)


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(facts, _find_faults, "the password policy is as PCI DSS 3.2.1 asked")


CONTROL = Control(
    key="iam-password-policy-pci",
    title="The password policy should be as PCI DSS 3.2.1 asked",
    severity=Severity.MEDIUM,
    security_hub="IAM.10",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(
        *nist_171("3.5.2", "3.5.7", "3.5.8"),
        *pci("3.2.1/8.1.4", "3.2.1/8.2.3", "3.2.1/8.2.4", "3.2.1/8.2.5"),
    ),
    resource_type=ACCOUNT,
    description="Whether passwords must have at least 7 characters, with uppercase and lowercase letters and numbers, "
    "expire within 90 days, and differ from the 4 before.",
    remediation=f"{COMMAND} --minimum-password-length 14 --require-uppercase-characters --require-lowercase-characters "
    "--require-numbers --require-symbols --password-reuse-prevention 24 --max-password-age 90",
    check=_check,
)
