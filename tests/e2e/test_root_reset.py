"""A root user who lost the password, or the second factor, gets back in with the operator's help."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from ostiary.audit import find_events
from ostiary.cli.root import root
from ostiary.credentials import hash_recovery_code
from ostiary.directory import mfa_devices
from ostiary.server.errors import SetupError
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.e2e.at_the_page import AtThePage, Refused
from tests.services.authenticator import create_device

NEW = "A-New-Password.7"
WRONG = "AuthenticationFailed: Your authentication information is incorrect. Please try again."


@pytest.fixture
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server of its own for each test: failures are counted."""
    return start_server()


def run_reset(data: Path, *words: str) -> str:
    return (
        CliRunner()
        .invoke(root, ["reset", "--data", str(data), *words], catch_exceptions=False, standalone_mode=False)
        .stdout
    )


def make_code(server: RunningServer, *words: str) -> str:
    found = re.search(r"^  ((?:[2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5})$", run_reset(server.data, *words), re.MULTILINE)
    assert found
    return found[1]


def set_password(server: RunningServer, code: str, *, email: str | None = None, password: str = NEW) -> None:
    email = email or server.setup.root_email
    assert AtThePage(server).ask("sign-in/root-reset", email=email, code=code, newPassword=password) == {}


def names_of_events(server: RunningServer, most: int = 50) -> list[tuple[str, str]]:
    with server.reading() as directory:
        events = find_events(directory.connection, server.account_id, limit=most)
    return [(event["eventName"], event.get("errorMessage", "")) for event in events]


def test_the_operator_is_shown_where_to_go_with_what(server: RunningServer) -> None:
    text = run_reset(server.data, "--public-url", "https://iam.example.com/")
    assert "https://iam.example.com/console/sign-in/root-reset\n" in text
    assert f"for the root user {server.setup.root_email} of account {server.account_id}" in text
    assert names_of_events(server)[0] == ("PasswordRecoveryRequested", "")


def test_the_code_is_kept_as_a_hash_alone(server: RunningServer) -> None:
    code = make_code(server)
    with server.reading() as directory:
        row = directory.connection.execute(select(schema.accounts)).one()
        events = json.dumps(find_events(directory.connection, server.account_id))
    assert row.root_reset_hash == hash_recovery_code(code)
    assert code not in (*map(str, row), events)


def test_a_new_password_takes_the_place_of_the_old_one_and_ends_its_sessions(server: RunningServer) -> None:
    email, old = server.setup.root_email, server.setup.root_password
    assert old
    before = AtThePage(server)
    step = before.sign_in_as_root(email, old)
    if step["step"] == "change-password":
        old = "The-First-One.1"
        step = before.ask("sign-in/password", newPassword=old)
    assert step["step"] == "done"
    code = make_code(server)
    assert before.ask("credentials")["accessKeyId"]
    # As people type it.
    set_password(server, f" {code.lower().replace('-', ' ')} ")
    with pytest.raises(Refused, match="NotSignedIn"):
        before.ask("credentials")
    with pytest.raises(Refused, match="AuthenticationFailed"):
        AtThePage(server).sign_in_as_root(email, old)
    assert AtThePage(server).sign_in_as_root(email, NEW)["step"] == "done"
    assert ("PasswordRecoveryCompleted", "") in names_of_events(server)


def test_a_code_is_good_once(server: RunningServer) -> None:
    code = make_code(server)
    set_password(server, code)
    with pytest.raises(Refused, match=WRONG):
        set_password(server, code)
    assert names_of_events(server)[0] == ("PasswordRecoveryCompleted", "Failed authentication")


def test_a_newer_code_takes_the_place_of_an_older_one(server: RunningServer) -> None:
    older, newer = make_code(server), make_code(server)
    with pytest.raises(Refused, match=WRONG):
        set_password(server, older)
    set_password(server, newer)


def test_a_code_is_good_for_half_an_hour(server: RunningServer) -> None:
    code = make_code(server)
    with server.changing() as directory:
        kept = directory.connection.scalar(select(schema.accounts.c.root_reset_expires_at))
        assert kept is not None
        assert timedelta(minutes=29) < kept - system_clock() <= timedelta(minutes=30)
        over = update(schema.accounts).values(root_reset_expires_at=system_clock())
        directory.connection.execute(over)
    with pytest.raises(Refused, match=WRONG):
        set_password(server, code)


def test_an_address_that_is_nobody_s_is_answered_like_a_wrong_code(server: RunningServer) -> None:
    code = make_code(server)
    for email, given in (("nobody@example.com", code), (server.setup.root_email, "AAAAA-" * 4 + "AAAAA")):
        with pytest.raises(Refused) as caught:
            set_password(server, given, email=email)
        assert (caught.value.status, str(caught.value)) == (401, WRONG)
    set_password(server, code)


def test_without_a_code_made_none_is_good(server: RunningServer) -> None:
    for given in ("-", "None", "AAAAA"):
        with pytest.raises(Refused, match=WRONG):
            set_password(server, given)


@pytest.mark.parametrize("password", ["short1!", "alllowercaseletters"])
def test_the_new_password_is_held_to_the_rules(server: RunningServer, password: str) -> None:
    code = make_code(server)
    with pytest.raises(Refused, match="PasswordPolicyViolation"):
        set_password(server, code, password=password)
    set_password(server, code)


def test_guessing_is_slowed_down_without_keeping_the_root_user_from_signing_in(server: RunningServer) -> None:
    for _ in range(6):
        with pytest.raises(Refused):
            set_password(server, "WRONG")
    with pytest.raises(Refused, match="TooManyRequestsError") as caught:
        set_password(server, make_code(server))
    assert caught.value.status == 429
    assert server.setup.root_password
    assert AtThePage(server).sign_in_as_root(server.setup.root_email, server.setup.root_password)["step"] != ""


def test_lost_devices_are_taken_away(server: RunningServer) -> None:
    iam = server.client("iam", server.admin)
    device = create_device(iam, "lost")
    now = system_clock()
    with server.changing() as directory:
        kept = mfa_devices.get_virtual_mfa_device(directory, server.setup.account_id, device.serial_number)
        codes = (device.code(), device.code())
        mfa_devices.enable_mfa_device(directory, kept, None, codes, now=now)
    make_code(server)
    with server.reading() as directory:
        assert mfa_devices.has_mfa_device(directory, server.setup.account_id, None)
    text = run_reset(server.data, "--deactivate-mfa")
    assert text.startswith(f"Deactivated {device.serial_number}\n")
    with server.reading() as directory:
        assert not mfa_devices.has_mfa_device(directory, server.setup.account_id, None)
        events = find_events(directory.connection, server.account_id)
    (event,) = [event for event in events if event["eventName"] == "DeactivateMFADevice"]
    assert event["eventSource"] == "iam.amazonaws.com"
    assert (event["sourceIPAddress"], event["userAgent"]) == ("AWS Internal", "ostiary root reset")
    assert event["requestParameters"] == {"serialNumber": device.serial_number}


def test_a_directory_without_an_account(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="holds no account"):
        run_reset(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_an_account_that_is_not_there(server: RunningServer) -> None:
    with pytest.raises(SetupError, match="there is no account 444455556666 here"):
        run_reset(server.data, "--account-id", "444455556666")
