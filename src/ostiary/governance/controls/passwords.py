"""What the account's password policy asks, for the controls that are about one thing in it.

An account without a policy of its own falls short of all of them: IAM's default asks for eight characters of three
kinds, and is not checked by these rules.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

from collections.abc import Callable, Iterable, Iterator

from ostiary.governance.controls.control import ACCOUNT, Result, judge
from ostiary.governance.controls.facts import AccountFacts, PasswordPolicyFacts, told

FindFaults = Callable[[PasswordPolicyFacts], Iterable[str]]
"""Says where a password policy falls short."""

COMMAND = "aws iam update-account-password-policy"
"""Sets the whole policy: what is not given falls back to IAM's default."""


def check_password_policy(facts: AccountFacts, find_faults: FindFaults, fine: str) -> Iterator[Result]:
    """Yield whether the account's password policy is without fault."""
    policy = told(facts.password_policy)
    faults = ["the account has no password policy"] if policy is None else list(find_faults(policy))
    yield judge(facts.arn, ACCOUNT, passed=not faults, reason="; ".join(faults) or fine)


def missing(*asked: tuple[bool, str]) -> Iterator[str]:
    """Yield what a policy does not ask for, of pairs of whether it does and what it is."""
    return (f"no {what} is asked for" for is_asked, what in asked if not is_asked)


def find_short(policy: PasswordPolicyFacts, least: int) -> Iterator[str]:
    """Yield that passwords may be shorter than `least`, if so."""
    if policy.minimum_length < least:
        yield f"{policy.minimum_length} characters are enough, and {least} should be asked for"


def find_lasting(policy: PasswordPolicyFacts, days: int) -> Iterator[str]:
    """Yield that passwords last for longer than `days`, if so."""
    if policy.max_age is None:
        yield "passwords do not expire"
    elif policy.max_age > days:
        yield f"passwords expire only after {policy.max_age} days"
