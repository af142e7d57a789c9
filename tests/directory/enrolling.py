"""MFA devices for the tests of the directory."""

import json
from datetime import datetime

from sqlalchemy import insert

from ostiary.credentials import code_at, time_step
from ostiary.directory import mfa_devices
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import MfaDevice
from ostiary.directory.users import User
from ostiary.store import schema
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


def enrol_passkey(directory: Directory, user: User, name: str) -> MfaDevice:
    """Give a user a passkey, as a browser would."""
    serial_number = f"arn:aws:iam::{user.account}:u2f/user/{user.name}/{name}"
    directory.connection.execute(
        insert(schema.mfa_devices).values(
            account_id=user.account,
            device_id=f"AMFA{name}",
            serial_number=serial_number,
            serial_key=serial_number.lower(),
            name=name,
            path="/",
            owner_id=user.user_id,
            enabled_at=NOW,
            created_at=NOW,
            passkey=json.dumps({"certifications": {"FIDO": "L1"}}),
        )
    )
    return mfa_devices.get_owned_mfa_device(directory, user.account, user, serial_number)
