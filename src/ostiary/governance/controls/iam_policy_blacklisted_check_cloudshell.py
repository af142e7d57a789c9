"""IAM.27: AWSCloudShellFullAccess is attached to nobody."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.identities import check_not_attached
from ostiary.governance.controls.requirements import cis

_POLICY = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_not_attached(facts, _POLICY)


CONTROL = Control(
    key="iam-policy-blacklisted-check-cloudshell",
    title="AWSCloudShellFullAccess should not be attached",
    severity=Severity.MEDIUM,
    security_hub="IAM.27",
    config_rule="IAM_POLICY_BLACKLISTED_CHECK",
    requirements=cis("5.0.0/1.21", "3.0.0/1.22"),
    resource_type=ROLE,
    description="Whether a user, group or role has AWSCloudShellFullAccess, with which data can be taken out by way of "
    "the shell's own machine.",
    remediation="aws iam detach-role-policy --role-name ROLE --policy-arn "
    "arn:aws:iam::aws:policy/AWSCloudShellFullAccess; likewise for users and groups",
    check=_check,
)
