"""IAM.25: users are tagged."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.tagging import check_tagged


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_tagged(((user.arn, user.tags) for user in facts.users), USER)


CONTROL = Control(
    key="tagged-iam-user",
    title="Users should be tagged",
    severity=Severity.LOW,
    security_hub="IAM.25",
    resource_type=USER,
    description="Whether a user has at least one tag.",
    remediation="aws iam tag-user --user-name USER --tags Key=owner,Value=NAME",
    check=_check,
)
