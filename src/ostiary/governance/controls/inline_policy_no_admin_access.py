"""No inline policy makes an administrator."""

from collections.abc import Iterator

from ostiary.governance.controls.administration import find_administration
from ostiary.governance.controls.control import USER, Control, Result, Severity
from ostiary.governance.controls.documents import check_inline
from ostiary.governance.controls.facts import AccountFacts


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_inline(
        facts, lambda policy: find_administration(policy, facts.account), "no inline policy allows everything"
    )


CONTROL = Control(
    key="inline-policy-no-admin-access",
    title="Inline policies should not allow everything",
    severity=Severity.HIGH,
    resource_type=USER,
    description="Whether an inline policy of a user, group or role has a statement that allows every action on every "
    "resource.",
    remediation="aws iam put-user-policy --user-name USER --policy-name NAME --policy-document file://narrower.json; "
    "likewise for groups and roles",
    check=_check,
)
