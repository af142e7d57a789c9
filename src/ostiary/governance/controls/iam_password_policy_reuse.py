"""IAM.16: the 24 passwords before are refused."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, PasswordPolicyFacts
from ostiary.governance.controls.passwords import COMMAND, check_password_policy
from ostiary.governance.controls.requirements import cis, nist_171, pci

_REMEMBERED = 24
"""IAM remembers no more than that."""


def _find_faults(policy: PasswordPolicyFacts) -> Iterator[str]:
    if policy.reuse_prevention is None:
        yield "former passwords can be used again"
    elif policy.reuse_prevention != _REMEMBERED:
        yield f"only {policy.reuse_prevention} former passwords are refused"


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_password_policy(facts, _find_faults, f"the last {_REMEMBERED} passwords are refused")


CONTROL = Control(
    key="iam-password-policy-reuse",
    title="The password policy should refuse former passwords",
    severity=Severity.LOW,
    security_hub="IAM.16",
    config_rule="IAM_PASSWORD_POLICY",
    requirements=(
        *cis("5.0.0/1.8", "3.0.0/1.9", "1.4.0/1.9", "1.2.0/1.10"),
        *nist_171("3.5.8"),
        *pci("4.0.1/8.3.7"),
    ),
    resource_type=ACCOUNT,
    description="Whether the 24 passwords that a user had last are refused.",
    remediation=f"{COMMAND} --password-reuse-prevention 24, with all else that the policy is to ask",
    check=_check,
)
