"""When a password is to be changed at sign-in, and when only an administrator can help."""

from datetime import timedelta

import pytest

from ostiary.directory import login_profiles, users
from ostiary.directory.directory import Directory
from ostiary.directory.password_policy import PasswordPolicy, set_password_policy
from ostiary.directory.sign_in_flows import SignInFlow
from ostiary.gate.sign_in import Step, find_person, next_step
from ostiary.values.fault import Fault
from tests.directory.facts import ACCOUNT, NOW

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
GOES = "done"
CHANGES = "change-password"
LOCKED_OUT = "PasswordExpired"

SOFT = PasswordPolicy(max_age=90)
HARD = PasswordPolicy(max_age=90, hard_expiry=True)


@pytest.fixture
def alice(directory: Directory) -> users.User:
    user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    login_profiles.create_login_profile(directory, user, password_hash="-", must_change=False, now=NOW)
    return user


def outcome(directory: Directory, owner_id: str, after: timedelta) -> str:
    """Return what a sign-in waits for, or the code with which it is refused."""
    person = find_person(directory, ACCOUNT, owner_id, now=NOW + after)
    assert person is not None
    try:
        step: Step = next_step(directory, person, SignInFlow(ACCOUNT, "flow", owner_id))
    except Fault as fault:
        return fault.code
    return step.value


@pytest.mark.parametrize(
    ("policy", "after", "expected"),
    [
        (None, 4_000 * DAY, GOES),
        (PasswordPolicy(), 4_000 * DAY, GOES),
        # Hard expiry alone lets nothing expire.
        (PasswordPolicy(hard_expiry=True), 4_000 * DAY, GOES),
        (SOFT, 90 * DAY - SECOND, GOES),
        (SOFT, 90 * DAY, CHANGES),
        (PasswordPolicy(max_age=90, hard_expiry=False), 91 * DAY, CHANGES),
        (HARD, 90 * DAY - SECOND, GOES),
        (HARD, 90 * DAY, LOCKED_OUT),
        (PasswordPolicy(max_age=1), DAY, CHANGES),
        (PasswordPolicy(max_age=1095), 1095 * DAY - SECOND, GOES),
    ],
)
@pytest.mark.parametrize("must_change", [False, True])
def test_what_age_comes_to(
    directory: Directory,
    alice: users.User,
    *,
    policy: PasswordPolicy | None,
    after: timedelta,
    expected: str,
    must_change: bool,
) -> None:
    """A policy holds for the passwords that there are; who must change the password anyhow must, unless locked out."""
    login_profiles.set_must_change(directory, alice, must_change=must_change)
    if policy is not None:
        set_password_policy(directory, ACCOUNT, policy)
    if must_change and expected == GOES:
        expected = CHANGES
    assert outcome(directory, alice.user_id, after) == expected


@pytest.mark.parametrize(
    ("policy", "reset", "expected"),
    [
        # An administrator who sets a password lets the user in again; who only asks for another does not.
        (HARD, {"password"}, GOES),
        (HARD, {"password", "must_change"}, CHANGES),
        (HARD, {"must_change"}, LOCKED_OUT),
        (SOFT, {"password"}, GOES),
        (SOFT, {"must_change"}, CHANGES),
    ],
)
def test_what_an_administrator_can_do_about_an_expired_password(
    directory: Directory, alice: users.User, policy: PasswordPolicy, reset: set[str], expected: str
) -> None:
    set_password_policy(directory, ACCOUNT, policy)
    later = 100 * DAY
    if "password" in reset:
        login_profiles.set_password(directory, alice, "another", now=NOW + later)
    if "must_change" in reset:
        login_profiles.set_must_change(directory, alice, must_change=True)
    assert outcome(directory, alice.user_id, later) == expected
    assert outcome(directory, alice.user_id, later + 90 * DAY) == (LOCKED_OUT if policy is HARD else CHANGES)


def test_the_root_users_password_does_not_expire(directory: Directory) -> None:
    set_password_policy(directory, ACCOUNT, HARD)
    assert outcome(directory, ACCOUNT, 4_000 * DAY) == GOES
