"""The rules that a sign-in shows are those that the new password is held to."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.e2e.at_the_page import PASSWORD, AtThePage, Refused, User, make_user

OWN_RULES = [
    "Must be at least 8 characters long.",
    (
        "Must include at least 3 of these: uppercase letter (A-Z), lowercase letter (a-z), number (0-9), "
        "symbol (! @ # $ % ^ & * ( ) _ + - = [ ] { } | ')."
    ),
    "Must not be the account's ID, alias or email address.",
]


@pytest.fixture
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    return start_server()


def must_change(iam: Any, page: AtThePage, user: User) -> dict[str, Any]:
    iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
    return page.sign_in(user.name, PASSWORD)


def test_the_accounts_policy_is_for_its_users(server: RunningServer) -> None:
    iam, page = server.client("iam", server.admin), AtThePage(server)
    user = make_user(iam, mfa=False)
    iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    assert must_change(iam, page, user) == {"step": "change-password", "isRoot": False, "rules": OWN_RULES}
    iam.update_account_password_policy(MinimumPasswordLength=20, RequireNumbers=True, PasswordReusePrevention=2)
    assert must_change(iam, page, user)["rules"] == [
        "Must be at least 20 characters long.",
        "Must include at least one number (0-9).",
        "Must not be one of your last 2 passwords.",
    ]
    with pytest.raises(Refused) as caught:
        page.ask("sign-in/password", newPassword="Nineteen-letters-19")
    assert caught.value.code == "PasswordPolicyViolation"
    assert page.ask("sign-in/password", newPassword="twenty letters and 20")["step"] == "done"
    root = AtThePage(server)
    step = root.sign_in_as_root(server.setup.root_email, server.setup.root_password or "")
    assert step == {"step": "change-password", "isRoot": True, "rules": OWN_RULES}
