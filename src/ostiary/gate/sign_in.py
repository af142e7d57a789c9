"""From a name and a password to somebody who is signed in: what is proven, and what is still to be done.

A sign-in is a row of steps: the password or a passkey, a second factor when the person has one, a new password when the
old one is to be changed, a device to enrol when the account wants everybody to have one. This module says which comes
next and proves each; the server's routes carry them to and fro.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cache

from ostiary.credentials import BrokenPasswordHash, WrongPassword, generate_password, hash_password, verify_password
from ostiary.directory import accounts, login_profiles, mfa_devices, users
from ostiary.directory.accounts import Account
from ostiary.directory.directory import Directory
from ostiary.directory.login_profiles import LoginProfile
from ostiary.directory.password_policy import find_password_policy
from ostiary.directory.sign_in_flows import NOBODY, SignInFlow
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.directory.users import User
from ostiary.values.arn import root_arn
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_ROOT = "root:"


class Step(Enum):
    """What a sign-in waits for."""

    SECOND_FACTOR = "second-factor"
    CHANGE_PASSWORD = "change-password"  # noqa: S105 - a step
    ENROL = "enrol"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Person:
    """Who can sign in: a user who has a password, or an account's root user."""

    account: Account
    user: User | None
    """None for the root user."""
    password_hash: str = field(repr=False)
    must_change: bool
    """The password is to be changed now: somebody said so, or it is too old."""
    locked_out: bool = False
    """The password is too old, and the account's policy lets nobody choose a new one then."""

    @property
    def owner_id(self) -> str:
        """The user's unique ID, or the account's for its root user."""
        return self.user.user_id if self.user else self.account.account


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed to be let in."""

    account: AccountId
    """Whose trail and limits it counts for: `NOBODY`'s when there is no such account."""
    name: str
    """`root:` and an e-mail address, or an account and a user's name. An account that is here stands in it by its ID:
    whoever guesses gains nothing by its alias."""
    person: Person | None
    """Whom it names; None when there is nobody of that name who has a password."""

    @property
    def crowd(self) -> AccountId:
        """Among whose attempts it counts: all root users are one, so that none tells by that whether it is there."""
        return NOBODY if self.name.startswith(_ROOT) else self.account


def attempt_as_root(directory: Directory, email: str, *, now: datetime) -> Attempt:
    """Return an attempt to sign in as the root user who has that e-mail address."""
    account = accounts.find_account_of_root(directory, email)
    person = find_person(directory, account.account, account.account, now=now) if account else None
    return Attempt(account.account if account else NOBODY, f"{_ROOT}{email}", person)


def attempt_as_user(directory: Directory, account_name: str, user_name: str, *, now: datetime) -> Attempt:
    """Return an attempt to sign in as a user of the account of that ID or alias."""
    account = accounts.find_account_called(directory, account_name)
    user = users.find_user(directory, account.account, user_name) if account else None
    person = find_person(directory, user.account, user.user_id, now=now) if user else None
    name = f"{account.account if account else account_name}/{user_name}"
    return Attempt(account.account if account else NOBODY, name, person)


def find_person(directory: Directory, account_id: AccountId, owner_id: str, *, now: datetime) -> Person | None:
    """Return the person of that unique ID, or None when there is nobody, or nobody who may sign in."""
    account = accounts.find_account(directory, account_id)
    if account is None:
        return None
    if owner_id == account_id:
        password = accounts.get_root_password(directory, account_id)
        return Person(account, None, password.password_hash, password.must_change)
    user = users.find_user_by_id(directory, account_id, owner_id)
    profile = login_profiles.find_login_profile(directory, user) if user else None
    if user is None or profile is None:
        return None
    expired, hard = _expiry(directory, account_id, profile, now)
    return Person(account, user, profile.password_hash, profile.must_change or expired, locked_out=expired and hard)


def verify_person(person: Person | None, password: str) -> Person:
    """Prove a password. It takes as long when there is nobody of that name.

    Raises:
        Fault: it does not hold; the sentence is one for all reasons.
    """
    try:
        verify_password(password, person.password_hash if person else _hash_of_nothing())
    except (WrongPassword, BrokenPasswordHash) as error:
        raise wrong() from error
    if person is None:
        raise wrong()
    return person


def wrong() -> Fault:
    """Return the refusal of a sign-in; which part of it is wrong is nobody's business."""
    return Fault("AuthenticationFailed", "Your authentication information is incorrect. Please try again.", status=401)


def next_step(directory: Directory, person: Person, flow: SignInFlow) -> Step:
    """Return what a sign-in waits for, once its first proof held.

    Raises:
        Fault: `PasswordExpired`, only an administrator can help.
    """
    if person.locked_out:
        raise Fault("PasswordExpired", "Your password has expired. Ask your administrator to reset it.", status=403)
    has_device = mfa_devices.has_mfa_device(directory, person.account.account, person.user)
    if has_device and flow.mfa_authenticated_at is None:
        return Step.SECOND_FACTOR
    if person.must_change:
        return Step.CHANGE_PASSWORD
    if person.account.mfa_required and not has_device:
        return Step.ENROL
    return Step.DONE


def session_of(
    sign_in_id: str, mfa_authenticated_at: datetime | None, issued_at: datetime, expires_at: datetime
) -> Session:
    """Return what credentials carry that come of a sign-in."""
    return Session(issued_at, expires_at, mfa_authenticated_at=mfa_authenticated_at, sign_in_id=sign_in_id)


def caller_of(person: Person, session: Session) -> Caller:
    """Return the principal that a person is, once signed in."""
    account = person.account.account
    if person.user is None:
        return Caller(CallerKind.ROOT, account, root_arn(account), account, None, session=session)
    user = person.user
    return Caller(CallerKind.USER, account, user.arn, user.user_id, None, user.name, session=session)


def caller_during(person: Person, flow: SignInFlow, now: datetime) -> Caller:
    """Return the principal that a person is while signing in, with what is proven so far."""
    return caller_of(person, session_of(flow.flow_id, flow.mfa_authenticated_at, now, now))


def caller_in(person: Person, session: SignInSession) -> Caller:
    """Return the principal that a person is in a session."""
    carried = session_of(session.session_id, session.mfa_authenticated_at, session.created_at, session.expires_at)
    return caller_of(person, carried)


def _expiry(directory: Directory, account: AccountId, profile: LoginProfile, now: datetime) -> tuple[bool, bool]:
    """Return whether a password is too old, and whether that is the end of it."""
    policy = find_password_policy(directory, account)
    if policy is None or policy.max_age is None:
        return False, False
    return now >= profile.changed_at + timedelta(days=policy.max_age), bool(policy.hard_expiry)


@cache
def _hash_of_nothing() -> str:
    return hash_password(generate_password())
