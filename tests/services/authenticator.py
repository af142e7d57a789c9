"""An authenticator app that holds one virtual MFA device."""

import base64
from typing import Any

from ostiary.credentials import code_at, time_step
from ostiary.values.clock import system_clock

_MINUTES_SLOW = 20


class Authenticator:
    """A device whose clock is slow, so that a test can go from code to code without waiting for the next."""

    def __init__(self, device: dict[str, Any]) -> None:
        """Take what CreateVirtualMFADevice answers as `VirtualMFADevice`."""
        self.serial_number: str = device["SerialNumber"]
        self._seed = base64.b32decode(device["Base32StringSeed"])
        self._step = time_step(system_clock()) - 2 * _MINUTES_SLOW

    def code(self) -> str:
        """Return the next code; none comes twice."""
        self._step += 1
        return code_at(self._seed, self._step)

    def two_codes(self) -> dict[str, str]:
        """Return the next two codes as EnableMFADevice and ResyncMFADevice take them."""
        return {"AuthenticationCode1": self.code(), "AuthenticationCode2": self.code()}

    def skip(self, steps: int) -> None:
        """Let the device's clock gain some time."""
        self._step += steps


def create_device(iam: Any, name: str) -> Authenticator:
    """Create a virtual device that is nobody's yet."""
    return Authenticator(iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"])


def enrol(iam: Any, user_name: str, device_name: str | None = None) -> Authenticator:
    """Create a virtual device and give it to a user."""
    device = create_device(iam, device_name or user_name)
    iam.enable_mfa_device(UserName=user_name, SerialNumber=device.serial_number, **device.two_codes())
    return device
