"""Users, groups and roles, where a control treats them alike."""

from collections.abc import Iterator

from ostiary.governance.controls.control import GROUP, ROLE, USER, Result, judge
from ostiary.governance.controls.facts import AccountFacts, GroupFacts, RoleFacts, UserFacts

Identity = UserFacts | GroupFacts | RoleFacts


def identities(facts: AccountFacts) -> Iterator[tuple[Identity, str]]:
    """Yield all users, groups and roles, each with its type of resource."""
    for user in facts.users:
        yield user, USER
    for group in facts.groups:
        yield group, GROUP
    for role in facts.roles:
        yield role, ROLE


def check_not_attached(facts: AccountFacts, policy_arn: str) -> Iterator[Result]:
    """Yield for each identity whether it is without a managed policy."""
    name = policy_arn.rpartition("/")[2]
    for identity, resource_type in identities(facts):
        is_attached = policy_arn in identity.attached
        reason = f"{name} is attached" if is_attached else f"{name} is not attached"
        yield judge(identity.arn, resource_type, passed=not is_attached, reason=reason)
