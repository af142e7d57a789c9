"""Virtual MFA devices as what is acted on."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import find_mfa_device
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.contexts import Context, request_tags, resource_tags
from ostiary.services.iam.targets.tagged import made
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import ArnError, iam_arn, parse_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def new_mfa_device(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """CreateVirtualMFADevice: on the ARN to be; tags given with it need the right to tag as well."""
    arn = iam_arn(caller.account, "mfa", parameters.get("Path", "/"), parameters["VirtualMFADeviceName"])
    return made("iam:CreateVirtualMFADevice", "iam:TagMFADevice", arn, parameters)


def existing_mfa_device(action: str) -> Needs:
    """The device named by `SerialNumber`, with the tags that a call passes or names."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        serial_number = parameters["SerialNumber"]
        found = find_mfa_device(directory, caller.account, serial_number)
        tagged: Context = {}
        if found:
            tagged = resource_tags(directory, caller.account, found.device_id, Tagged.MFA_DEVICE)
        yield Need(
            action,
            found.serial_number if found else _arn(caller, serial_number),
            tagged | request_tags(parameters),
            resource_account=_other_account(caller, serial_number),
            shown_as=serial_number,
        )

    return needs


def listed_mfa_devices(_directory: Directory, caller: Caller, _parameters: Parameters) -> Iterable[Need]:
    """ListVirtualMFADevices: decided on `*`, while a refusal names the path of all devices."""
    yield Need("iam:ListVirtualMFADevices", "*", shown_as=iam_arn(caller.account, "mfa", "/", ""))


def _arn(caller: Caller, serial_number: str) -> str:
    """Return the serial number as an ARN; that of a device with buttons is none."""
    return serial_number if serial_number.startswith("arn:") else iam_arn(caller.account, "mfa", "/", serial_number)


def _other_account(caller: Caller, serial_number: str) -> str | None:
    try:
        account = parse_arn(serial_number).account
    except ArnError:
        return None
    return account if account != caller.account else None
