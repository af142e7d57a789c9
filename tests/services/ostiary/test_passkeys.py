"""Passkeys through the API: made by who may, of what the browser gave back, and AWS's own operations on them."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.services.authenticator import enrol
from tests.services.ostiary.calling import User, refusal
from tests.soft_authenticator import SoftAuthenticator

NOT_VALID = "The answer of the passkey is not valid for this registration."
NOT_BEGUN = "This registration of a passkey was not begun here for this user."
ENABLE = {"Action": "iam:EnableMFADevice"}


@pytest.fixture
def new_authenticator(server: RunningServer) -> Callable[[], SoftAuthenticator]:
    """Makes authenticators on the console's own pages."""
    return lambda: SoftAuthenticator(server.endpoint.replace("127.0.0.1", "localhost"))


@pytest.fixture
def authenticator(new_authenticator: Callable[[], SoftAuthenticator]) -> SoftAuthenticator:
    return new_authenticator()


@pytest.fixture
def alice(new_user: Callable[..., User]) -> User:
    return new_user()


def register(ostiary: Any, authenticator: SoftAuthenticator, name: str = "yubi", **user: str) -> str:
    """Make a passkey, as a page does, and return its serial number."""
    begun = ostiary.begin_passkey_registration(**user)
    credential = authenticator.register(begun["Options"])
    answer = ostiary.complete_passkey_registration(**user, Name=name, State=begun["State"], Credential=credential)
    serial_number: str = answer["SerialNumber"]
    return serial_number


def test_a_user_gets_a_passkey(ostiary: Any, iam: Any, alice: User, authenticator: SoftAuthenticator) -> None:
    serial_number = register(ostiary, authenticator, UserName=alice.name)
    assert re.fullmatch(rf"{alice.arn.replace(':user', ':u2f/user')}/yubi-[A-Z2-7]{{26}}", serial_number)
    (listed,) = iam.list_mfa_devices(UserName=alice.name)["MFADevices"]
    assert (listed["UserName"], listed["SerialNumber"]) == (alice.name, serial_number)
    told = iam.get_mfa_device(UserName=alice.name, SerialNumber=serial_number)
    assert told["EnableDate"] == listed["EnableDate"]
    # Nothing is known of its make, as it proves none.
    assert told.get("Certifications", {}) == {}
    iam.deactivate_mfa_device(UserName=alice.name, SerialNumber=serial_number)
    assert iam.list_mfa_devices(UserName=alice.name)["MFADevices"] == []
    code, _, _ = refusal(iam.get_mfa_device, UserName=alice.name, SerialNumber=serial_number)
    assert code == "NoSuchEntity"


def test_who_may_gets_one_for_oneself(
    server: RunningServer, new_user: Callable[..., User], authenticator: SoftAuthenticator
) -> None:
    bob = new_user({**ENABLE, "Resource": "arn:aws:iam::*:user/${aws:username}"})
    own = server.client("ostiary", bob.key)
    assert f":u2f/user/{bob.name}/" in register(own, authenticator)


def test_the_options_name_server_and_user(server: RunningServer, ostiary: Any, alice: User) -> None:
    options = json.loads(ostiary.begin_passkey_registration(UserName=alice.name)["Options"])
    assert options["rp"] == {"id": "localhost", "name": "Ostiary"}
    assert options["user"]["name"].startswith(f"{alice.name} @ ")
    handle = urlsafe_b64decode(options["user"]["id"] + "==").decode()
    assert handle == f"{server.account_id}/{alice.unique_id}"


def test_the_root_user_gets_one_of_its_own(
    server: RunningServer, root: Credentials, authenticator: SoftAuthenticator
) -> None:
    own = server.client("ostiary", root)
    serial_number = register(own, authenticator)
    assert serial_number.startswith(f"arn:aws:iam::{server.account_id}:u2f/root-account-mfa-device/yubi-")
    iam = server.client("iam", root)
    assert [device["SerialNumber"] for device in iam.list_mfa_devices()["MFADevices"]] == [serial_number]
    iam.deactivate_mfa_device(SerialNumber=serial_number)


def test_the_owners_authenticators_are_excluded(ostiary: Any, alice: User, authenticator: SoftAuthenticator) -> None:
    register(ostiary, authenticator, UserName=alice.name)
    begun = ostiary.begin_passkey_registration(UserName=alice.name)
    with pytest.raises(ValueError, match="already"):
        authenticator.register(begun["Options"])


@pytest.mark.parametrize("operation", ["BeginPasskeyRegistration", "CompletePasskeyRegistration"])
def test_who_may_not_is_refused(
    server: RunningServer, new_user: Callable[..., User], alice: User, operation: str
) -> None:
    bob = new_user({**ENABLE, "Resource": "arn:aws:iam::*:user/${aws:username}"})
    client = server.client("ostiary", bob.key, parameter_validation=False)
    calls = {
        "BeginPasskeyRegistration": (client.begin_passkey_registration, {}),
        "CompletePasskeyRegistration": (
            client.complete_passkey_registration,
            {"Name": "yubi", "State": "AAAA", "Credential": "{}"},
        ),
    }
    call, parameters = calls[operation]
    sentence = (
        f"User: {bob.arn} is not authorized to perform: iam:EnableMFADevice on resource: user {alice.name} because no "
        "identity-based policy allows the iam:EnableMFADevice action"
    )
    assert refusal(call, UserName=alice.name, **parameters) == ("AccessDeniedException", sentence, 403)


@pytest.mark.parametrize(
    "lie", [{"origin": "http://localhost:1"}, {"challenge": bytes(32)}, {"rp_id": "evil"}, {"user_verified": False}]
)
def test_what_the_browser_gave_back_must_prove_it(
    ostiary: Any, iam: Any, alice: User, authenticator: SoftAuthenticator, lie: dict[str, Any]
) -> None:
    vars(authenticator).update(lie)
    assert refusal(lambda: register(ostiary, authenticator, UserName=alice.name)) == (
        "InvalidAuthenticationCode",
        NOT_VALID,
        403,
    )
    assert iam.list_mfa_devices(UserName=alice.name)["MFADevices"] == []


@pytest.mark.parametrize("credential", ["{", "[" * 16_384, "{}", "null"])
def test_what_is_no_credential_is_refused(ostiary: Any, alice: User, credential: str) -> None:
    state = ostiary.begin_passkey_registration(UserName=alice.name)["State"]
    call = {"UserName": alice.name, "Name": "yubi", "State": state, "Credential": credential}
    assert refusal(ostiary.complete_passkey_registration, **call) == ("InvalidAuthenticationCode", NOT_VALID, 403)


@pytest.mark.parametrize("bad", [{"Name": "a/b"}, {"Name": "\u00e9"}, {"Name": "x" * 65}])
def test_names_are_bounded(ostiary: Any, alice: User, bad: dict[str, str]) -> None:
    call = {"UserName": alice.name, "State": "AAAA", "Credential": "{}", **bad}
    code, _, status = refusal(ostiary.complete_passkey_registration, **call)
    assert (code, status) == ("ValidationException", 400)


@pytest.mark.parametrize("bad", [{"Credential": "x" * 16_385}, {"State": "x" * 4_097}])
def test_what_is_too_long_is_not_taken_and_not_repeated(ostiary: Any, alice: User, bad: dict[str, str]) -> None:
    call = {"UserName": alice.name, "Name": "yubi", "State": "AAAA", "Credential": "{}", **bad}
    code, message, status = refusal(ostiary.complete_passkey_registration, **call)
    assert (code, status) == ("ValidationException", 400)
    assert "xxxx" not in message


def test_what_was_begun_for_one_is_not_completed_for_another(
    ostiary: Any, alice: User, new_user: Callable[..., User], authenticator: SoftAuthenticator
) -> None:
    begun = ostiary.begin_passkey_registration(UserName=alice.name)
    credential = authenticator.register(begun["Options"])
    call = {"UserName": new_user().name, "Name": "yubi", "State": begun["State"], "Credential": credential}
    assert refusal(ostiary.complete_passkey_registration, **call) == ("InvalidInput", NOT_BEGUN, 400)


@pytest.mark.parametrize(
    "change", [lambda _: "AAAA", lambda state: state[:-4], lambda state: state[::-1], lambda _: "!"]
)
def test_a_state_that_was_changed_is_none(ostiary: Any, alice: User, change: Callable[[str], str]) -> None:
    state = ostiary.begin_passkey_registration(UserName=alice.name)["State"]
    call = {"UserName": alice.name, "Name": "yubi", "State": change(state), "Credential": "{}"}
    assert refusal(ostiary.complete_passkey_registration, **call) == ("InvalidInput", NOT_BEGUN, 400)


def test_a_registration_is_over_after_ten_minutes(
    server: RunningServer, ostiary: Any, alice: User, authenticator: SoftAuthenticator
) -> None:
    begun = ostiary.begin_passkey_registration(UserName=alice.name)
    credential = authenticator.register(begun["Options"])
    owner = f"{server.account_id}/{alice.unique_id}"
    with server.reading() as directory:
        sealer = directory.sealer.for_purpose("passkey registration")
        state = json.loads(sealer.open(urlsafe_b64decode(begun["State"]), context=owner))
        left = state["expires"] - system_clock().timestamp()
        assert 590 < left <= 600
        state["expires"] -= left + 1
        over = urlsafe_b64encode(sealer.seal(json.dumps(state).encode(), context=owner)).decode()
    call = {"UserName": alice.name, "Name": "yubi", "State": over, "Credential": credential}
    code, message, _ = refusal(ostiary.complete_passkey_registration, **call)
    assert (code, message) == (
        "InvalidInput",
        "This registration of a passkey was begun too long ago. Begin it again.",
    )


def test_one_answer_makes_one_passkey(ostiary: Any, alice: User, authenticator: SoftAuthenticator) -> None:
    begun = ostiary.begin_passkey_registration(UserName=alice.name)
    call = {
        "UserName": alice.name,
        "State": begun["State"],
        "Credential": authenticator.register(begun["Options"]),
    }
    ostiary.complete_passkey_registration(**call, Name="yubi")
    assert refusal(ostiary.complete_passkey_registration, **call, Name="again") == (
        "EntityAlreadyExists",
        "MFA Device is already in use.",
        409,
    )


def test_the_trail_tells_of_the_passkey_without_what_proved_it(
    server: RunningServer, ostiary: Any, alice: User, authenticator: SoftAuthenticator
) -> None:
    register(ostiary, authenticator, UserName=alice.name)
    with server.reading() as directory:
        (event, *_) = find_events(directory.connection, server.account_id)
    assert event["eventName"] == "CompletePasskeyRegistration"
    assert event["requestParameters"]["name"] == "yubi"
    hidden = {event["requestParameters"][member] for member in ("state", "credential")}
    assert hidden == {"HIDDEN_DUE_TO_SECURITY_REASONS"}


def test_a_name_is_used_once(ostiary: Any, alice: User, new_authenticator: Callable[[], SoftAuthenticator]) -> None:
    register(ostiary, new_authenticator(), UserName=alice.name)
    assert refusal(lambda: register(ostiary, new_authenticator(), "Yubi", UserName=alice.name)) == (
        "EntityAlreadyExists",
        "MFA device with name Yubi already exists.",
        409,
    )


def test_nobody_has_more_than_eight_devices(
    ostiary: Any, iam: Any, alice: User, new_authenticator: Callable[[], SoftAuthenticator]
) -> None:
    enrol(iam, alice.name)
    for number in range(7):
        register(ostiary, new_authenticator(), f"key{number}", UserName=alice.name)
    assert refusal(lambda: register(ostiary, new_authenticator(), "ninth", UserName=alice.name)) == (
        "LimitExceeded",
        "Cannot exceed quota for MFADevicesPerUser: 8",
        409,
    )


def test_nobody_can_be_given_the_passkey_of_no_user(ostiary: Any) -> None:
    code, _, status = refusal(ostiary.begin_passkey_registration, UserName="nobody")
    assert (code, status) == ("NoSuchEntity", 404)


def test_a_server_reached_by_an_address_says_why_it_makes_none(
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server(public_url="http://127.0.0.1:4747")
    code, message, _ = refusal(server.client("ostiary", server.admin).begin_passkey_registration)
    assert (code, message) == (
        "InvalidInput",
        "Passkeys need a server that is reached by a name, such as localhost, not an address.",
    )
