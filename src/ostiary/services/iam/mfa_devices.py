"""IAM's operations on MFA devices.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import WrongCode, enrolment_uri, qr_code_png, seed_text
from ostiary.directory import accounts, mfa_devices, tags, users
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import MfaDevice
from ostiary.directory.tags import Tagged
from ostiary.directory.users import User
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, name_of, user_or_root
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.tags import given_tags, tag_operations
from ostiary.services.iam.users import root_shape, user_shape
from ostiary.values.arn import iam_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_LONGEST_SERIAL_NUMBER = 256
_ASSIGNED = {"Assigned": True, "Unassigned": False, "Any": None}


def create_virtual_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Create a virtual device; the answer is the only place its seed is ever shown.

    Raises:
        Fault: `ValidationError`, path and name make a serial number that no other operation would take.
    """
    name, path = call.parameters["VirtualMFADeviceName"], call.parameters.get("Path", "/")
    given = given_tags(call, Tagged.MFA_DEVICE)
    if len(iam_arn(call.account, "mfa", path, name)) > _LONGEST_SERIAL_NUMBER:
        raise Fault("ValidationError", f"The serial number must not be longer than {_LONGEST_SERIAL_NUMBER} characters")
    device, seed = mfa_devices.create_virtual_mfa_device(directory, call.account, name, path=path, now=call.now)
    tags.set_tags(directory, call.account, device.device_id, given, Tagged.MFA_DEVICE)
    secret = seed_text(seed)
    account_name = accounts.get_account(directory, call.account).alias or call.account
    shape: dict[str, Any] = {
        "SerialNumber": device.serial_number,
        "Base32StringSeed": secret.encode(),
        "QRCodePNG": qr_code_png(enrolment_uri(name, account_name, secret)),
    }
    if given:
        shape["Tags"] = tags_shape(given.items())
    return {"VirtualMFADevice": shape}


def delete_virtual_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a virtual device that is nobody's."""
    mfa_devices.delete_virtual_mfa_device(directory, _virtual(call, directory))
    return {}


def list_virtual_mfa_devices(call: AuthorizedCall, directory: Directory) -> Output:
    """List virtual devices with whose they are, without their seeds and tags."""
    page = mfa_devices.list_virtual_mfa_devices(
        directory,
        call.account,
        requested_page(call, directory),
        assigned=_ASSIGNED[call.parameters.get("AssignmentStatus", "Any")],
    )

    def shape(item: tuple[MfaDevice, User | None]) -> dict[str, Any]:
        device, user = item
        listed: dict[str, Any] = {"SerialNumber": device.serial_number}
        if device.enabled_at is not None:
            owner = user_shape(user) if user else root_shape(accounts.get_account(directory, call.account))
            listed |= {"User": owner, "EnableDate": device.enabled_at}
        return listed

    return page_output(call, directory, "VirtualMFADevices", page, shape)


def enable_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a virtual device to a user who proves to have it by two codes in a row."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    device = _virtual(call, directory)
    try:
        mfa_devices.enable_mfa_device(directory, device, user, _codes(call), now=call.now)
    except WrongCode as error:
        raise _invalid_code() from error
    return {}


def resync_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Learn from two codes in a row how wrong the clock of a user's device is."""
    try:
        mfa_devices.resync_mfa_device(directory, _owned(call, directory), _codes(call), now=call.now)
    except WrongCode as error:
        raise _invalid_code() from error
    return {}


def deactivate_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Take a device from its owner."""
    mfa_devices.deactivate_mfa_device(directory, _owned(call, directory))
    return {}


def list_mfa_devices(call: AuthorizedCall, directory: Directory) -> Output:
    """List the devices of a user, of every kind."""
    owner = user_or_root(call, directory)
    page = mfa_devices.list_mfa_devices(directory, call.account, owner, requested_page(call, directory))
    return page_output(call, directory, "MFADevices", page, lambda device: _device_shape(device, owner))


def get_mfa_device(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a user's device, a passkey with what it is certified for."""
    owner = user_or_root(call, directory)
    device = mfa_devices.get_owned_mfa_device(directory, call.account, owner, call.parameters["SerialNumber"])
    certified = {"Certifications": device.certifications} if device.certifications else {}
    return _device_shape(device, owner) | certified


def _virtual(call: AuthorizedCall, directory: Directory) -> MfaDevice:
    return mfa_devices.get_virtual_mfa_device(directory, call.account, call.parameters["SerialNumber"])


def _owned(call: AuthorizedCall, directory: Directory) -> MfaDevice:
    owner = user_or_root(call, directory)
    return mfa_devices.get_owned_mfa_device(directory, call.account, owner, call.parameters["SerialNumber"])


def _codes(call: AuthorizedCall) -> tuple[str, str]:
    return call.parameters["AuthenticationCode1"], call.parameters["AuthenticationCode2"]


def _invalid_code() -> Fault:
    return Fault("InvalidAuthenticationCode", "Authentication code for device is not valid.", status=403)


def _device_shape(device: MfaDevice, owner: User | None) -> dict[str, Any]:
    return {"UserName": name_of(owner), "SerialNumber": device.serial_number, "EnableDate": device.enabled_at}


def _on_user(action: str) -> targets.Needs:
    return targets.existing(USER, action)


OPERATIONS = (
    Operation("iam", "CreateVirtualMFADevice", targets.new_mfa_device, create_virtual_mfa_device, writes=True),
    Operation(
        "iam",
        "DeleteVirtualMFADevice",
        targets.existing_mfa_device("iam:DeleteVirtualMFADevice"),
        delete_virtual_mfa_device,
        writes=True,
    ),
    Operation("iam", "ListVirtualMFADevices", targets.listed_mfa_devices, list_virtual_mfa_devices, writes=False),
    Operation("iam", "EnableMFADevice", _on_user("iam:EnableMFADevice"), enable_mfa_device, writes=True),
    Operation("iam", "ResyncMFADevice", _on_user("iam:ResyncMFADevice"), resync_mfa_device, writes=True),
    Operation("iam", "DeactivateMFADevice", _on_user("iam:DeactivateMFADevice"), deactivate_mfa_device, writes=True),
    Operation("iam", "ListMFADevices", _on_user("iam:ListMFADevices"), list_mfa_devices, writes=False),
    Operation("iam", "GetMFADevice", _on_user("iam:GetMFADevice"), get_mfa_device, writes=False),
    *tag_operations(
        "MFADevice",
        Tagged.MFA_DEVICE,
        lambda call, directory: _virtual(call, directory).device_id,
        targets.existing_mfa_device,
    ),
)
