"""Passwords of users, those before them, and the policy that they are held to."""

import pytest

from ostiary.credentials import hash_password
from ostiary.directory import login_profiles, password_policy, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, PasswordRefused
from ostiary.directory.password_policy import PasswordPolicy, require_good_password
from tests.directory.facts import ACCOUNT, NOW


@pytest.fixture
def alice(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "alice", now=NOW)


def give(directory: Directory, user: users.User, password: str) -> None:
    login_profiles.create_login_profile(
        directory, user, password_hash=hash_password(password), must_change=False, now=NOW
    )


def refusal(directory: Directory, user: users.User, password: str) -> str | None:
    try:
        require_good_password(directory, user, password)
    except PasswordRefused as refused:
        return "had before" if refused.had_before else "too simple"
    return None


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("Abcdef12", True),
        ("abcdef1!", True),
        ("ABCDEF1'", True),
        ("Abcdef1", False),
        ("abcdefg1", False),
        ("Abcdefgh", False),
        ("abc\u00e9\u00c9\u00df12", False),
        (f"Root@{ACCOUNT}.example", False),
        ("111122223333", False),
    ],
)
def test_without_a_policy_a_password_is_mixed_and_no_name_of_the_account(
    directory: Directory, alice: users.User, password: str, *, good: bool
) -> None:
    assert refusal(directory, alice, password) == (None if good else "too simple")


@pytest.mark.parametrize(
    ("policy", "good", "bad"),
    [
        (PasswordPolicy(), "aaaaaa", "aaaaa"),
        (PasswordPolicy(minimum_length=14), "a" * 14, "a" * 13),
        (PasswordPolicy(require_symbols=True), "aaaaa|", "aaaaa~"),
        (PasswordPolicy(require_numbers=True), "aaaaa0", "aaaaa\u00b2"),
        (PasswordPolicy(require_uppercase=True), "aaaaaA", "aaaaa\u00c4"),
        (PasswordPolicy(require_lowercase=True), "AAAAAa", "AAAAA\u00e4"),
    ],
)
def test_a_policy_asks_for_length_and_kinds_of_characters(
    directory: Directory, alice: users.User, policy: PasswordPolicy, good: str, bad: str
) -> None:
    password_policy.set_password_policy(directory, ACCOUNT, policy)
    assert refusal(directory, alice, good) is None
    assert refusal(directory, alice, bad) == "too simple"


def test_the_last_passwords_are_not_used_again(directory: Directory, alice: users.User) -> None:
    password_policy.set_password_policy(directory, ACCOUNT, PasswordPolicy(reuse_prevention=2))
    give(directory, alice, "first-one")
    for password in ("second-one", "third-one"):
        login_profiles.set_password(directory, alice, hash_password(password), now=NOW)
    assert [refusal(directory, alice, f"{word}-one") for word in ("first", "second", "third", "fourth")] == [
        None,
        "had before",
        "had before",
        None,
    ]


def test_a_password_that_was_deleted_is_remembered(directory: Directory, alice: users.User) -> None:
    password_policy.set_password_policy(directory, ACCOUNT, PasswordPolicy(reuse_prevention=1))
    give(directory, alice, "the-only-one")
    login_profiles.delete_login_profile(directory, alice)
    assert refusal(directory, alice, "the-only-one") == "had before"


def test_no_more_are_remembered_than_a_policy_can_ask_for(directory: Directory, alice: users.User) -> None:
    login_profiles.create_login_profile(directory, alice, password_hash="0", must_change=True, now=NOW)
    for number in range(1, 40):
        login_profiles.set_password(directory, alice, str(number), now=NOW)
    kept = login_profiles.last_password_hashes(directory, alice, 100)
    assert kept == [str(number) for number in range(39, 14, -1)]
    assert login_profiles.last_password_hashes(directory, alice, 3) == ["39", "38", "37"]


def test_a_user_who_had_passwords_can_be_deleted(directory: Directory, alice: users.User) -> None:
    give(directory, alice, "the-only-one")
    login_profiles.delete_login_profile(directory, alice)
    users.delete_user(directory, alice)
    assert users.find_user(directory, ACCOUNT, "alice") is None


def test_a_hash_does_not_show_itself(directory: Directory, alice: users.User) -> None:
    give(directory, alice, "the-only-one")
    assert "argon2" not in repr(login_profiles.get_login_profile(directory, alice))


def test_a_policy_takes_the_place_of_the_one_before(directory: Directory) -> None:
    first = PasswordPolicy(minimum_length=20, max_age=90, reuse_prevention=5, hard_expiry=True)
    for policy in (first, PasswordPolicy(require_numbers=True)):
        password_policy.set_password_policy(directory, ACCOUNT, policy)
        assert password_policy.get_password_policy(directory, ACCOUNT) == policy
    password_policy.delete_password_policy(directory, ACCOUNT)
    assert password_policy.find_password_policy(directory, ACCOUNT) is None
    with pytest.raises(NoSuchEntity):
        password_policy.delete_password_policy(directory, ACCOUNT)
