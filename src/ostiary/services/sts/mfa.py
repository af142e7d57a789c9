"""MFA codes that come with a request for temporary credentials."""

from collections.abc import Mapping
from typing import Any

from ostiary.values.fault import Fault


def require_no_mfa_claim(parameters: Mapping[str, Any]) -> None:
    """Refuse a claim of a second factor: nobody can have registered a device yet, so no code can be right.

    Raises:
        Fault: `AccessDenied`, a serial number or a code was given.
    """
    if "SerialNumber" in parameters or "TokenCode" in parameters:
        raise Fault("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.", status=403)
