"""Passwords of users, through boto3."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from ostiary.credentials import hash_password, verify_password
from ostiary.directory import login_profiles, users
from ostiary.services.iam import login_profiles as served
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import READ_ONLY, answer, fresh, refusal

GOOD, BETTER = "Corr3ct-horse", "Batt3ry-staple"
TOO_SIMPLE = ("PasswordPolicyViolation", "Password does not conform to the account password policy.", 400)
HAD_BEFORE = (
    "PasswordPolicyViolation",
    "Policy constraint violation with password reuse prevention during password change.",
    400,
)


@pytest.fixture
def name(iam: Any) -> str:
    made: str = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    return made


@pytest.fixture
def own(server: RunningServer, iam: Any, name: str) -> Any:
    """IAM, called by the user of that name, who may do nothing yet."""
    return server.client("iam", Credentials.of(iam.create_access_key(UserName=name)["AccessKey"]))


@pytest.fixture
def policy(iam: Any) -> Iterator[Any]:
    """Sets the account's password policy; there is none afterwards."""
    yield iam.update_account_password_policy
    iam.delete_account_password_policy()


def allow_change(iam: Any, name: str, effect: str = "Allow") -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": effect,
            "Action": "iam:ChangePassword",
            "Resource": "arn:aws:iam::*:user/${aws:username}",
        },
    }
    iam.put_user_policy(UserName=name, PolicyName=effect, PolicyDocument=json.dumps(document))


def is_password(server: RunningServer, name: str, password: str) -> bool:
    with server.reading() as directory:
        user = users.get_user(directory, server.setup.account_id, name)
        verify_password(password, login_profiles.get_login_profile(directory, user).password_hash)
    return True


def test_a_profile_is_answered_alike_when_made_and_when_asked_for(iam: Any, name: str) -> None:
    made = answer(iam.create_login_profile, UserName=name.upper(), Password=GOOD)["LoginProfile"]
    assert datetime.now(UTC) - made["CreateDate"] < timedelta(minutes=1)
    assert made == {"UserName": name, "CreateDate": made["CreateDate"], "PasswordResetRequired": False}
    assert answer(iam.get_login_profile, UserName=name) == {"LoginProfile": made}


def test_a_password_can_be_one_to_change(iam: Any, name: str) -> None:
    made = iam.create_login_profile(UserName=name, Password=GOOD, PasswordResetRequired=True)
    assert made["LoginProfile"]["PasswordResetRequired"]
    assert answer(iam.update_login_profile, UserName=name, PasswordResetRequired=False) == {}
    assert not iam.get_login_profile(UserName=name)["LoginProfile"]["PasswordResetRequired"]
    assert answer(iam.update_login_profile, UserName=name, Password=BETTER, PasswordResetRequired=True) == {}
    assert answer(iam.update_login_profile, UserName=name) == {}
    assert iam.get_login_profile(UserName=name)["LoginProfile"]["PasswordResetRequired"]


def test_a_new_password_takes_the_place_of_the_old(server: RunningServer, iam: Any, name: str) -> None:
    made = iam.create_login_profile(UserName=name, Password=GOOD)["LoginProfile"]
    assert is_password(server, name, GOOD)
    iam.update_login_profile(UserName=name, Password=BETTER)
    assert is_password(server, name, BETTER)
    assert iam.get_login_profile(UserName=name)["LoginProfile"] == made


def test_a_user_has_one_password(iam: Any, name: str) -> None:
    iam.create_login_profile(UserName=name, Password=GOOD)
    taken = ("EntityAlreadyExists", f"Login Profile for user {name} already exists.", 409)
    assert refusal(iam.create_login_profile, UserName=name, Password=BETTER) == taken
    assert refusal(iam.create_login_profile, UserName=name, Password="bad") == taken


def test_a_deleted_password_is_gone(iam: Any, name: str) -> None:
    iam.create_login_profile(UserName=name, Password=GOOD)
    assert refusal(iam.delete_user, UserName=name) == (
        "DeleteConflict",
        "Cannot delete entity, must delete login profile first.",
        409,
    )
    assert answer(iam.delete_login_profile, UserName=name) == {}
    gone = ("NoSuchEntity", f"Login Profile for User {name} cannot be found.", 404)
    assert refusal(iam.get_login_profile, UserName=name) == gone
    assert refusal(iam.delete_login_profile, UserName=name) == gone
    assert refusal(iam.update_login_profile, UserName=name, Password=GOOD) == gone
    iam.delete_user(UserName=name)


def test_a_call_that_names_nobody_means_the_caller(iam: Any) -> None:
    assert iam.get_login_profile()["LoginProfile"]["UserName"] == "admin"


def test_passwords_are_held_to_the_policy(iam: Any, name: str, policy: Any) -> None:
    assert refusal(iam.create_login_profile, UserName=name, Password="abcdefgh") == TOO_SIMPLE
    policy(MinimumPasswordLength=14)
    assert refusal(iam.create_login_profile, UserName=name, Password=GOOD) == TOO_SIMPLE
    iam.create_login_profile(UserName=name, Password="fourteen-chars")
    assert refusal(iam.update_login_profile, UserName=name, Password=GOOD) == TOO_SIMPLE


def test_passwords_are_not_used_again(iam: Any, name: str, policy: Any) -> None:
    policy(PasswordReusePrevention=2)
    iam.create_login_profile(UserName=name, Password="first-one")
    assert refusal(iam.update_login_profile, UserName=name, Password="first-one") == HAD_BEFORE
    iam.update_login_profile(UserName=name, Password="second-one")
    assert refusal(iam.update_login_profile, UserName=name, Password="first-one") == HAD_BEFORE
    iam.update_login_profile(UserName=name, Password="third-one")
    assert answer(iam.update_login_profile, UserName=name, Password="first-one") == {}


def test_who_knows_the_old_password_chooses_a_new_one(server: RunningServer, iam: Any, own: Any, name: str) -> None:
    allow_change(iam, name)
    iam.create_login_profile(UserName=name, Password=GOOD, PasswordResetRequired=True)
    assert refusal(own.change_password, OldPassword=BETTER, NewPassword="N3w-enough") == (
        "AccessDenied",
        "The old password was incorrect.",
        403,
    )
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword="simple") == TOO_SIMPLE
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword=GOOD) == HAD_BEFORE
    assert is_password(server, name, GOOD)
    assert answer(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == {}
    assert is_password(server, name, BETTER)
    assert not iam.get_login_profile(UserName=name)["LoginProfile"]["PasswordResetRequired"]


def test_a_user_without_a_password_has_none_to_change(iam: Any, own: Any, name: str) -> None:
    allow_change(iam, name)
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == (
        "NoSuchEntity",
        f"Login Profile for User {name} cannot be found.",
        404,
    )


def test_the_account_can_allow_all_users_to_change_their_passwords(
    iam: Any, own: Any, name: str, policy: Any, account_id: str
) -> None:
    iam.create_login_profile(UserName=name, Password=GOOD)
    refused = (
        "AccessDenied",
        (
            f"User: arn:aws:iam::{account_id}:user/{name} is not authorized to perform: iam:ChangePassword "
            f"on resource: user {name} because no identity-based policy allows the iam:ChangePassword action"
        ),
        403,
    )
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == refused
    policy(AllowUsersToChangePassword=False)
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == refused
    policy(AllowUsersToChangePassword=True)
    assert answer(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == {}
    # It allows that and nothing else, and a Deny outdoes it.
    assert refusal(own.get_login_profile)[0] == "AccessDenied"
    allow_change(iam, name, "Deny")
    assert refusal(own.change_password, OldPassword=BETTER, NewPassword=GOOD)[1].endswith(
        "with an explicit deny in an identity-based policy"
    )


def test_no_boundary_stands_in_the_way_of_what_the_account_allows(iam: Any, own: Any, name: str, policy: Any) -> None:
    iam.create_login_profile(UserName=name, Password=GOOD)
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=READ_ONLY)
    policy(AllowUsersToChangePassword=True)
    assert answer(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == {}


def test_only_users_have_passwords_of_their_own(server: RunningServer) -> None:
    root = server.client("iam", server.create_root_key())
    assert refusal(root.change_password, OldPassword=GOOD, NewPassword=BETTER) == (
        "InvalidUserType",
        "Only IAM Users can change their own password",
        400,
    )
    assert refusal(root.get_login_profile)[1] == "Must specify userName when calling with non-User credentials"


def test_a_password_is_needed(iam: Any, name: str) -> None:
    assert refusal(iam.create_login_profile, UserName=name) == (
        "ValidationError",
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
        400,
    )


def test_when_a_password_was_last_used_is_told_of_users_alone(server: RunningServer, iam: Any, name: str) -> None:
    assert "PasswordLastUsed" not in iam.get_user(UserName=name)["User"]
    with server.changing() as directory:
        directory.connection.exec_driver_sql(
            f"UPDATE users SET password_last_used_at = 1700000000 WHERE name = '{name}'"  # noqa: S608 - a name of ours
        )
        directory.connection.exec_driver_sql("UPDATE accounts SET revision = revision + 1")
    at = datetime.fromtimestamp(1700000000, UTC)
    assert iam.get_user(UserName=name)["User"]["PasswordLastUsed"] == at
    listed = {user["UserName"]: user for user in iam.list_users()["Users"]}
    assert listed[name]["PasswordLastUsed"] == at
    assert "PasswordLastUsed" not in listed["admin"]


def test_who_guesses_the_old_password_is_held_back_for_a_while(own: Any, iam: Any, name: str) -> None:
    allow_change(iam, name)
    iam.create_login_profile(UserName=name, Password=GOOD)
    guesses = [refusal(own.change_password, OldPassword=f"guess-{n}", NewPassword=BETTER)[0] for n in range(11)]
    assert guesses == ["AccessDenied"] * 10 + ["Throttling"]
    assert refusal(own.change_password, OldPassword=GOOD, NewPassword=BETTER) == ("Throttling", "Rate exceeded", 400)


def test_no_other_change_waits_while_a_password_is_hashed(iam: Any, name: str) -> None:
    """Hashing is slow by design, and once took its time while it held the only place to write."""
    hashing, over = threading.Event(), threading.Event()

    def hash_slowly(text: str) -> str:
        hashing.set()
        assert over.wait(20)
        return hash_password(text)

    with patch.object(served, "hash_password", hash_slowly), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(iam.create_login_profile, UserName=name, Password=GOOD)
        assert hashing.wait(20)
        iam.create_group(GroupName=name)
        over.set()
        assert waiting.result()["LoginProfile"]["UserName"] == name


def test_a_password_is_not_held_to_what_changed_meanwhile(server: RunningServer, iam: Any, name: str) -> None:
    """Else two calls at once could set a password that one of them had just made a former one."""
    iam.create_login_profile(UserName=name, Password=GOOD)

    def hash_late(text: str) -> str:
        with server.changing() as directory:
            user = users.get_user(directory, server.account_id, name)
            login_profiles.set_password(directory, user, hash_password(BETTER), now=system_clock())
        return hash_password(text)

    with patch.object(served, "hash_password", hash_late):
        code, _, status = refusal(iam.update_login_profile, UserName=name, Password="Th1rd-enough")
    assert (code, status) == ("EntityTemporarilyUnmodifiable", 409)
