"""EnableRootUserMFADevice: the root user gets a virtual MFA device, as users do by IAM's EnableMFADevice.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-virt-mfa-for-root.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import WrongCode
from ostiary.directory import mfa_devices
from ostiary.directory.directory import Directory
from ostiary.services.iam.owners import USER
from ostiary.services.iam.targets import existing
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation


def enable_root_user_mfa_device(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Give a virtual device to the root user, who proves to have it by two codes in a row.

    Raises:
        Fault: `AccessDenied`, it is not the root user who calls; `InvalidAuthenticationCode`, they are none.
    """
    if call.caller.kind is not CallerKind.ROOT:
        raise Fault("AccessDenied", "Only the root user can give itself an MFA device", status=403)
    device = mfa_devices.get_virtual_mfa_device(directory, call.account, call.parameters["SerialNumber"])
    codes = call.parameters["AuthenticationCode1"], call.parameters["AuthenticationCode2"]
    try:
        mfa_devices.enable_mfa_device(directory, device, None, codes, now=call.now)
    except WrongCode as error:
        message = "Authentication code for device is not valid."
        raise Fault("InvalidAuthenticationCode", message, status=403) from error
    return {}


OPERATIONS = (
    Operation(
        "ostiary",
        "EnableRootUserMFADevice",
        existing(USER, "iam:EnableMFADevice"),
        enable_root_user_mfa_device,
        writes=True,
    ),
)
