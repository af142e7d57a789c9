"""Passkeys: MFA devices that sign, kept with the public key that tells their signatures.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html
"""

import re
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ostiary.credentials import Passkey, WrongPasskey, mint_unique_id, parse_passkey
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, Noun
from ostiary.directory.mfa_devices import (
    MfaDevice,
    build_device,
    is_device,
    owned_by,
    owner_id_of,
    require_room_for_device,
)
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_devices = schema.mfa_devices

_IS_PASSKEY = _devices.c.credential_key.is_not(None)

# As of a virtual device, but no longer than the console lets one be.
_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)

# AWS ends each serial number with 26 letters and digits, which tell apart devices of the same name.
_SUFFIX_BYTES = 16
_SUFFIX_CHARACTERS = 26


def is_passkey_name(name: str) -> bool:
    """Tell whether a passkey may be called so."""
    return _NAME.fullmatch(name) is not None


def create_passkey(
    directory: Directory, account: AccountId, user: User | None, name: str, passkey: Passkey, *, now: datetime
) -> MfaDevice:
    """Give a passkey to a user, or to the root user when `user` is None. When it fails, only roll back.

    Args:
        directory: the transaction to write in.
        account: the owner's.
        user: who proved to have it.
        name: what the owner calls it.
        passkey: as it was proven.
        now: the time.

    Raises:
        ValueError: it may not be called so, see `is_passkey_name`.
        EntityAlreadyExists: the owner has a passkey of that name, without regard to case, or it is somebody's already.
        LimitExceeded: the owner has as many devices as one may have.
    """
    if not is_passkey_name(name):
        raise ValueError(f"not the name of a passkey: {name!r}")
    owner_id = owner_id_of(account, user)
    require_room_for_device(directory, account, owner_id)
    is_namesake = _IS_PASSKEY & (func.lower(_devices.c.name) == name.lower())
    if rows.count(directory, _devices, account, owned_by(account, owner_id), is_namesake):
        raise EntityAlreadyExists(Noun.PASSKEY, name)
    device_id = mint_unique_id("AMFA", account)
    path = f"/user/{user.name}/" if user else "/root-account-mfa-device/"
    serial_number = iam_arn(account, "u2f", path, f"{name}-{_mint_suffix()}")
    values = {
        "account_id": account,
        "device_id": device_id,
        "serial_number": serial_number,
        "serial_key": serial_number.lower(),
        "name": name,
        "path": "/",
        "owner_id": owner_id,
        "enabled_at": now,
        "created_at": now,
        "passkey": passkey.to_json(),
        "credential_key": _credential_key(passkey.credential_id),
    }
    try:
        directory.connection.execute(insert(_devices).values(**values))
    except IntegrityError as error:
        raise EntityAlreadyExists(Noun.MFA_DEVICE, serial_number) from error
    return MfaDevice(account, device_id, serial_number, name, owner_id, now, passkey.certifications)


def list_passkeys(directory: Directory, account: AccountId, owner_id: str) -> tuple[tuple[MfaDevice, Passkey], ...]:
    """Return the passkeys of a user or, by the account's ID, of the root user, by serial number."""
    query = select(_devices).where(owned_by(account, owner_id), _IS_PASSKEY).order_by(_devices.c.serial_key)
    return tuple(_build(row) for row in directory.connection.execute(query))


def find_passkey(directory: Directory, account: AccountId, credential_id: bytes) -> tuple[MfaDevice, Passkey] | None:
    """Return the account's passkey whose credential that is, whosever it is, or None."""
    is_it = _devices.c.credential_key == _credential_key(credential_id)
    row = directory.connection.execute(select(_devices).where(_devices.c.account_id == account, is_it)).first()
    return _build(row) if row else None


def note_passkey_use(directory: Directory, device: MfaDevice, passkey: Passkey, sign_count: int) -> None:
    """Keep how often a passkey signed, so that nothing which it signed before is good again.

    Args:
        directory: the transaction to write in.
        device: whose passkey it is.
        passkey: as it was when what it signed was verified.
        sign_count: what came of that.

    Raises:
        WrongPasskey: it was used or given up since.
    """
    # The condition holds where two sign-ins at once would use one count: the second finds it used.
    unused = _devices.c.passkey == passkey.to_json()
    noted = update(_devices).where(is_device(device), unused).values(passkey=passkey.to_json(sign_count=sign_count))
    if directory.connection.execute(noted).rowcount == 0:
        raise WrongPasskey("it was used or given up meanwhile")


def _build(row: Row[Any]) -> tuple[MfaDevice, Passkey]:
    return build_device(row), parse_passkey(row.passkey)


def _credential_key(credential_id: bytes) -> str:
    return sha256(credential_id).hexdigest()


def _mint_suffix() -> str:
    return b32encode(token_bytes(_SUFFIX_BYTES)).decode()[:_SUFFIX_CHARACTERS]
