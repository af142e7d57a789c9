"""EnableRootUserMFADevice: by the root user, who shows two codes in a row."""

from typing import Any

from tests.conftest import RunningServer
from tests.services.authenticator import create_device
from tests.services.ostiary.calling import make_user, refusal, sign_in


def test_the_root_user_gets_a_virtual_device(server: RunningServer, iam: Any) -> None:
    root = sign_in(server).credentials
    ostiary, root_iam = server.client("ostiary", root), server.client("iam", root)
    device = create_device(iam, "root-account-mfa-device")
    wrong = {"AuthenticationCode1": "000000", "AuthenticationCode2": "111111"}
    enable = ostiary.enable_root_user_mfa_device
    code, message, status = refusal(enable, SerialNumber=device.serial_number, **wrong)
    assert (code, message) == ("InvalidAuthenticationCode", "Authentication code for device is not valid.")
    assert status == 403
    enable(SerialNumber=device.serial_number, **device.two_codes())
    (listed,) = root_iam.list_mfa_devices()["MFADevices"]
    assert (listed["UserName"], listed["SerialNumber"]) == ("<root_account>", device.serial_number)
    code, _, _ = refusal(enable, SerialNumber=device.serial_number, **device.two_codes())
    assert code == "EntityAlreadyExists"
    code, _, _ = refusal(enable, SerialNumber=f"{device.serial_number}-none", **device.two_codes())
    assert code == "NoSuchEntity"


def test_nobody_else_does(server: RunningServer, iam: Any) -> None:
    device = create_device(iam, "for-a-user")
    user = make_user(iam, {"Action": "*"})
    for key in (server.admin, user.key):
        enable = server.client("ostiary", key).enable_root_user_mfa_device
        code, message, _ = refusal(enable, SerialNumber=device.serial_number, **device.two_codes())
        assert (code, message) == ("AccessDeniedException", "Only the root user can give itself an MFA device")
