"""MFA codes that come with a request for temporary credentials.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ostiary.credentials import WrongCode
from ostiary.directory import mfa_devices
from ostiary.directory.directory import Directory
from ostiary.governance.wrong_guesses import WRONG_CODE, guesses_codes
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault

_OWNERS = frozenset({CallerKind.USER, CallerKind.ROOT})


def takes_code(parameters: Mapping[str, Any]) -> bool:
    """Tell whether a call comes with a code, which is used up."""
    return "TokenCode" in parameters


def prove_second_factor(
    directory: Directory, caller: Caller, parameters: Mapping[str, Any], now: datetime
) -> dict[str, str]:
    """Use up the code that a call comes with, and return the condition keys that come of it; none without a code.

    Raises:
        Fault: `AccessDenied`, the code is wrong or used, comes without a serial number or the other way round, or the
            device is not the caller's or shows no codes; `Throttling`, too many wrong codes came before.
    """
    if "SerialNumber" not in parameters and not takes_code(parameters):
        return {}
    if "SerialNumber" not in parameters or not takes_code(parameters):
        raise _refusal("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")
    device = None
    # A role has no device, whoever acts as it.
    if caller.kind in _OWNERS:
        device = mfa_devices.find_mfa_device(directory, caller.account, parameters["SerialNumber"])
    if device is None or not device.is_virtual or not device.belongs_to(caller.identity_id):
        raise _refusal(
            "MultiFactorAuthentication failed, unable to validate MFA code.  "
            "Please verify your MFA serial number is valid and associated with this user."
        )
    if guesses_codes(directory, caller, now=now):
        raise Fault("Throttling", "Rate exceeded", status=400)
    try:
        mfa_devices.use_code(directory, device, parameters["TokenCode"], now=now)
    except WrongCode as error:
        raise _refusal(WRONG_CODE) from error
    return {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0"}


def _refusal(sentence: str) -> Fault:
    return Fault("AccessDenied", sentence, status=403)
