"""The account's password policy, and passwords held to it.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

import string
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from ostiary.credentials import BrokenPasswordHash, WrongPassword, verify_password
from ostiary.directory import accounts, login_profiles, rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, PasswordRefused
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_policies = schema.password_policies

_UPPERCASE = frozenset(string.ascii_uppercase)
_LOWERCASE = frozenset(string.ascii_lowercase)
_NUMBERS = frozenset(string.digits)
_SYMBOLS = frozenset("!@#$%^&*()_+-=[]{}|'")
_CLASSES = (_UPPERCASE, _LOWERCASE, _NUMBERS, _SYMBOLS)

LEAST_WITHOUT_POLICY = 8
KINDS_WITHOUT_POLICY = 3
"""So many of the four kinds of characters are asked for where the account has no policy."""


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """What an account asks of its users' passwords; what is left out has IAM's default."""

    minimum_length: int = 6
    require_symbols: bool = False
    require_numbers: bool = False
    require_uppercase: bool = False
    require_lowercase: bool = False
    allow_users_to_change: bool = False
    """Users may change their own passwords, whatever their policies say."""
    max_age: int | None = None
    """In days; None when passwords do not expire."""
    reuse_prevention: int | None = None
    """How many of a user's last passwords may not be used again."""
    hard_expiry: bool | None = None
    """Who lets a password expire cannot choose a new one at sign-in; None when nobody said so or otherwise."""

    def is_met_by(self, password: str) -> bool:
        """Tell whether a password is long enough and has characters of the kinds that are asked for."""
        asked = (self.require_uppercase, self.require_lowercase, self.require_numbers, self.require_symbols)
        wanted = (characters for characters, is_asked in zip(_CLASSES, asked, strict=True) if is_asked)
        return len(password) >= self.minimum_length and all(map(set(password).intersection, wanted))


def set_password_policy(directory: Directory, account: AccountId, policy: PasswordPolicy) -> None:
    """Set the account's password policy, in place of the one before; passwords that there are stay."""
    rows.delete_row(directory, _policies.c.account_id, account, account)
    directory.connection.execute(insert(_policies).values(account_id=account, **asdict(policy)))


def find_password_policy(directory: Directory, account: AccountId) -> PasswordPolicy | None:
    """Return the account's password policy, or None when it has set none."""
    row = directory.connection.execute(select(_policies).where(_policies.c.account_id == account)).first()
    if row is None:
        return None
    return PasswordPolicy(
        minimum_length=row.minimum_length,
        require_symbols=row.require_symbols,
        require_numbers=row.require_numbers,
        require_uppercase=row.require_uppercase,
        require_lowercase=row.require_lowercase,
        allow_users_to_change=row.allow_users_to_change,
        max_age=row.max_age,
        reuse_prevention=row.reuse_prevention,
        hard_expiry=row.hard_expiry,
    )


def get_password_policy(directory: Directory, account: AccountId) -> PasswordPolicy:
    """Return the account's password policy.

    Raises:
        NoSuchEntity: it has set none.
    """
    if policy := find_password_policy(directory, account):
        return policy
    raise NoSuchEntity(Noun.PASSWORD_POLICY, account)


def delete_password_policy(directory: Directory, account: AccountId) -> None:
    """Take the account's password policy away, so that IAM's own holds.

    Raises:
        NoSuchEntity: it has set none.
    """
    if not rows.delete_row(directory, _policies.c.account_id, account, account):
        raise NoSuchEntity(Noun.ACCOUNT_POLICY, "PasswordPolicy")


def require_good_password(directory: Directory, user: User, password: str) -> None:
    """Hold a user's new password to the account's policy, or to IAM's own when the account has set none.

    Raises:
        PasswordRefused: it breaks the policy, or is one that the user had.
    """
    policy = find_password_policy(directory, user.account)
    if not (policy.is_met_by(password) if policy else _meets_default(directory, user.account, password)):
        raise PasswordRefused(had_before=False)
    if policy and policy.reuse_prevention:
        for former in login_profiles.last_password_hashes(directory, user, policy.reuse_prevention):
            if is_same_password(password, former):
                raise PasswordRefused(had_before=True)


def require_good_root_password(directory: Directory, account: AccountId, password: str) -> None:
    """Hold a root user's new password to IAM's own rules: the account's policy is for its users.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html

    Raises:
        PasswordRefused: it breaks them.
    """
    if not _meets_default(directory, account, password):
        raise PasswordRefused(had_before=False)


def _meets_default(directory: Directory, account: AccountId, password: str) -> bool:
    """Tell whether a password is long and mixed enough, and is no name of the account."""
    known = accounts.get_account(directory, account)
    names = {name.lower() for name in (known.account, known.alias, known.root_email) if name}
    classes = sum(not characters.isdisjoint(password) for characters in _CLASSES)
    long_enough = len(password) >= LEAST_WITHOUT_POLICY
    return long_enough and classes >= KINDS_WITHOUT_POLICY and password.lower() not in names


def is_same_password(new: str, former_hash: str) -> bool:
    """Tell whether a new password is a former one. It is no way to prove who somebody is: `verify_password` is."""
    try:
        verify_password(new, former_hash)
    except (WrongPassword, BrokenPasswordHash):
        return False
    return True
