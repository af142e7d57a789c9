"""Passkeys at the sign-in page: after a password, by themselves, and all that must not be let in with them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.directory.sign_in_failures import Counted, Subject, count_attempt
from ostiary.directory.sign_in_flows import NOBODY
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.e2e.at_the_page import PASSWORD, AtThePage, Refused, User, make_user
from tests.services.authenticator import enrol
from tests.soft_authenticator import SoftAuthenticator

REFUSED = "The passkey is not known here, or could not be verified. Try again, or sign in by other means."


@pytest.fixture
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server of each test's own: attempts from one address are counted."""
    return start_server()


@pytest.fixture
def iam(server: RunningServer) -> Any:
    return server.client("iam", server.admin)


@pytest.fixture
def page(server: RunningServer) -> AtThePage:
    return AtThePage(server)


@pytest.fixture
def authenticator(page: AtThePage) -> SoftAuthenticator:
    return SoftAuthenticator(page.console)


@pytest.fixture
def alice(server: RunningServer, iam: Any, authenticator: SoftAuthenticator) -> User:
    """A user whose only device is a passkey."""
    user = make_user(iam, mfa=False)
    register(server, user.name, authenticator)
    return user


def register(server: RunningServer, user_name: str, authenticator: SoftAuthenticator, name: str = "key") -> str:
    ostiary = server.client("ostiary", server.admin)
    begun = ostiary.begin_passkey_registration(UserName=user_name)
    credential = authenticator.register(begun["Options"])
    answer = ostiary.complete_passkey_registration(
        UserName=user_name, Name=name, State=begun["State"], Credential=credential
    )
    serial_number: str = answer["SerialNumber"]
    return serial_number


def asked(page: AtThePage, **body: Any) -> str:
    """Return the JSON of what a browser is asked for."""
    return json.dumps(page.ask("sign-in/passkey/options", **body)["options"])


def answered(page: AtThePage, credential: str) -> dict[str, Any]:
    return page.ask("sign-in/passkey", credential=json.loads(credential))


def refused(page: AtThePage, credential: str) -> Refused:
    with pytest.raises(Refused) as caught:
        answered(page, credential)
    return caught.value


def check_events(server: RunningServer) -> list[dict[str, Any]]:
    with server.reading() as directory:
        found = find_events(directory.connection, server.setup.account_id, limit=50)
    return [event for event in found if event["eventName"] == "CheckMfa"]


def test_it_is_the_second_factor(server: RunningServer, page: AtThePage, alice: User, authenticator: Any) -> None:
    assert page.sign_in(alice.name, PASSWORD) == {"step": "second-factor", "methods": ["passkey"]}
    options = asked(page)
    assert len(json.loads(options)["allowCredentials"]) == 1
    step = answered(page, authenticator.sign(options))
    assert (step["step"], step["session"]["mfa"]) == ("done", True)
    (event,) = check_events(server)
    assert event["additionalEventData"] == {"MfaType": "Passkey or security key"}


def test_either_device_will_do(server: RunningServer, iam: Any, page: AtThePage, authenticator: Any) -> None:
    user = make_user(iam, mfa=False)
    enrol(iam, user.name)
    register(server, user.name, authenticator)
    assert page.sign_in(user.name, PASSWORD)["methods"] == ["totp", "passkey"]
    assert answered(page, authenticator.sign(asked(page)))["step"] == "done"


def test_it_is_enough_alone(page: AtThePage, alice: User, authenticator: Any) -> None:
    options = asked(page)
    assert json.loads(options)["allowCredentials"] == []
    step = answered(page, authenticator.sign(options))
    assert (step["step"], step["session"]["mfa"]) == ("done", True)
    assert step["session"]["principal"]["userName"] == alice.name
    assert page.ask("credentials")["sessionToken"]


def test_it_is_asked_for_alone_while_another_sign_in_waits(page: AtThePage, iam: Any) -> None:
    other = make_user(iam)
    page.sign_in(other.name, PASSWORD)
    assert json.loads(asked(page, discoverable=True))["allowCredentials"] == []


def test_a_password_that_must_be_changed_is_asked_for(
    iam: Any, page: AtThePage, alice: User, authenticator: Any
) -> None:
    iam.update_login_profile(UserName=alice.name, PasswordResetRequired=True)
    assert answered(page, authenticator.sign(asked(page)))["step"] == "change-password"


def test_each_question_is_answered_once(page: AtThePage, alice: User, authenticator: Any) -> None:
    page.sign_in(alice.name, PASSWORD)
    options = asked(page)
    authenticator.challenge = b"another"
    assert str(refused(page, authenticator.sign(options))) == f"InvalidAuthenticationCode: {REFUSED}"
    authenticator.challenge = None
    assert refused(page, authenticator.sign(options)).code == "SignInExpired"
    credential = authenticator.sign(asked(page))
    assert answered(page, credential)["step"] == "done"
    assert refused(page, credential).code == "SignInExpired"


def test_a_copy_is_found_out(server: RunningServer, page: AtThePage, alice: User, authenticator: Any) -> None:
    answered(page, authenticator.sign(asked(page)))
    for password_first in (False, True):
        authenticator.sign_count = 0
        if password_first:
            page.sign_in(alice.name, PASSWORD)
        failure = refused(page, authenticator.sign(asked(page)))
        assert (failure.code, failure.status) == ("ClonedAuthenticator", 403)
        event = check_events(server)[0]
        assert event["responseElements"] == {"CheckMfa": "Failure"}
        assert "signature counter did not go up" in event["errorMessage"]
        assert event["userIdentity"]["userName"] == alice.name


def test_nobody_elses_will_do(
    server: RunningServer, iam: Any, page: AtThePage, alice: User, authenticator: Any
) -> None:
    bob = make_user(iam, mfa=False)
    bobs = SoftAuthenticator(page.console)
    register(server, bob.name, bobs)
    page.sign_in(alice.name, PASSWORD)
    options = json.loads(asked(page))
    del options["allowCredentials"]
    assert str(refused(page, bobs.sign(json.dumps(options)))) == f"InvalidAuthenticationCode: {REFUSED}"
    # A passkey of Bob's that claims to be Alice's.
    options = asked(page, discoverable=True)
    credential = json.loads(bobs.sign(options))
    credential["response"]["userHandle"] = json.loads(authenticator.sign(options))["response"]["userHandle"]
    assert str(refused(page, json.dumps(credential))) == f"InvalidAuthenticationCode: {REFUSED}"


def test_who_has_no_password_is_not_let_in(iam: Any, page: AtThePage, alice: User, authenticator: Any) -> None:
    iam.delete_login_profile(UserName=alice.name)
    assert str(refused(page, authenticator.sign(asked(page)))) == f"InvalidAuthenticationCode: {REFUSED}"


def test_a_passkey_that_was_removed_is_not_known(iam: Any, page: AtThePage, alice: User, authenticator: Any) -> None:
    options = asked(page)
    (device,) = iam.list_mfa_devices(UserName=alice.name)["MFADevices"]
    iam.deactivate_mfa_device(UserName=alice.name, SerialNumber=device["SerialNumber"])
    assert str(refused(page, authenticator.sign(options))) == f"InvalidAuthenticationCode: {REFUSED}"


@pytest.mark.parametrize(
    "credential",
    [{}, {"id": "x"}, {"id": 7, "rawId": [], "response": {"userHandle": "AA"}}, {"response": None, "rawId": "\ud800"}],
)
def test_what_is_no_credential_is_refused(page: AtThePage, credential: dict[str, Any]) -> None:
    asked(page)
    with pytest.raises(Refused) as caught:
        page.ask("sign-in/passkey", credential=credential)
    assert str(caught.value) == f"InvalidAuthenticationCode: {REFUSED}"


def test_what_is_no_object_is_refused(page: AtThePage) -> None:
    asked(page)
    no_objects: tuple[Any, ...] = ("text", None, [], {"x": "y" * 20_000})
    for credential in no_objects:
        with pytest.raises(Refused) as caught:
            page.ask("sign-in/passkey", credential=credential)
        assert caught.value.code == "ValidationError"


def test_guesses_are_held_back(page: AtThePage, alice: User, authenticator: Any) -> None:
    page.sign_in(alice.name, PASSWORD)
    authenticator.challenge = b"another"
    codes = [refused(page, authenticator.sign(asked(page))).code for _ in range(6)]
    assert codes == ["InvalidAuthenticationCode"] * 5 + ["TooManyRequestsError"]


@pytest.mark.usefixtures("alice")
def test_who_does_not_ask_gets_no_answer(page: AtThePage, authenticator: Any) -> None:
    options = asked(AtThePage(page.server))
    assert refused(page, authenticator.sign(options)).code == "SignInExpired"


def test_who_only_asks_has_to_wait_at_last(server: RunningServer, page: AtThePage) -> None:
    with server.changing() as directory:
        questions = [Counted(NOBODY, Subject.ACCOUNT, "passkey options: 127.0.0.1")]
        for _ in range(200):
            assert count_attempt(directory, questions, now=system_clock()) is None
    with pytest.raises(Refused) as caught:
        asked(page)
    assert (caught.value.code, caught.value.status) == ("TooManyRequestsError", 429)


def test_a_sign_in_of_nobody_gets_no_further_by_other_steps(page: AtThePage) -> None:
    asked(page)
    for step, body in (
        ("code", {"code": "000000"}),
        ("password", {"newPassword": "Some-Pass.1"}),
        ("enrol/totp", {}),
        ("enrol/passkey/options", {}),
    ):
        with pytest.raises(Refused) as caught:
            page.ask(f"sign-in/{step}", **body)
        assert caught.value.code == "SignInExpired"
