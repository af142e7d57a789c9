"""Giving oneself, or another user, a passkey.

The browser's part is between two calls: what the first hands out sealed, the second takes back, so that nothing is kept
meanwhile.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ostiary.credentials import (
    Passkey,
    SealBroken,
    WrongPasskey,
    mint_challenge,
    registration_options,
    user_handle,
    verify_registration,
)
from ostiary.directory import accounts, passkeys
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import owner_id_of
from ostiary.directory.users import User
from ostiary.services.iam.owners import USER, user_or_root
from ostiary.services.iam.targets import existing
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_RELYING_PARTY_NAME = "Ostiary"
_PURPOSE = "passkey registration"
_LIFETIME = timedelta(minutes=10)

_NEEDS = existing(USER, "iam:EnableMFADevice")


def begin_passkey_registration(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what a browser is asked for a new passkey, and what is to be given back with its answer.

    Raises:
        Fault: `InvalidInput`, people reach the server by an address, for which browsers make no passkeys.
    """
    user = user_or_root(call, directory)
    challenge = mint_challenge()
    options = new_passkey_options(directory, call.account, user, challenge)
    owner = _owner(call, owner_id_of(call.account, user))
    return {"Options": options, "State": _seal(directory, challenge, owner, call.now)}


def complete_passkey_registration(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a user the passkey that their browser made.

    Raises:
        Fault: `InvalidInput`, the registration was not begun for that user, or too long ago;
            `InvalidAuthenticationCode`, the browser's answer does not prove a passkey.
    """
    user = user_or_root(call, directory)
    owner = _owner(call, owner_id_of(call.account, user))
    expected_challenge = _open(directory, call.parameters["State"], owner, call.now)
    passkey = verify_new_passkey(directory, call.parameters["Credential"], expected_challenge)
    name = call.parameters["Name"]
    device = passkeys.create_passkey(directory, call.account, user, name, passkey, now=call.now)
    return {"SerialNumber": device.serial_number}


def new_passkey_options(directory: Directory, account: AccountId, user: User | None, challenge: bytes) -> str:
    """Return the JSON of what a browser is asked for a new passkey of a user, or of the root user when `user` is None.

    Raises:
        Fault: `InvalidInput`, people reach the server by an address, for which browsers make no passkeys.
    """
    settings = directory.settings
    if not settings.is_reached_by_name:
        raise Fault(
            "InvalidInput", "Passkeys need a server that is reached by a name, such as localhost, not an address."
        )
    owner_id = owner_id_of(account, user)
    return registration_options(
        rp_id=settings.relying_party,
        rp_name=_RELYING_PARTY_NAME,
        user_handle=user_handle(account, owner_id),
        user_name=_shown_name(directory, account, user),
        challenge=challenge,
        exclude=[known.credential_id for _, known in passkeys.list_passkeys(directory, account, owner_id)],
    )


def verify_new_passkey(directory: Directory, credential: str, expected_challenge: bytes) -> Passkey:
    """Prove that a browser made a passkey upon our asking, and return it.

    Raises:
        Fault: `InvalidAuthenticationCode`, its answer does not prove one.
    """
    try:
        return verify_registration(
            credential,
            expected_challenge=expected_challenge,
            rp_id=directory.settings.relying_party,
            origin=directory.settings.origin,
        )
    except WrongPasskey as error:
        message = "The answer of the passkey is not valid for this registration."
        raise Fault("InvalidAuthenticationCode", message, status=403) from error


def _shown_name(directory: Directory, account_id: AccountId, user: User | None) -> str:
    """Return what tells the passkey from others of the same person, in the browser's list."""
    account = accounts.get_account(directory, account_id)
    return f"{user.name} @ {account.alias or account_id}" if user else account.root_email


def _owner(call: AuthorizedCall, owner_id: str) -> str:
    return f"{call.account}/{owner_id}"


def _seal(directory: Directory, challenge: bytes, owner: str, now: datetime) -> str:
    state = {"challenge": challenge.hex(), "expires": (now + _LIFETIME).timestamp()}
    sealer = directory.sealer.for_purpose(_PURPOSE)
    return urlsafe_b64encode(sealer.seal(json.dumps(state).encode(), context=owner)).decode()


def _open(directory: Directory, text: str, owner: str, now: datetime) -> bytes:
    try:
        sealed = urlsafe_b64decode(text)
        state = json.loads(directory.sealer.for_purpose(_PURPOSE).open(sealed, context=owner))
    except (ValueError, SealBroken):
        raise Fault("InvalidInput", "This registration of a passkey was not begun here for this user.") from None
    if now.timestamp() > state["expires"]:
        raise Fault("InvalidInput", "This registration of a passkey was begun too long ago. Begin it again.")
    return bytes.fromhex(state["challenge"])


OPERATIONS = (
    Operation("ostiary", "BeginPasskeyRegistration", _NEEDS, begin_passkey_registration, writes=False),
    Operation("ostiary", "CompletePasskeyRegistration", _NEEDS, complete_passkey_registration, writes=True),
)
