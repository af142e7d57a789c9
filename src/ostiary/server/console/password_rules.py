"""What a new password has to be like, said to whoever has to choose one.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

from collections.abc import Iterator

from ostiary.directory.directory import Directory
from ostiary.directory.password_policy import (
    KINDS_WITHOUT_POLICY,
    LEAST_WITHOUT_POLICY,
    PasswordPolicy,
    find_password_policy,
)
from ostiary.gate.sign_in import Person

_UPPERCASE = "uppercase letter (A-Z)"
_LOWERCASE = "lowercase letter (a-z)"
_NUMBER = "number (0-9)"
_SYMBOL = "symbol (! @ # $ % ^ & * ( ) _ + - = [ ] { } | ')"


def password_rules(directory: Directory, person: Person) -> list[str]:
    """Return the rules that a person's new password is held to, a sentence each."""
    policy = find_password_policy(directory, person.account.account) if person.user else None
    return list(_rules_of(policy) if policy else _rules_without_policy())


def _rules_of(policy: PasswordPolicy) -> Iterator[str]:
    yield _length(policy.minimum_length)
    asked = {
        _UPPERCASE: policy.require_uppercase,
        _LOWERCASE: policy.require_lowercase,
        _NUMBER: policy.require_numbers,
        _SYMBOL: policy.require_symbols,
    }
    yield from (f"Must include at least one {kind}." for kind, is_asked in asked.items() if is_asked)
    if policy.reuse_prevention:
        yield f"Must not be one of your last {policy.reuse_prevention} passwords."


def _rules_without_policy() -> Iterator[str]:
    yield _length(LEAST_WITHOUT_POLICY)
    kinds = f"{_UPPERCASE}, {_LOWERCASE}, {_NUMBER}, {_SYMBOL}"
    yield f"Must include at least {KINDS_WITHOUT_POLICY} of these: {kinds}."
    yield "Must not be the account's ID, alias or email address."


def _length(least: int) -> str:
    return f"Must be at least {least} characters long."
