"""MFA devices: whose they are, and which of their codes are taken."""

from datetime import datetime, timedelta

import pytest

from ostiary.credentials import WrongCode, code_at, time_step
from ostiary.directory import mfa_devices, summary, tags, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import DeleteConflict, EntityAlreadyExists, Hanger, NoSuchEntity
from ostiary.directory.pages import PageRequest
from ostiary.directory.tags import Tagged
from tests.directory.enrolling import codes_in_a_row, enrol, enrol_passkey
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

ROOT_DEVICE = "root-account-mfa-device"


@pytest.fixture
def alice(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "alice", now=NOW)


def later(steps: int) -> datetime:
    return NOW + timedelta(seconds=30 * steps)


def take(directory: Directory, serial_number: str, seed: bytes, step: int, now: datetime) -> bool:
    """Present the code of a step, counted from `NOW`; tell whether it is taken."""
    device = mfa_devices.find_mfa_device(directory, ACCOUNT, serial_number)
    assert device is not None
    try:
        mfa_devices.use_code(directory, device, code_at(seed, time_step(NOW) + step), now=now)
    except WrongCode:
        return False
    return True


def test_names_are_unique_in_a_path_without_regard_to_case(directory: Directory) -> None:
    mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "Phone", now=NOW)
    mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "phone", path="/other/", now=NOW)
    mfa_devices.create_virtual_mfa_device(directory, OTHER_ACCOUNT, "phone", now=NOW)
    with directory.connection.begin_nested() as savepoint:
        with pytest.raises(EntityAlreadyExists):
            mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "pHONE", now=NOW)
        savepoint.rollback()


def test_a_device_is_found_in_its_account_in_any_case(directory: Directory) -> None:
    device, _ = mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "Phone", now=NOW)
    assert mfa_devices.find_mfa_device(directory, ACCOUNT, device.serial_number.upper()) == device
    assert mfa_devices.find_mfa_device(directory, OTHER_ACCOUNT, device.serial_number) is None


def test_the_seed_is_sealed(directory: Directory) -> None:
    _, seed = mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "phone", now=NOW)
    (sealed,) = directory.connection.exec_driver_sql("SELECT sealed_seed FROM mfa_devices").scalars()
    assert seed not in bytes(sealed)


def test_a_device_belongs_to_who_enabled_it(directory: Directory, alice: users.User) -> None:
    device, seed = enrol(directory, alice, "phone")
    assert device.enabled_at == NOW
    assert device.belongs_to(alice.user_id)
    with pytest.raises(EntityAlreadyExists):
        mfa_devices.enable_mfa_device(directory, device, None, codes_in_a_row(seed, later(9)), now=later(9))
    with pytest.raises(NoSuchEntity):
        mfa_devices.get_owned_mfa_device(directory, ACCOUNT, None, device.serial_number)


def test_the_root_user_has_devices_of_its_own(directory: Directory, alice: users.User) -> None:
    assert not mfa_devices.has_mfa_device(directory, ACCOUNT, None)
    device, _ = enrol(directory, None, ROOT_DEVICE)
    assert device.serial_number == f"arn:aws:iam::{ACCOUNT}:mfa/{ROOT_DEVICE}"
    assert mfa_devices.has_mfa_device(directory, ACCOUNT, None)
    assert mfa_devices.list_mfa_devices(directory, ACCOUNT, None, PageRequest()).items == (device,)
    assert mfa_devices.list_mfa_devices(directory, ACCOUNT, alice, PageRequest()).items == ()


@pytest.mark.parametrize("drift", [-60, -1, 0, 1, 60])
def test_how_wrong_a_clock_is_is_learnt_when_a_device_is_enabled(
    directory: Directory, alice: users.User, drift: int
) -> None:
    device, seed = enrol(directory, alice, "phone", drift=drift)
    assert device.drift == drift
    assert take(directory, device.serial_number, seed, drift + 20, later(20))


def test_a_clock_may_go_on_going_wrong(directory: Directory, alice: users.User) -> None:
    device, seed = enrol(directory, alice, "phone")
    # It gains a step in each ten, which is never too much at once.
    assert all(take(directory, device.serial_number, seed, 11 * turn, later(10 * turn)) for turn in range(1, 6))


def test_a_code_is_taken_once(directory: Directory, alice: users.User) -> None:
    device, seed = enrol(directory, alice, "phone")
    assert not take(directory, device.serial_number, seed, 0, NOW)
    assert [take(directory, device.serial_number, seed, step, later(5)) for step in (5, 5, 4, 6, 6)] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_code_that_another_transaction_took_is_used(directory: Directory, alice: users.User) -> None:
    device, seed = enrol(directory, alice, "phone")
    code = code_at(seed, time_step(NOW) + 1)
    mfa_devices.use_code(directory, device, code, now=later(1))
    # `device` is as it was read before the code was taken.
    with pytest.raises(WrongCode):
        mfa_devices.use_code(directory, device, code, now=later(1))


def test_a_lost_device_is_found_again_by_two_codes(directory: Directory, alice: users.User) -> None:
    device, seed = enrol(directory, alice, "phone")
    assert not take(directory, device.serial_number, seed, 120, later(100))
    mfa_devices.resync_mfa_device(directory, device, codes_in_a_row(seed, later(100), 20), now=later(100))
    assert take(directory, device.serial_number, seed, 121, later(100))


def test_codes_of_before_are_not_good_again_when_a_device_is_enabled_again(
    directory: Directory, alice: users.User
) -> None:
    device, seed = enrol(directory, alice, "phone")
    mfa_devices.deactivate_mfa_device(directory, device)
    freed = mfa_devices.get_virtual_mfa_device(directory, ACCOUNT, device.serial_number)
    assert (freed.owner_id, freed.enabled_at) == (None, None)
    with pytest.raises(WrongCode):
        mfa_devices.enable_mfa_device(directory, freed, alice, codes_in_a_row(seed, NOW), now=NOW)
    mfa_devices.enable_mfa_device(directory, freed, None, codes_in_a_row(seed, later(2)), now=later(2))


def test_only_a_device_that_is_nobodys_is_deleted_and_its_tags_with_it(directory: Directory, alice: users.User) -> None:
    device, _ = enrol(directory, alice, "phone")
    tags.set_tags(directory, ACCOUNT, device.device_id, {"a": "b"}, Tagged.MFA_DEVICE)
    with pytest.raises(DeleteConflict) as conflict:
        mfa_devices.delete_virtual_mfa_device(directory, device)
    assert conflict.value.hanger is Hanger.MFA_OWNER
    with pytest.raises(DeleteConflict) as conflict:
        users.delete_user(directory, alice)
    assert conflict.value.hanger is Hanger.MFA_DEVICES
    mfa_devices.deactivate_mfa_device(directory, device)
    freed = mfa_devices.get_virtual_mfa_device(directory, ACCOUNT, device.serial_number)
    mfa_devices.delete_virtual_mfa_device(directory, freed)
    assert mfa_devices.find_mfa_device(directory, ACCOUNT, device.serial_number) is None
    assert tags.get_tags(directory, ACCOUNT, device.device_id) == {}
    users.delete_user(directory, alice)


def test_a_passkey_is_no_virtual_device(directory: Directory, alice: users.User) -> None:
    passkey = enrol_passkey(directory, alice, "KEY")
    phone, _ = enrol(directory, alice, "phone")
    assert passkey.certifications == {"FIDO": "L1"}
    assert mfa_devices.list_mfa_devices(directory, ACCOUNT, alice, PageRequest()).items == (phone, passkey)
    assert [device for device, _ in mfa_devices.list_virtual_mfa_devices(directory, ACCOUNT, PageRequest()).items] == [
        phone
    ]
    with pytest.raises(NoSuchEntity):
        mfa_devices.get_virtual_mfa_device(directory, ACCOUNT, passkey.serial_number)
    with pytest.raises(WrongCode):
        mfa_devices.use_code(directory, passkey, "123456", now=NOW)
    with pytest.raises(WrongCode):
        mfa_devices.resync_mfa_device(directory, passkey, ("123456", "123457"), now=NOW)


def test_a_passkey_that_is_deactivated_is_forgotten(directory: Directory, alice: users.User) -> None:
    passkey = enrol_passkey(directory, alice, "KEY")
    mfa_devices.deactivate_mfa_device(directory, passkey)
    assert mfa_devices.find_mfa_device(directory, ACCOUNT, passkey.serial_number) is None


def test_devices_are_counted(directory: Directory, alice: users.User) -> None:
    enrol_passkey(directory, alice, "KEY")
    enrol(directory, alice, "phone")
    mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, "drawer", now=NOW)
    told = summary.get_summary(directory, ACCOUNT)
    assert (told["MFADevices"], told["MFADevicesInUse"], told["AccountMFAEnabled"]) == (2, 2, 0)
    enrol(directory, None, ROOT_DEVICE)
    told = summary.get_summary(directory, ACCOUNT)
    assert (told["MFADevices"], told["MFADevicesInUse"], told["AccountMFAEnabled"]) == (3, 3, 1)


def test_lists_go_on_where_they_ended(directory: Directory, alice: users.User) -> None:
    names = [f"d{number}" for number in range(5)] + ["x" * 200]
    for name in reversed(names):
        mfa_devices.create_virtual_mfa_device(directory, ACCOUNT, name, now=NOW)
    enrol(directory, alice, "enabled")
    found, after = [], None
    while True:
        page = mfa_devices.list_virtual_mfa_devices(directory, ACCOUNT, PageRequest(2, after), assigned=False)
        found += [device.name for device, owner in page.items if owner is None]
        after = page.next_after
        if after is None:
            break
    assert found == names
    ((device, owner),) = mfa_devices.list_virtual_mfa_devices(directory, ACCOUNT, PageRequest(), assigned=True).items
    assert (device.name, owner) == ("enabled", alice)
