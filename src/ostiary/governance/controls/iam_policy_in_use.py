"""IAM.18: somebody can manage incidents with AWS Support."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.identities import identities
from ostiary.governance.controls.requirements import cis, nist_171, pci

_POLICY = "arn:aws:iam::aws:policy/AWSSupportAccess"


def _check(facts: AccountFacts) -> Iterator[Result]:
    holder = next((each.arn for each, _ in identities(facts) if _POLICY in each.attached), None)
    reason = f"AWSSupportAccess is attached to {holder}" if holder else "AWSSupportAccess is attached to nobody"
    yield judge(facts.arn, ACCOUNT, passed=holder is not None, reason=reason)


CONTROL = Control(
    key="iam-policy-in-use",
    title="There should be a role for incidents with AWS Support",
    severity=Severity.LOW,
    security_hub="IAM.18",
    config_rule="IAM_POLICY_IN_USE",
    requirements=(
        *cis("5.0.0/1.16", "3.0.0/1.17", "1.4.0/1.17", "1.2.0/1.20"),
        *nist_171("3.1.2"),
        *pci("4.0.1/12.10.3"),
    ),
    resource_type=ACCOUNT,
    description="Whether AWSSupportAccess is attached to a user, group or role, as the rule's usage type ANY has it.",
    remediation="aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess",
    check=_check,
)
