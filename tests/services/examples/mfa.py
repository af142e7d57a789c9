"""Examples of MFA devices, passwords and the settings of tokens."""

from typing import Any

from tests.services.authenticator import create_device, enrol
from tests.services.examples.stage import Example, Stage

_TAGS = [{"Key": "team", "Value": "red"}]
_PASSWORD = "Corr3ct-horse"


def _device(stage: Stage) -> dict[str, Any]:
    return {"SerialNumber": create_device(stage.iam, stage.fresh("Device")).serial_number}


def _tagged(stage: Stage) -> dict[str, Any]:
    device = _device(stage)
    stage.iam.tag_mfa_device(**device, Tags=_TAGS)
    return {**device, "TagKeys": ["team"]}


def _to_enable(stage: Stage) -> dict[str, Any]:
    device = create_device(stage.iam, stage.fresh("Device"))
    return {"UserName": stage.user(), "SerialNumber": device.serial_number, **device.two_codes()}


def _enabled(stage: Stage) -> dict[str, Any]:
    name = stage.user()
    return {"UserName": name, "SerialNumber": enrol(stage.iam, name).serial_number}


def _to_resync(stage: Stage) -> dict[str, Any]:
    name = stage.user()
    device = enrol(stage.iam, name)
    return {"UserName": name, "SerialNumber": device.serial_number, **device.two_codes()}


def _with_password(stage: Stage) -> dict[str, Any]:
    name = stage.user()
    stage.iam.create_login_profile(UserName=name, Password=_PASSWORD)
    return {"UserName": name}


def _own_password(stage: Stage) -> dict[str, Any]:
    """The administrator's own password, which nobody knows any more, set to one that is known."""
    admin = stage.iam.get_user()["User"]["UserName"]
    stage.iam.update_login_profile(UserName=admin, Password=_PASSWORD)
    return {"OldPassword": _PASSWORD, "NewPassword": f"{_PASSWORD}-2"}


def _password_policy(stage: Stage) -> dict[str, Any]:
    stage.iam.update_account_password_policy(MinimumPasswordLength=8)
    return {}


EXAMPLES: dict[str, Example] = {
    "iam:CreateVirtualMFADevice": lambda stage: {"VirtualMFADeviceName": stage.fresh(), "Path": "/a/", "Tags": _TAGS},
    "iam:DeleteVirtualMFADevice": _device,
    "iam:ListVirtualMFADevices": lambda _: {"AssignmentStatus": "Any"},
    "iam:EnableMFADevice": _to_enable,
    "iam:DeactivateMFADevice": _enabled,
    "iam:ResyncMFADevice": _to_resync,
    "iam:ListMFADevices": lambda stage: {"UserName": _enabled(stage)["UserName"]},
    "iam:GetMFADevice": _enabled,
    "iam:TagMFADevice": lambda stage: {**_device(stage), "Tags": _TAGS},
    "iam:UntagMFADevice": _tagged,
    "iam:ListMFADeviceTags": _device,
    "iam:CreateLoginProfile": lambda stage: {
        "UserName": stage.user(),
        "Password": _PASSWORD,
        "PasswordResetRequired": True,
    },
    "iam:GetLoginProfile": _with_password,
    "iam:UpdateLoginProfile": lambda stage: {**_with_password(stage), "Password": f"{_PASSWORD}-2"},
    "iam:DeleteLoginProfile": _with_password,
    "iam:ChangePassword": _own_password,
    "iam:UpdateAccountPasswordPolicy": lambda _: {"MinimumPasswordLength": 8, "MaxPasswordAge": 90},
    "iam:GetAccountPasswordPolicy": _password_policy,
    "iam:DeleteAccountPasswordPolicy": _password_policy,
    "iam:SetSecurityTokenServicePreferences": lambda _: {"GlobalEndpointTokenVersion": "v2Token"},
}
