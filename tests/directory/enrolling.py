"""MFA devices for the tests of the directory."""

from datetime import datetime
from secrets import token_bytes

from ostiary.credentials import Passkey, code_at, time_step
from ostiary.directory import mfa_devices
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import MfaDevice
from ostiary.directory.passkeys import create_passkey
from ostiary.directory.users import User
from tests.directory.facts import ACCOUNT, NOW


def codes_in_a_row(seed: bytes, now: datetime, drift: int = 0) -> tuple[str, str]:
    """Return the code that a device shows and the one before it."""
    step = time_step(now) + drift
    return code_at(seed, step - 1), code_at(seed, step)


def enrol(directory: Directory, user: User | None, name: str, *, drift: int = 0) -> tuple[MfaDevice, bytes]:
    """Create a virtual device, give it to a user or the root user, and return it with its seed."""
    made, seed = mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, name, now=NOW)
    mfa_devices.enable_mfa_device(directory, made, user, codes_in_a_row(seed, NOW, drift), now=NOW)
    return mfa_devices.get_owned_mfa_device(directory, ACCOUNT, user, made.serial_number), seed


def a_passkey(*, sign_count: int = 0) -> Passkey:
    """Return a passkey that nobody has the key of."""
    return Passkey(
        credential_id=token_bytes(32),
        public_key=b"public",
        sign_count=sign_count,
        discoverable=True,
        backup_eligible=False,
        backed_up=False,
        transports=("usb",),
        aaguid="00000000-0000-0000-0000-000000000000",
        certifications={"FIDO": "L1"},
    )


def enrol_passkey(directory: Directory, user: User | None, name: str) -> MfaDevice:
    """Give a user, or the root user, a passkey."""
    account = user.account if user else ACCOUNT
    return create_passkey(directory, account, user, name, a_passkey(), now=NOW)
