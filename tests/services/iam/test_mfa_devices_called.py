"""MFA devices, through boto3."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ostiary.credentials import enrolment_uri, qr_code_png
from ostiary.directory import mfa_devices, users
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.directory.enrolling import codes_in_a_row, enrol_passkey
from tests.services.authenticator import create_device, enrol
from tests.services.iam.asking import answer, fresh, refusal

INVALID_CODE = ("InvalidAuthenticationCode", "Authentication code for device is not valid.", 403)
NOT_THEIRS = ("NoSuchEntity", "MFA Device invalid for user.", 404)


@pytest.fixture
def user(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_user(UserName=fresh("User"))["User"]
    return made


def virtual(iam: Any, serial_number: str, **parameters: Any) -> dict[str, Any] | None:
    """Return a device as ListVirtualMFADevices shows it."""
    pages = iam.get_paginator("list_virtual_mfa_devices").paginate(**parameters)
    return next(
        (each for page in pages for each in page["VirtualMFADevices"] if each["SerialNumber"] == serial_number), None
    )


def test_a_new_device_shows_its_seed_in_two_ways(iam: Any, account_id: str) -> None:
    name = fresh("Device")
    made = answer(iam.create_virtual_mfa_device, VirtualMFADeviceName=name, Path="/a/")["VirtualMFADevice"]
    seed = made["Base32StringSeed"].decode()
    assert len(base64.b32decode(seed)) == 40
    assert made == {
        "SerialNumber": f"arn:aws:iam::{account_id}:mfa/a/{name}",
        "Base32StringSeed": seed.encode(),
        "QRCodePNG": qr_code_png(enrolment_uri(name, account_id, seed)),
    }
    assert virtual(iam, made["SerialNumber"]) == {"SerialNumber": made["SerialNumber"]}


def test_the_qr_code_names_the_account_by_its_alias(iam: Any) -> None:
    iam.create_account_alias(AccountAlias="acme-of-mfa")
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=fresh("Device"))["VirtualMFADevice"]
    iam.delete_account_alias(AccountAlias="acme-of-mfa")
    uri = enrolment_uri(made["SerialNumber"].rpartition("/")[2], "acme-of-mfa", made["Base32StringSeed"].decode())
    assert made["QRCodePNG"] == qr_code_png(uri)


def test_a_device_is_enabled_and_listed_with_its_user(iam: Any, user: dict[str, Any]) -> None:
    device = create_device(iam, fresh("Device"))
    name, serial_number = user["UserName"], device.serial_number
    assert answer(iam.enable_mfa_device, UserName=name.upper(), SerialNumber=serial_number, **device.two_codes()) == {}
    (listed,) = answer(iam.list_mfa_devices, UserName=name)["MFADevices"]
    enabled_at = listed["EnableDate"]
    assert datetime.now(UTC) - enabled_at < timedelta(minutes=1)
    assert listed == {"UserName": name, "SerialNumber": serial_number, "EnableDate": enabled_at}
    assert answer(iam.get_mfa_device, UserName=name, SerialNumber=serial_number) == listed
    assert virtual(iam, serial_number) == {"SerialNumber": serial_number, "User": user, "EnableDate": enabled_at}


@pytest.mark.parametrize(("status", "free", "taken"), [("Assigned", 0, 1), ("Unassigned", 1, 0), ("Any", 1, 1)])
def test_devices_are_listed_by_whether_they_are_somebodys(
    iam: Any, user: dict[str, Any], status: str, free: int, taken: int
) -> None:
    drawer, phone = create_device(iam, fresh("Device")), enrol(iam, user["UserName"])
    found = [virtual(iam, each.serial_number, AssignmentStatus=status) for each in (drawer, phone)]
    assert [int(each is not None) for each in found] == [free, taken]


def test_pages_go_on_where_they_ended(iam: Any) -> None:
    devices = [create_device(iam, f"{fresh('Paged')}{'x' * 200}").serial_number for _ in range(3)]
    pages = list(iam.get_paginator("list_virtual_mfa_devices").paginate(PaginationConfig={"PageSize": 1}))
    assert all(len(page["VirtualMFADevices"]) == 1 for page in pages)
    found = [page["VirtualMFADevices"][0]["SerialNumber"] for page in pages]
    assert [each for each in found if each in devices] == devices
    assert found == sorted(found, key=str.lower)


def test_codes_have_to_be_two_in_a_row(iam: Any, user: dict[str, Any]) -> None:
    device = create_device(iam, fresh("Device"))
    call = {"UserName": user["UserName"], "SerialNumber": device.serial_number}
    first = device.code()
    device.skip(1)
    codes = {"AuthenticationCode1": first, "AuthenticationCode2": device.code()}
    assert refusal(iam.enable_mfa_device, **call, **codes) == INVALID_CODE
    newer = device.two_codes()
    backwards = {
        "AuthenticationCode1": newer["AuthenticationCode2"],
        "AuthenticationCode2": newer["AuthenticationCode1"],
    }
    assert refusal(iam.enable_mfa_device, **call, **backwards) == INVALID_CODE
    assert iam.list_mfa_devices(UserName=user["UserName"])["MFADevices"] == []
    assert answer(iam.enable_mfa_device, **call, **newer) == {}


def test_codes_are_good_once(iam: Any, user: dict[str, Any]) -> None:
    device = create_device(iam, fresh("Device"))
    call = {"UserName": user["UserName"], "SerialNumber": device.serial_number}
    codes = device.two_codes()
    iam.enable_mfa_device(**call, **codes)
    assert refusal(iam.resync_mfa_device, **call, **codes) == INVALID_CODE
    iam.deactivate_mfa_device(**call)
    assert refusal(iam.enable_mfa_device, **call, **codes) == INVALID_CODE


def test_a_device_that_is_out_of_step_is_brought_back(server: RunningServer, iam: Any) -> None:
    name = fresh("User")
    iam.create_user(UserName=name)
    sts = server.client("sts", type(server.admin).of(iam.create_access_key(UserName=name)["AccessKey"]))
    device = enrol(iam, name)
    device.skip(50)
    code = {"SerialNumber": device.serial_number, "TokenCode": device.code()}
    assert refusal(sts.get_session_token, **code)[0] == "AccessDenied"
    call = {"UserName": name, "SerialNumber": device.serial_number}
    assert answer(iam.resync_mfa_device, **call, **device.two_codes()) == {}
    sts.get_session_token(SerialNumber=device.serial_number, TokenCode=device.code())


def test_a_device_is_one_users(iam: Any, user: dict[str, Any]) -> None:
    device = enrol(iam, user["UserName"])
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    call = {"UserName": other, "SerialNumber": device.serial_number}
    assert refusal(iam.enable_mfa_device, **call, **device.two_codes()) == (
        "EntityAlreadyExists",
        "MFA Device is already in use.",
        409,
    )
    assert refusal(iam.resync_mfa_device, **call, **device.two_codes()) == NOT_THEIRS
    assert refusal(iam.get_mfa_device, **call) == NOT_THEIRS
    assert refusal(iam.deactivate_mfa_device, **call) == NOT_THEIRS


def test_a_device_in_use_is_not_deleted(iam: Any, user: dict[str, Any]) -> None:
    name = user["UserName"]
    serial_number = enrol(iam, name).serial_number
    in_use = ("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.", 409)
    assert refusal(iam.delete_virtual_mfa_device, SerialNumber=serial_number) == in_use
    assert refusal(iam.delete_user, UserName=name) == (
        "DeleteConflict",
        "Cannot delete entity, must delete MFA device first.",
        409,
    )
    assert answer(iam.deactivate_mfa_device, UserName=name, SerialNumber=serial_number) == {}
    assert answer(iam.list_mfa_devices, UserName=name) == {"MFADevices": [], "IsTruncated": False}
    assert virtual(iam, serial_number) == {"SerialNumber": serial_number}
    assert answer(iam.delete_virtual_mfa_device, SerialNumber=serial_number) == {}
    assert refusal(iam.delete_virtual_mfa_device, SerialNumber=serial_number) == (
        "NoSuchEntity",
        f"MFA Device with serial number {serial_number} does not exist.",
        404,
    )
    iam.delete_user(UserName=name)


def test_a_name_is_taken_in_any_case(iam: Any) -> None:
    name = fresh("Device")
    create_device(iam, name)
    assert refusal(iam.create_virtual_mfa_device, VirtualMFADeviceName=name.upper()) == (
        "EntityAlreadyExists",
        "MFA device already exists.",
        409,
    )


def test_a_user_has_eight_devices_at_most(iam: Any, user: dict[str, Any]) -> None:
    for _ in range(8):
        enrol(iam, user["UserName"], fresh("Device"))
    ninth = create_device(iam, fresh("Device"))
    assert refusal(
        iam.enable_mfa_device, UserName=user["UserName"], SerialNumber=ninth.serial_number, **ninth.two_codes()
    ) == ("LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 8", 409)
    first = answer(iam.list_mfa_devices, UserName=user["UserName"], MaxItems=5)
    assert first["IsTruncated"]
    rest = answer(iam.list_mfa_devices, UserName=user["UserName"], Marker=first["Marker"])
    assert (len(first["MFADevices"]), len(rest["MFADevices"])) == (5, 3)


def test_devices_bear_tags(iam: Any) -> None:
    red, blue = {"Key": "team", "Value": "red"}, {"Key": "Team", "Value": "blue"}
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=fresh("Device"), Tags=[red])["VirtualMFADevice"]
    assert made["Tags"] == [red]
    serial = {"SerialNumber": made["SerialNumber"]}
    assert answer(iam.tag_mfa_device, **serial, Tags=[blue]) == {}
    assert answer(iam.list_mfa_device_tags, **serial)["Tags"] == [blue, red]
    assert answer(iam.untag_mfa_device, **serial, TagKeys=["team"]) == {}
    assert answer(iam.list_mfa_device_tags, **serial) == {"Tags": [blue], "IsTruncated": False}
    assert virtual(iam, made["SerialNumber"]) == serial


def test_passkeys_are_listed_and_told_of_and_given_up(server: RunningServer, iam: Any, user: dict[str, Any]) -> None:
    name = user["UserName"]
    with server.changing() as directory:
        passkey = enrol_passkey(directory, users.get_user(directory, server.setup.account_id, name), "KEY")
    call = {"UserName": name, "SerialNumber": passkey.serial_number}
    (listed,) = iam.list_mfa_devices(UserName=name)["MFADevices"]
    assert answer(iam.get_mfa_device, **call) == {**listed, "Certifications": {"FIDO": "L1"}}
    assert virtual(iam, passkey.serial_number) is None
    assert answer(iam.deactivate_mfa_device, **call) == {}
    assert iam.list_mfa_devices(UserName=name)["MFADevices"] == []


def test_the_root_users_device(server: RunningServer, iam: Any, account_id: str) -> None:
    root = server.client("iam", server.create_root_key())
    with server.changing() as directory:
        made, seed = mfa_devices.create_virtual_mfa_device(
            directory, server.setup.account_id, "root-account-mfa-device", now=system_clock()
        )
        codes = codes_in_a_row(seed, system_clock())
        mfa_devices.enable_mfa_device(directory, made, None, codes, now=system_clock())
    assert iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
    listed = virtual(iam, f"arn:aws:iam::{account_id}:mfa/root-account-mfa-device", AssignmentStatus="Assigned")
    assert listed is not None
    assert listed["User"] == root.get_user()["User"]
    (own,) = root.list_mfa_devices()["MFADevices"]
    assert own["SerialNumber"] == listed["SerialNumber"]
    # Whoever is not the root user cannot mean it.
    assert refusal(iam.deactivate_mfa_device, SerialNumber=own["SerialNumber"]) == NOT_THEIRS
    assert answer(root.deactivate_mfa_device, SerialNumber=own["SerialNumber"]) == {}
    assert iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 0


def test_no_secret_goes_into_the_trail(server: RunningServer, iam: Any, user: dict[str, Any]) -> None:
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=fresh("Device"))["VirtualMFADevice"]
    iam.create_login_profile(UserName=user["UserName"], Password="Never-to-be-s33n")
    iam.update_login_profile(UserName=user["UserName"], Password="Nor-is-th1s-one")
    with server.reading() as directory:
        bodies = "".join(directory.connection.exec_driver_sql("SELECT body FROM events").scalars())
    assert made["SerialNumber"] in bodies
    for secret in (made["Base32StringSeed"].decode(), "Never-to-be-s33n", "Nor-is-th1s-one", "argon2"):
        assert secret not in bodies
