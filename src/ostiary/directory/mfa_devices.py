"""MFA devices: virtual ones, which show one-time codes, and passkeys.

A virtual device belongs to the account first, and to a user or the root user from when it is enabled until it is
deactivated.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ostiary.credentials import WrongCode, mint_seed, mint_unique_id, time_step, verify_code, verify_codes_in_a_row
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import DeleteConflict, EntityAlreadyExists, Hanger, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_devices = schema.mfa_devices
_users = schema.users

# By serial number. A marker has little room, so a long one is cut, and told from its like by the device's ID.
_SORT_KEY = func.substr(_devices.c.serial_key, 1, 150).concat(_devices.c.device_id)


@dataclass(frozen=True, slots=True)
class MfaDevice:
    """An MFA device, without its seed."""

    account: AccountId
    device_id: str
    """What tags hang on; nobody outside sees it."""
    serial_number: str
    """The ARN."""
    name: str
    owner_id: str | None
    """The unique ID of the user whose device it is, or the account's for its root user; None while it is nobody's."""
    enabled_at: datetime | None
    certifications: Mapping[str, str] | None
    """What a passkey is certified for, such as `FIDO`, and at which level; None for a virtual device."""
    last_step: int | None = None
    """The time step of the last code that was taken."""
    drift: int = 0
    """How many time steps the device is ahead."""

    @property
    def is_virtual(self) -> bool:
        """Tell whether the device shows one-time codes."""
        return self.certifications is None

    def belongs_to(self, owner_id: str) -> bool:
        """Tell whether the device is that user's or, by the account's ID, the root user's."""
        return self.owner_id == owner_id


def create_virtual_mfa_device(
    directory: Directory, account: AccountId, name: str, *, path: str = "/", now: datetime
) -> tuple[MfaDevice, bytes]:
    """Create a virtual device that is nobody's yet. When it fails the transaction can only be rolled back.

    Returns:
        The device and its seed, which is kept sealed from now on and cannot be shown again.

    Raises:
        EntityAlreadyExists: the account has a device at that path and name, without regard to case.
        LimitExceeded: the account's quota of devices is full.
    """
    seed, device_id = mint_seed(), mint_unique_id("AMFA", account)
    device = MfaDevice(account, device_id, iam_arn(account, "mfa", path, name), name, None, None, None)
    values = {
        "account_id": account,
        "device_id": device_id,
        "serial_number": device.serial_number,
        "serial_key": device.serial_number.lower(),
        "name": name,
        "path": path,
        "created_at": now,
        "sealed_seed": directory.sealer.seal(seed, context=_seal_context(device_id)),
    }
    try:
        directory.connection.execute(insert(_devices).values(**values))
    except IntegrityError as error:
        raise EntityAlreadyExists(Noun.VIRTUAL_MFA_DEVICE, name) from error
    require_room(directory, account, Quota.MFA_DEVICES, rows.count(directory, _devices, account, _VIRTUAL))
    return device, seed


def find_mfa_device(directory: Directory, account: AccountId, serial_number: str) -> MfaDevice | None:
    """Return the account's device of that serial number, without regard to case, or None."""
    query = select(_devices).where(_devices.c.account_id == account, _devices.c.serial_key == serial_number.lower())
    row = directory.connection.execute(query).first()
    return build_device(row) if row else None


def get_virtual_mfa_device(directory: Directory, account: AccountId, serial_number: str) -> MfaDevice:
    """Return the account's virtual device of that serial number, whosever it is.

    Raises:
        NoSuchEntity: there is none.
    """
    device = find_mfa_device(directory, account, serial_number)
    if device is None or not device.is_virtual:
        raise NoSuchEntity(Noun.MFA_DEVICE, serial_number)
    return device


def get_owned_mfa_device(directory: Directory, account: AccountId, user: User | None, serial_number: str) -> MfaDevice:
    """Return the device of a user, or of the root user when `user` is None.

    Raises:
        NoSuchEntity: there is none, or it is not the owner's.
    """
    device = find_mfa_device(directory, account, serial_number)
    if device is None:
        raise NoSuchEntity(Noun.MFA_DEVICE, serial_number)
    if not device.belongs_to(owner_id_of(account, user)):
        raise NoSuchEntity(Noun.MFA_DEVICE_OF_USER, serial_number)
    return device


def list_mfa_devices(directory: Directory, account: AccountId, user: User | None, page: PageRequest) -> Page[MfaDevice]:
    """Return the devices of a user, or of the root user when `user` is None, by serial number."""
    query = select(_devices).where(owned_by(account, owner_id_of(account, user)))
    return fetch_page(directory, query, page, sort_key=_SORT_KEY, build=build_device)


def list_virtual_mfa_devices(
    directory: Directory, account: AccountId, page: PageRequest, *, assigned: bool | None = None
) -> Page[tuple[MfaDevice, User | None]]:
    """Return the account's virtual devices by serial number, each with the user whose it is.

    Args:
        directory: the transaction to read in.
        account: whose devices.
        page: which part of the list.
        assigned: only those that are somebody's, or only those that are nobody's.
    """
    is_owner = (_users.c.account_id == _devices.c.account_id) & (_users.c.user_id == _devices.c.owner_id)
    query = (
        select(
            _devices,
            _users.c.user_id,
            _users.c.name.label("user_name"),
            _users.c.path.label("user_path"),
            _users.c.created_at.label("user_created_at"),
        )
        .outerjoin(_users, is_owner)
        .where(_devices.c.account_id == account, _VIRTUAL)
    )
    if assigned is not None:
        query = query.where(_devices.c.owner_id.is_not(None) if assigned else _devices.c.owner_id.is_(None))
    return fetch_page(directory, query, page, sort_key=_SORT_KEY, build=_build_device_and_user)


def enable_mfa_device(
    directory: Directory, device: MfaDevice, user: User | None, codes: tuple[str, str], *, now: datetime
) -> None:
    """Give a virtual device to a user, or to the root user when `user` is None, who proves to have it.

    Args:
        directory: the transaction to write in.
        device: nobody's yet.
        user: who shall have it.
        codes: two codes that it showed in a row. They also tell how wrong its clock is, which is kept.
        now: the time.

    Raises:
        EntityAlreadyExists: it is somebody's.
        LimitExceeded: the owner has as many devices as one may have.
        WrongCode: the codes are not two of its codes in a row, or are used already.
    """
    if device.owner_id is not None:
        raise EntityAlreadyExists(Noun.MFA_DEVICE, device.serial_number)
    account = device.account
    owner_id = owner_id_of(account, user)
    require_room_for_device(directory, account, owner_id)
    resync_mfa_device(directory, device, codes, now=now)
    _set(directory, device, owner_id=owner_id, enabled_at=now)


def resync_mfa_device(directory: Directory, device: MfaDevice, codes: tuple[str, str], *, now: datetime) -> None:
    """Learn from two codes in a row how wrong a virtual device's clock is.

    Raises:
        WrongCode: the codes are not two of its codes in a row, or are used already.
    """
    step = verify_codes_in_a_row(
        _seed(directory, device), codes, expected_step=time_step(now), used_up_to=device.last_step
    )
    _use_up(directory, device, step, now)


def use_code(directory: Directory, device: MfaDevice, code: str, *, now: datetime) -> None:
    """Use up a code that a virtual device shows.

    Raises:
        WrongCode: it shows no such code now, or the code is used already.
    """
    expected_step = time_step(now) + device.drift
    step = verify_code(_seed(directory, device), code, expected_step=expected_step, used_up_to=device.last_step)
    _use_up(directory, device, step, now)


def deactivate_mfa_device(directory: Directory, device: MfaDevice) -> None:
    """Take a device from its owner: a virtual one is nobody's from then on, a passkey is forgotten."""
    if device.is_virtual:
        # The last step stays: codes that were shown before are not good again when the device is enabled again.
        _set(directory, device, owner_id=None, enabled_at=None, drift=0)
    else:
        _delete(directory, device)


def delete_virtual_mfa_device(directory: Directory, device: MfaDevice) -> None:
    """Delete a device that is nobody's; its tags go with it.

    Raises:
        DeleteConflict: it is somebody's.
    """
    if device.owner_id is not None:
        raise DeleteConflict(Hanger.MFA_OWNER)
    _delete(directory, device)


def count_mfa_devices(directory: Directory, account: AccountId) -> tuple[int, int]:
    """Return how many virtual devices the account has, and how many devices of any kind are somebody's."""
    in_use = _devices.c.owner_id.is_not(None)
    return (
        rows.count(directory, _devices, account, _VIRTUAL),
        rows.count(directory, _devices, account, in_use),
    )


def has_mfa_device(directory: Directory, account: AccountId, user: User | None) -> bool:
    """Tell whether a user, or the root user when `user` is None, has a device."""
    return rows.count(directory, _devices, account, owned_by(account, owner_id_of(account, user))) > 0


def owner_id_of(account: AccountId, user: User | None) -> str:
    """Return what stands for the owner of a device: a user's unique ID, or the account's for its root user."""
    return user.user_id if user else account


def owned_by(account: AccountId, owner_id: str) -> ColumnElement[bool]:
    """Return the condition that a device is that owner's."""
    return (_devices.c.account_id == account) & (_devices.c.owner_id == owner_id)


def is_device(device: MfaDevice) -> ColumnElement[bool]:
    """Return the condition that a row is that device's."""
    return (_devices.c.account_id == device.account) & (_devices.c.device_id == device.device_id)


def require_room_for_device(directory: Directory, account: AccountId, owner_id: str) -> None:
    """Check that an owner may have one more device, of whatever kind.

    Raises:
        LimitExceeded: the owner has as many as one may have.
    """
    present = rows.count(directory, _devices, account, owned_by(account, owner_id))
    require_room(directory, account, Quota.MFA_DEVICES_PER_USER, present + 1)


def build_device(row: Row[Any]) -> MfaDevice:
    """Return the device that a row of the table is."""
    return MfaDevice(
        account=row.account_id,
        device_id=row.device_id,
        serial_number=row.serial_number,
        name=row.name,
        owner_id=row.owner_id,
        enabled_at=row.enabled_at,
        certifications=None if row.passkey is None else json.loads(row.passkey).get("certifications", {}),
        last_step=row.last_step,
        drift=row.drift,
    )


_VIRTUAL = _devices.c.passkey.is_(None)


def _use_up(directory: Directory, device: MfaDevice, step: int, now: datetime) -> None:
    # The condition holds where two transactions at once would take one code: the second finds it used.
    unused = _devices.c.last_step.is_(None) | (_devices.c.last_step < step)
    used = update(_devices).where(is_device(device), unused).values(last_step=step, drift=step - time_step(now))
    if directory.connection.execute(used).rowcount == 0:
        raise WrongCode


def _seed(directory: Directory, device: MfaDevice) -> bytes:
    sealed = directory.connection.scalar(select(_devices.c.sealed_seed).where(is_device(device)))
    if sealed is None:
        # A passkey has no codes, so none can be right.
        raise WrongCode
    return directory.sealer.open(sealed, context=_seal_context(device.device_id))


def _set(directory: Directory, device: MfaDevice, **values: Any) -> None:
    directory.connection.execute(update(_devices).where(is_device(device)).values(**values))


def _delete(directory: Directory, device: MfaDevice) -> None:
    rows.delete_row(directory, schema.tags.c.entity_id, device.account, device.device_id)
    rows.delete_row(directory, _devices.c.device_id, device.account, device.device_id)


def _seal_context(device_id: str) -> str:
    return f"mfa-device/{device_id}"


def _build_device_and_user(row: Row[Any]) -> tuple[MfaDevice, User | None]:
    user = User(row.account_id, row.user_id, row.user_name, row.user_path, row.user_created_at) if row.user_id else None
    return build_device(row), user
