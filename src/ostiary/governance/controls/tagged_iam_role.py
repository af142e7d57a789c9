"""IAM.24: roles are tagged."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.tagging import check_tagged


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_tagged(((role.arn, role.tags) for role in facts.roles), ROLE)


CONTROL = Control(
    key="tagged-iam-role",
    title="Roles should be tagged",
    severity=Severity.LOW,
    security_hub="IAM.24",
    resource_type=ROLE,
    description="Whether a role has at least one tag.",
    remediation="aws iam tag-role --role-name ROLE --tags Key=owner,Value=NAME",
    check=_check,
)
