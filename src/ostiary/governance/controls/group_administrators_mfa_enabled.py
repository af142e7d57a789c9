"""Administrators have MFA, with a password or without."""

from collections.abc import Iterator

from ostiary.governance.controls.administration import find_administration
from ostiary.governance.controls.control import GROUP, Control, Result, Severity, judge
from ostiary.governance.controls.documents import read_policy
from ostiary.governance.controls.facts import AccountFacts, GroupFacts, told
from ostiary.policy import MalformedPolicy


def _check(facts: AccountFacts) -> Iterator[Result]:
    managed = {policy.arn: policy.document for policy in (*facts.policies, *facts.aws_policies)}
    for group in facts.groups:
        documents = [managed[arn] for arn in group.attached if arn in managed]
        if not any(_makes_administrators(each, facts) for each in (*documents, *_inline(group))):
            yield judge(group.arn, GROUP, passed=True, reason="it makes nobody an administrator")
            continue
        without = [user.name for user in facts.members_of(group) if not told(user.credentials).has_mfa]
        reason = f"it makes administrators of {', '.join(without)}, without MFA" if without else "its members have MFA"
        yield judge(group.arn, GROUP, passed=not without, reason=reason)


def _inline(group: GroupFacts) -> Iterator[str]:
    return (policy.document for policy in group.inline)


def _makes_administrators(document: str, facts: AccountFacts) -> bool:
    try:
        return find_administration(read_policy(document), facts.account) is not None
    except MalformedPolicy:
        # What cannot be read gives nobody anything, and is for the controls about policies to tell of.
        return False


CONTROL = Control(
    key="group-administrators-mfa-enabled",
    title="Members of administrators' groups should have MFA",
    severity=Severity.HIGH,
    resource_type=GROUP,
    description="Whether all users of a group that has a policy which allows everything have an MFA device.",
    remediation="The user registers a passkey on the security page of the console, or: aws iam enable-mfa-device "
    "--user-name USER --serial-number ARN --authentication-code1 CODE --authentication-code2 CODE",
    check=_check,
)
