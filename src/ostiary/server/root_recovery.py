"""Getting a root user back in who lost the password or the second factor: the operator starts it at the machine."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from ostiary.audit import AuditEvent, SignInParty, describe_call, describe_sign_in
from ostiary.directory import accounts, mfa_devices
from ostiary.directory.directory import Directory
from ostiary.directory.pages import PageRequest
from ostiary.directory.root_resets import start_root_reset
from ostiary.governance import record_events
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.opened import opened
from ostiary.values.call import Call, HttpRequest
from ostiary.values.clock import Clock
from ostiary.values.identifiers import AccountId

_ALL_DEVICES = PageRequest(size=100)
_REGION = "us-east-1"

# What an event says of who did it: nobody came over a network. The address is what AWS writes of its own doings.
_ADDRESS = "AWS Internal"
_AGENT = "ostiary root reset"


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the operator is shown once."""

    account: AccountId
    root_email: str
    code: str = field(repr=False)
    deactivated: tuple[str, ...]
    """The serial numbers of the MFA devices that were taken away."""


def start_recovery(home: DataDirectory, account: AccountId | None, *, deactivate_mfa: bool, clock: Clock) -> Recovery:
    """Make a one-time code for an account's root user; a running server takes it from now on.

    Args:
        home: the installation.
        account: whose root user; None means the only account there is.
        deactivate_mfa: take the root user's MFA devices away too.
        clock: tells the time.

    Raises:
        SetupError: there is no such account, or it is not clear which is meant.
        StoreError: the database cannot be used.
    """
    with opened(home, writes=True) as directory:
        owner = accounts.get_account(directory, choose_account(accounts.list_accounts(directory), account))
        now = clock()
        code = start_root_reset(directory, owner.account, now=now)
        events = [_requested(owner.account, now)]
        deactivated = _deactivate_devices(directory, owner.account) if deactivate_mfa else ()
        events += [_deactivated(owner.account, serial_number, now) for serial_number in deactivated]
        accounts.raise_revision(directory, owner.account, access=False)
        record_events(directory, events)
    return Recovery(owner.account, owner.root_email, code, deactivated)


def _deactivate_devices(directory: Directory, account: AccountId) -> tuple[str, ...]:
    devices = mfa_devices.list_mfa_devices(directory, account, None, _ALL_DEVICES).items
    for device in devices:
        mfa_devices.deactivate_mfa_device(directory, device)
    return tuple(device.serial_number for device in devices)


def _requested(account: AccountId, now: datetime) -> AuditEvent:
    return describe_sign_in(
        "PasswordRecoveryRequested",
        SignInParty(account, account),
        now=now,
        request_id=str(uuid.uuid4()),
        address=_ADDRESS,
        user_agent=_AGENT,
        succeeded=True,
    )


def _deactivated(account: AccountId, serial_number: str, now: datetime) -> AuditEvent:
    return describe_call(
        _call("DeactivateMFADevice", now),
        account=account,
        caller=None,
        presented_key=None,
        region=_REGION,
        read_only=False,
        parameters={"SerialNumber": serial_number},
        output=None,
        fault=None,
    )


def _call(operation: str, now: datetime) -> Call:
    headers = (("user-agent", _AGENT),)
    request = HttpRequest(method="", path="", query="", headers=headers, body=b"", client_address=_ADDRESS)
    return Call(request, "iam", operation, str(uuid.uuid4()), now)
