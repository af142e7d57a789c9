"""ChangeRootUserPassword: by the root user at the console, who knows the old password."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ostiary.credentials import verify_password
from ostiary.directory import accounts
from ostiary.store import schema
from tests.conftest import Credentials, RunningServer
from tests.services.ostiary.calling import User, is_good, refusal, sign_in

ONLY_AT_CONSOLE = (
    "AccessDeniedException",
    "Only the root user, signed in to the console, can change the root user's password",
    403,
)
NEW = "Second-Pass.2"


@pytest.fixture
def fresh(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server whose root user has the password it was set up with."""
    return start_server()


def old_password(server: RunningServer) -> str:
    password = server.setup.root_password
    assert password is not None
    return password


def test_it_is_changed_and_others_are_signed_out(fresh: RunningServer) -> None:
    here, elsewhere = sign_in(fresh), sign_in(fresh)
    fresh.client("ostiary", here.credentials).change_root_user_password(
        OldPassword=old_password(fresh), NewPassword=NEW
    )
    with fresh.reading() as directory:
        kept = accounts.get_root_password(directory, fresh.setup.account_id)
        verify_password(NEW, kept.password_hash)
        row = directory.connection.execute(select(schema.accounts)).one()
        event = directory.connection.scalars(
            select(schema.events.c.body).where(schema.events.c.event_name == "ChangeRootUserPassword")
        ).one()
    assert not kept.must_change
    assert row.root_password_changed_at is not None
    assert is_good(fresh, here)
    assert not is_good(fresh, elsewhere)
    hidden = dict.fromkeys(("oldPassword", "newPassword"), "HIDDEN_DUE_TO_SECURITY_REASONS")
    assert json.loads(event)["requestParameters"] == hidden
    assert old_password(fresh) not in event


def test_nobody_else_may(server: RunningServer, ostiary: Any, root: Credentials, new_user: Callable[..., User]) -> None:
    parameters = {"OldPassword": old_password(server), "NewPassword": NEW}
    assert refusal(ostiary.change_root_user_password, **parameters) == ONLY_AT_CONSOLE
    assert refusal(server.client("ostiary", root).change_root_user_password, **parameters) == ONLY_AT_CONSOLE
    at_command_line = sign_in(server, client="command-line")
    client = server.client("ostiary", at_command_line.credentials)
    assert refusal(client.change_root_user_password, **parameters) == ONLY_AT_CONSOLE
    user = new_user()
    code, message, _ = refusal(server.client("ostiary", user.key).change_root_user_password, **parameters)
    assert (code, message.partition(" because")[0]) == (
        "AccessDeniedException",
        (
            f"User: {user.arn} is not authorized to perform: ostiary:ChangeRootUserPassword on resource: "
            f"arn:aws:iam::{server.account_id}:root"
        ),
    )


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short.1", "Password does not conform to the account password policy."),
        ("onlylowercaseletters", "Password does not conform to the account password policy."),
        (None, "Policy constraint violation with password reuse prevention during password change."),
    ],
)
def test_the_new_one_has_to_be_good(server: RunningServer, new: str | None, sentence: str) -> None:
    client = server.client("ostiary", sign_in(server).credentials)
    old = old_password(server)
    told = refusal(client.change_root_user_password, OldPassword=old, NewPassword=new or old)
    assert told == ("PasswordPolicyViolation", sentence, 400)


def test_nobody_goes_on_guessing(fresh: RunningServer) -> None:
    client = fresh.client("ostiary", sign_in(fresh).credentials)
    wrong = ("AccessDeniedException", "The old password was incorrect.", 403)
    for number in range(10):
        assert refusal(client.change_root_user_password, OldPassword=f"Guess-{number}", NewPassword=NEW) == wrong
    told = refusal(client.change_root_user_password, OldPassword=old_password(fresh), NewPassword=NEW)
    assert told[0] == "Throttling"


def test_bad_input(server: RunningServer) -> None:
    client = server.client("ostiary", sign_in(server).credentials, parameter_validation=False)
    assert refusal(client.change_root_user_password, OldPassword="x")[0] == "ValidationException"
    told = refusal(client.change_root_user_password, OldPassword="x", NewPassword="y" * 129)
    assert told[0] == "ValidationException"
    assert "yyy" not in told[1]
