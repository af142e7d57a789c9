"""AdministratorAccess is attached to nobody."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.identities import check_not_attached

_POLICY = "arn:aws:iam::aws:policy/AdministratorAccess"


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_not_attached(facts, _POLICY)


CONTROL = Control(
    key="iam-policy-blacklisted-check",
    title="AdministratorAccess should not be attached",
    severity=Severity.HIGH,
    config_rule="IAM_POLICY_BLACKLISTED_CHECK",
    resource_type=USER,
    description="Whether a user, group or role has the policy that the rule names by default, AdministratorAccess.",
    remediation="aws iam detach-group-policy --group-name GROUP --policy-arn "
    "arn:aws:iam::aws:policy/AdministratorAccess; likewise for users and roles",
    check=_check,
)
