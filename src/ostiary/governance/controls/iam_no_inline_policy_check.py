"""Policies are managed, so that they are seen and have versions."""

from collections.abc import Iterator

from ostiary.governance.controls.control import USER, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.identities import identities


def _check(facts: AccountFacts) -> Iterator[Result]:
    for identity, resource_type in identities(facts):
        names = ", ".join(policy.name for policy in identity.inline)
        reason = f"it has inline policies: {names}" if names else "it has no inline policies"
        yield judge(identity.arn, resource_type, passed=not names, reason=reason)


CONTROL = Control(
    key="iam-no-inline-policy-check",
    title="Users, groups and roles should have no inline policies",
    severity=Severity.LOW,
    config_rule="IAM_NO_INLINE_POLICY_CHECK",
    resource_type=USER,
    description="Whether a user, group or role has a policy that is part of it alone.",
    remediation="aws iam create-policy, aws iam attach-role-policy, then: aws iam delete-role-policy --role-name ROLE "
    "--policy-name NAME; likewise for users and groups",
    check=_check,
)
