"""Whoever changes a user's password wants others out: IAM's operations on passwords end the user's other sign-ins."""

from collections.abc import Callable
from typing import Any

from tests.conftest import RunningServer
from tests.services.authenticator import enrol
from tests.services.ostiary.calling import PASSWORD, User, is_good, sign_in

NEW = "Second-Pass.2"
NewUser = Callable[..., User]


def test_the_user_stays_signed_in_where_the_change_was_made(server: RunningServer, new_user: NewUser) -> None:
    user = new_user({"Action": "iam:ChangePassword"})
    here, elsewhere = sign_in(server, user.name), sign_in(server, user.name, client="command-line")
    other = sign_in(server, new_user().name)
    server.client("iam", here.credentials).change_password(OldPassword=PASSWORD, NewPassword=NEW)
    assert [is_good(server, each) for each in (here, elsewhere, other)] == [True, False, True]


def test_an_administrator_signs_the_user_out(server: RunningServer, iam: Any, new_user: NewUser) -> None:
    user = new_user()
    signed_in = sign_in(server, user.name)
    iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
    assert is_good(server, signed_in)
    iam.update_login_profile(UserName=user.name, Password=NEW)
    assert not is_good(server, signed_in)
    signed_in = sign_in(server, user.name)
    iam.delete_login_profile(UserName=user.name)
    assert not is_good(server, signed_in)


def test_who_loses_a_device_stays_signed_in(server: RunningServer, iam: Any, new_user: NewUser) -> None:
    user = new_user()
    signed_in = sign_in(server, user.name)
    device = enrol(iam, user.name)
    iam.deactivate_mfa_device(UserName=user.name, SerialNumber=device.serial_number)
    assert is_good(server, signed_in)
