"""One-time codes that come with a request for temporary credentials, through boto3."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.credentials import code_at, time_step
from ostiary.directory import mfa_devices, users
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.directory.enrolling import codes_in_a_row, enrol_passkey
from tests.services.authenticator import Authenticator, create_device, enrol
from tests.services.iam.asking import fresh, refusal

WRONG = ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403)
NOT_THEIRS = (
    "AccessDenied",
    (
        "MultiFactorAuthentication failed, unable to validate MFA code.  "
        "Please verify your MFA serial number is valid and associated with this user."
    ),
    403,
)


@dataclass
class Person:
    """A user with a key, and with a device that was given to the user."""

    name: str
    sts: Any
    device: Authenticator

    def proof(self) -> dict[str, str]:
        """Return the parameters that prove the second factor, with a new code."""
        return {"SerialNumber": self.device.serial_number, "TokenCode": self.device.code()}


@pytest.fixture
def alice(server: RunningServer, iam: Any) -> Person:
    name = fresh("Person")
    iam.create_user(UserName=name)
    key = Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])
    return Person(name, server.client("sts", key), enrol(iam, name))


def create_role(iam: Any, account_id: str, person: Person, condition: dict[str, Any], **permissions: Any) -> str:
    """Create a role that a person may assume under a condition, and return its ARN."""
    name = fresh("Role")
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account_id}:user/{person.name}"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": trust})
    arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    if permissions:
        allow(iam.put_role_policy, RoleName=name, **permissions)
    return arn


def allow(put: Any, **parameters: Any) -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", **parameters.pop("statement")}
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    put(PolicyName="allowed", PolicyDocument=document, **parameters)


WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
JUST_NOW = {"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}


@pytest.mark.parametrize("condition", [WITH_MFA, JUST_NOW])
def test_a_trust_policy_can_ask_for_a_code(iam: Any, alice: Person, account_id: str, condition: dict[str, Any]) -> None:
    role = {"RoleArn": create_role(iam, account_id, alice, condition), "RoleSessionName": "session"}
    assert refusal(alice.sts.assume_role, **role)[1].startswith("User: ")
    assert alice.sts.assume_role(**role, **alice.proof())["Credentials"]["AccessKeyId"].startswith("ASIA")


def test_a_code_is_good_once_whatever_for(iam: Any, alice: Person, account_id: str) -> None:
    role = {"RoleArn": create_role(iam, account_id, alice, WITH_MFA), "RoleSessionName": "session"}
    first, second = alice.proof(), alice.proof()
    alice.sts.assume_role(**role, **first)
    assert refusal(alice.sts.assume_role, **role, **first) == WRONG
    assert refusal(alice.sts.get_session_token, **first) == WRONG
    alice.sts.get_session_token(**second)
    assert refusal(alice.sts.get_session_token, **second) == WRONG
    assert refusal(alice.sts.assume_role, **role, **second) == WRONG


def test_codes_that_enabled_a_device_are_used(iam: Any, alice: Person) -> None:
    iam.deactivate_mfa_device(UserName=alice.name, SerialNumber=alice.device.serial_number)
    codes = alice.device.two_codes()
    iam.enable_mfa_device(UserName=alice.name, SerialNumber=alice.device.serial_number, **codes)
    for code in codes.values():
        proof = {"SerialNumber": alice.device.serial_number, "TokenCode": code}
        assert refusal(alice.sts.get_session_token, **proof) == WRONG


def test_one_code_in_many_calls_at_once_is_taken_once(alice: Person) -> None:
    proof = alice.proof()

    def ask(_: int) -> bool:
        try:
            alice.sts.get_session_token(**proof)
        except ClientError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, range(8))) == 1


def test_a_wrong_code_is_refused_before_the_role_is_looked_at(alice: Person, account_id: str) -> None:
    role = {"RoleArn": f"arn:aws:iam::{account_id}:role/none", "RoleSessionName": "session"}
    right = alice.device.code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert refusal(alice.sts.assume_role, **role, SerialNumber=alice.device.serial_number, TokenCode=wrong) == WRONG


def test_who_guesses_codes_is_held_back_for_a_while(server: RunningServer, sts: Any, alice: Person) -> None:
    right = alice.proof()
    wrong = {**right, "TokenCode": f"{(int(right['TokenCode']) + 1) % 1_000_000:06}"}
    assert {refusal(alice.sts.get_session_token, **wrong) for _ in range(10)} == {WRONG}
    assert refusal(alice.sts.get_session_token, **right) == ("Throttling", "Rate exceeded", 400)
    # Nobody else is, nor is the user for anything but codes.
    assert sts.get_caller_identity()["Arn"].endswith(":user/admin")
    alice.sts.get_session_token()
    with server.changing() as directory:
        directory.connection.exec_driver_sql("UPDATE events SET event_time = event_time - 301")
    alice.sts.get_session_token(**right)


def test_a_code_is_not_used_up_by_a_call_that_is_refused(iam: Any, alice: Person, account_id: str) -> None:
    proof = alice.proof()
    role = {"RoleArn": f"arn:aws:iam::{account_id}:role/none", "RoleSessionName": "session"}
    assert refusal(alice.sts.assume_role, **role, **proof)[1].startswith("User: ")
    role["RoleArn"] = create_role(iam, account_id, alice, WITH_MFA)
    alice.sts.assume_role(**role, **proof)


def test_a_device_proves_nobody_but_its_user(server: RunningServer, iam: Any, sts: Any, alice: Person) -> None:
    assert refusal(sts.get_session_token, **alice.proof()) == NOT_THEIRS
    drawer = create_device(iam, fresh("Device"))
    proof = {"SerialNumber": drawer.serial_number, "TokenCode": drawer.code()}
    assert refusal(alice.sts.get_session_token, **proof) == NOT_THEIRS
    with server.changing() as directory:
        user = users.get_user(directory, server.setup.account_id, alice.name)
        passkey = enrol_passkey(directory, user, "KEY")
    proof = {"SerialNumber": passkey.serial_number, "TokenCode": "123456"}
    assert refusal(alice.sts.get_session_token, **proof) == NOT_THEIRS


def test_a_role_session_has_no_device(server: RunningServer, iam: Any, alice: Person, account_id: str) -> None:
    arn = create_role(iam, account_id, alice, {}, statement={"Action": "sts:AssumeRole"})
    session = Credentials.of(alice.sts.assume_role(RoleArn=arn, RoleSessionName="session")["Credentials"])
    chained = server.client("sts", session)
    assert refusal(chained.assume_role, RoleArn=arn, RoleSessionName="next", **alice.proof()) == NOT_THEIRS


def test_a_session_token_remembers_the_code(server: RunningServer, iam: Any, alice: Person) -> None:
    allow(iam.put_user_policy, UserName=alice.name, statement={"Action": "iam:GetUser", "Condition": WITH_MFA})
    with_code = Credentials.of(alice.sts.get_session_token(**alice.proof())["Credentials"])
    assert server.client("iam", with_code).get_user()["User"]["UserName"] == alice.name
    without = Credentials.of(alice.sts.get_session_token()["Credentials"])
    assert refusal(server.client("iam", without).get_user)[0] == "InvalidClientTokenId"


def test_a_session_with_a_code_assumes_roles_that_ask_for_one(
    server: RunningServer, iam: Any, alice: Person, account_id: str
) -> None:
    role = {"RoleArn": create_role(iam, account_id, alice, WITH_MFA), "RoleSessionName": "session"}
    session = Credentials.of(alice.sts.get_session_token(**alice.proof())["Credentials"])
    server.client("sts", session).assume_role(**role)


def test_a_role_session_does_not_remember_the_code(
    server: RunningServer, iam: Any, alice: Person, account_id: str
) -> None:
    arn = create_role(
        iam,
        account_id,
        alice,
        WITH_MFA,
        statement={"Action": "iam:ListUsers", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
    )
    session = alice.sts.assume_role(RoleArn=arn, RoleSessionName="session", **alice.proof())
    assert refusal(server.client("iam", Credentials.of(session["Credentials"])).list_users)[0] == "AccessDenied"


def test_the_root_user_proves_itself_with_its_own_device(server: RunningServer) -> None:
    now = system_clock()
    with server.changing() as directory:
        device, seed = mfa_devices.create_virtual_mfa_device(
            directory, server.setup.account_id, "root-account-mfa-device", now=now
        )
        mfa_devices.enable_mfa_device(directory, device, None, codes_in_a_row(seed, now), now=now)
    root = server.client("sts", server.create_root_key())
    code = code_at(seed, time_step(now) + 1)
    session = root.get_session_token(SerialNumber=device.serial_number, TokenCode=code)["Credentials"]
    arn = server.client("iam", Credentials.of(session)).get_user()["User"]["Arn"]
    assert arn == f"arn:aws:iam::{server.account_id}:root"


def test_no_code_goes_into_the_trail(server: RunningServer, alice: Person) -> None:
    proof = alice.proof()
    alice.sts.get_session_token(**proof)
    assert refusal(alice.sts.get_session_token, **proof) == WRONG
    with server.reading() as directory:
        bodies = list(directory.connection.exec_driver_sql("SELECT body FROM events").scalars())
    told = [json.loads(body) for body in bodies if proof["SerialNumber"] in body and "GetSessionToken" in body]
    assert [event["requestParameters"]["tokenCode"] for event in told] == ["HIDDEN_DUE_TO_SECURITY_REASONS"] * 2
