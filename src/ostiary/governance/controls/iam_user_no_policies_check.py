"""IAM.2: users get their permissions from groups and roles."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import cis, nist, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    for user in facts.users:
        own = [*(arn.rpartition("/")[2] for arn in user.attached), *(policy.name for policy in user.inline)]
        reason = f"it has policies of its own: {', '.join(own)}" if own else "it has no policies of its own"
        yield judge(user.arn, USER, passed=not own, reason=reason)


CONTROL = Control(
    key="iam-user-no-policies-check",
    title="Users should have no policies of their own",
    severity=Severity.LOW,
    security_hub="IAM.2",
    config_rule="IAM_USER_NO_POLICIES_CHECK",
    requirements=(
        *cis("5.0.0/1.14", "3.0.0/1.15", "1.2.0/1.16"),
        *nist("AC-2", "AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-6", "AC-6(3)"),
        *nist_171("3.1.1", "3.1.2", "3.1.7", "3.3.9", "3.13.3"),
        *pci("3.2.1/7.2.1"),
    ),
    resource_type=USER,
    description="Whether a user has inline policies, or managed ones attached, rather than those of its groups.",
    remediation="aws iam add-user-to-group --group-name GROUP --user-name USER; then: aws iam detach-user-policy "
    "--user-name USER --policy-arn ARN, and: aws iam delete-user-policy --user-name USER --policy-name NAME",
    check=_check,
)
