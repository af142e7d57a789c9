"""Getting a first MFA device at sign-in, in an account that lets nobody in without one."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.credentials import code_at, time_step
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.e2e.at_the_page import PASSWORD, AtThePage, Refused, User, make_user
from tests.services.authenticator import create_device, enrol
from tests.soft_authenticator import SoftAuthenticator

ENROL = {"step": "enrol", "isRoot": False}


@pytest.fixture(scope="module")
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    started = start_server()
    started.client("ostiary", started.admin).update_account_settings(MfaRequired=True)
    return started


@pytest.fixture
def page(server: RunningServer) -> AtThePage:
    return AtThePage(server)


@pytest.fixture
def user(iam: Any) -> User:
    return make_user(iam, mfa=False)


def codes_of(secret: str, *, step: int = -2) -> list[str]:
    """Return two codes in a row of a device whose clock is a little slow."""
    seed = base64.b32decode(secret)
    now = time_step(system_clock())
    return [code_at(seed, now + step), code_at(seed, now + step + 1)]


def refused(page: AtThePage, what: str, **body: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        page.ask(what, **body)
    return caught.value


def events(server: RunningServer) -> dict[str, dict[str, Any]]:
    """Return the latest event of each name."""
    with server.reading() as directory:
        found = find_events(directory.connection, server.setup.account_id, limit=50)
    return {event["eventName"]: event for event in reversed(found)}


def test_an_app_is_set_up(server: RunningServer, iam: Any, page: AtThePage, user: User) -> None:
    assert page.sign_in(user.name, PASSWORD) == ENROL
    offered = page.ask("sign-in/enrol/totp")
    assert offered["serialNumber"] == f"arn:aws:iam::{server.account_id}:mfa/{user.name}"
    assert offered["qrCode"].startswith("data:image/png;base64,")
    codes = codes_of(offered["secret"])
    step = page.ask("sign-in/enrol/totp/confirm", codes=codes)
    assert (step["step"], step["session"]["mfa"]) == ("done", True)
    (device,) = iam.list_mfa_devices(UserName=user.name)["MFADevices"]
    assert device["SerialNumber"] == offered["serialNumber"]
    written = events(server)["EnableMFADevice"]
    assert written["eventSource"] == "iam.amazonaws.com"
    assert written["requestParameters"] == {"userName": user.name, "serialNumber": offered["serialNumber"]}
    assert offered["secret"] not in json.dumps(events(server))
    # From then on it is asked for.
    again = AtThePage(server)
    assert again.sign_in(user.name, PASSWORD)["step"] == "second-factor"
    for code in codes:
        assert refused(again, "sign-in/code", code=code).code == "InvalidAuthenticationCode"


def test_a_passkey_is_set_up(server: RunningServer, iam: Any, page: AtThePage, user: User) -> None:
    page.sign_in(user.name, PASSWORD)
    authenticator = SoftAuthenticator(page.console)
    options = page.ask("sign-in/enrol/passkey/options")["options"]
    credential = json.loads(authenticator.register(json.dumps(options)))
    step = page.ask("sign-in/enrol/passkey", credential=credential, name="laptop")
    assert (step["step"], step["session"]["mfa"]) == ("done", True)
    (device,) = iam.list_mfa_devices(UserName=user.name)["MFADevices"]
    assert ":u2f/user/" in device["SerialNumber"]
    again = AtThePage(server)
    again.sign_in(user.name, PASSWORD)
    asked = again.ask("sign-in/passkey/options")["options"]
    answer = again.ask("sign-in/passkey", credential=json.loads(authenticator.sign(json.dumps(asked))))
    assert answer["step"] == "done"


def test_the_root_user_too(server: RunningServer) -> None:
    page = AtThePage(server)
    setup = server.setup
    assert page.sign_in_as_root(setup.root_email, setup.root_password or "")["step"] == "change-password"
    assert page.ask("sign-in/password", newPassword="Root-Pass.12") == {"step": "enrol", "isRoot": True}
    offered = page.ask("sign-in/enrol/totp")
    assert offered["serialNumber"].endswith(":mfa/root-account-mfa-device")
    step = page.ask("sign-in/enrol/totp/confirm", codes=codes_of(offered["secret"]))
    assert (step["step"], step["session"]["mustSecure"]) == ("done", False)


def test_beginning_anew_makes_the_first_secret_worthless(page: AtThePage, user: User) -> None:
    page.sign_in(user.name, PASSWORD)
    first, second = page.ask("sign-in/enrol/totp"), page.ask("sign-in/enrol/totp")
    assert first["serialNumber"] == second["serialNumber"]
    assert first["secret"] != second["secret"]
    wrong = refused(page, "sign-in/enrol/totp/confirm", codes=codes_of(first["secret"]))
    assert (wrong.code, wrong.status) == ("InvalidAuthenticationCode", 403)
    assert page.ask("sign-in/enrol/totp/confirm", codes=codes_of(second["secret"]))["step"] == "done"


def test_somebody_elses_device_of_the_name_stays(iam: Any, page: AtThePage, user: User) -> None:
    other = make_user(iam, mfa=False)
    theirs = enrol(iam, other.name, user.name)
    page.sign_in(user.name, PASSWORD)
    offered = page.ask("sign-in/enrol/totp")
    assert offered["serialNumber"].startswith(f"{theirs.serial_number}-")
    assert page.ask("sign-in/enrol/totp/confirm", codes=codes_of(offered["secret"]))["step"] == "done"
    (kept,) = iam.list_mfa_devices(UserName=other.name)["MFADevices"]
    assert kept["SerialNumber"] == theirs.serial_number


def test_only_who_has_none_is_offered_one(iam: Any, page: AtThePage, user: User) -> None:
    assert refused(page, "sign-in/enrol/totp").code == "SignInExpired"
    enrol(iam, user.name)
    page.sign_in(user.name, PASSWORD)
    for what in ("totp", "passkey/options"):
        assert refused(page, f"sign-in/enrol/{what}").code == "ValidationError"


def test_nothing_is_confirmed_that_was_not_offered(iam: Any, page: AtThePage, user: User) -> None:
    device = create_device(iam, f"{user.name}-other")
    page.sign_in(user.name, PASSWORD)
    codes = list(device.two_codes().values())
    assert refused(page, "sign-in/enrol/totp/confirm", codes=codes).code == "ValidationError"
    assert refused(page, "sign-in/enrol/passkey", credential={"id": "x"}, name="key").code == "ValidationError"


@pytest.mark.parametrize("codes", [None, "123456", ["123456"], ["123456", 7], ["123456"] * 3, ["1" * 17, "2"]])
def test_codes_are_two(page: AtThePage, codes: Any) -> None:
    assert refused(page, "sign-in/enrol/totp/confirm", codes=codes).code == "ValidationError"


def test_an_answer_to_another_question_gives_no_passkey(iam: Any, page: AtThePage, user: User) -> None:
    page.sign_in(user.name, PASSWORD)
    authenticator = SoftAuthenticator(page.console)
    options = json.dumps(page.ask("sign-in/enrol/passkey/options")["options"])
    page.ask("sign-in/enrol/passkey/options")
    credential = json.loads(authenticator.register(options))
    failure = refused(page, "sign-in/enrol/passkey", credential=credential, name="key")
    assert failure.code == "InvalidAuthenticationCode"
    for name in ("a b", "é", "x" * 65):
        assert refused(page, "sign-in/enrol/passkey", credential=credential, name=name).code == "ValidationError"
    assert iam.list_mfa_devices(UserName=user.name)["MFADevices"] == []
