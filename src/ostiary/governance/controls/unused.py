"""Credentials that nobody uses.

What was never used counts from when it was made, since it could have been used ever since.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-22
"""

from collections.abc import Iterator
from datetime import datetime

from ostiary.governance.controls.control import USER, Result, judge
from ostiary.governance.controls.facts import AccountFacts, CredentialFacts, told


def check_unused(facts: AccountFacts, days: int) -> Iterator[Result]:
    """Yield for each user whether the password and every active key were used within so many days."""
    for user in facts.users:
        faults = [
            f"{what} was not used for {idle} days"
            for what, used_at in _last_uses(told(user.credentials))
            if (idle := (facts.now - used_at).days) >= days
        ]
        reason = "; ".join(faults) or f"no credential was left unused for {days} days"
        yield judge(user.arn, USER, passed=not faults, reason=reason)


def _last_uses(credentials: CredentialFacts) -> Iterator[tuple[str, datetime]]:
    if credentials.password is not None:
        yield "the password", credentials.password.last_used_at or credentials.password.changed_at
    for key in credentials.active_keys:
        yield f"access key {key.number}", key.last_used_at or key.created_at
