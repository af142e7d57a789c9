"""In whichever way a user's password is set, it is held to the account's policy, and to the passwords before it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from botocore.exceptions import ClientError

from tests.conftest import Credentials, RunningServer
from tests.e2e.at_the_page import AtThePage, Refused

FIRST, SECOND, THIRD = "First-password-1", "Second-password-2", "Third-password-3"
WITHOUT_NUMBER = "Without-any-number"
Way = Callable[[RunningServer, Any, str, str], object]


def create(_server: RunningServer, iam: Any, user: str, new: str) -> None:
    if "UserName" in _profile(iam, user):
        iam.delete_login_profile(UserName=user)
    iam.create_login_profile(UserName=user, Password=new)


def update(_server: RunningServer, iam: Any, user: str, new: str) -> None:
    iam.update_login_profile(UserName=user, Password=new)


def change(server: RunningServer, iam: Any, user: str, new: str) -> None:
    for key in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
    key = Credentials.of(iam.create_access_key(UserName=user)["AccessKey"])
    server.client("iam", key).change_password(OldPassword=SECOND, NewPassword=new)


def choose_at_sign_in(server: RunningServer, iam: Any, user: str, new: str) -> None:
    iam.update_login_profile(UserName=user, PasswordResetRequired=True)
    page = AtThePage(server)
    assert page.sign_in(user, SECOND)["step"] == "change-password"
    assert page.ask("sign-in/password", newPassword=new)["step"] == "done"


def _profile(iam: Any, user: str) -> dict[str, Any]:
    try:
        return dict(iam.get_login_profile(UserName=user)["LoginProfile"])
    except ClientError:
        return {}


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash quickly: what is tested is what is compared, not what it costs to guess."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ostiary.credentials.password._hasher", lambda: quick)
        yield


@pytest.fixture(scope="module")
def policy(iam: Any) -> Iterator[None]:
    iam.update_account_password_policy(
        MinimumPasswordLength=12, RequireNumbers=True, PasswordReusePrevention=2, AllowUsersToChangePassword=True
    )
    yield
    iam.delete_account_password_policy()


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize("way", [create, update, change, choose_at_sign_in])
def test_a_password_is_held_to_the_policy(server: RunningServer, iam: Any, way: Way) -> None:
    user = f"by-{way.__name__}".replace("_", "-")
    iam.create_user(UserName=user)
    iam.create_login_profile(UserName=user, Password=FIRST)
    iam.update_login_profile(UserName=user, Password=SECOND)
    for bad in (WITHOUT_NUMBER, FIRST, SECOND):
        with pytest.raises((ClientError, Refused), match="PasswordPolicyViolation"):
            way(server, iam, user, bad)
    way(server, iam, user, THIRD)
    assert AtThePage(server).sign_in(user, THIRD)["step"] == "done"


@pytest.mark.parametrize("allowed", [True, False])
def test_whom_the_policy_lets_change_a_password_it_lets_read_what_it_asks_for(
    server: RunningServer, iam: Any, *, allowed: bool
) -> None:
    user = f"reader-{allowed}"
    iam.create_user(UserName=user)
    key = Credentials.of(iam.create_access_key(UserName=user)["AccessKey"])
    iam.update_account_password_policy(MinimumPasswordLength=12, AllowUsersToChangePassword=allowed)
    own = server.client("iam", key)
    if allowed:
        assert own.get_account_password_policy()["PasswordPolicy"]["MinimumPasswordLength"] == 12
        iam.put_user_policy(
            UserName=user,
            PolicyName="No",
            PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:Get*","Resource":"*"}}',
        )
    with pytest.raises(ClientError, match="AccessDenied"):
        own.get_account_password_policy()
    # And nothing else than to read it.
    with pytest.raises(ClientError, match="AccessDenied"):
        own.delete_account_password_policy()
