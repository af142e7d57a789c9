"""Passkeys: what is known of one, whose it is, and how it is written down.

An authenticator always verifies its user, by PIN, finger or face, so that a passkey is two factors: who has the device,
and who its user is.
Source: https://www.w3.org/TR/webauthn-3/
"""

import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from ostiary.credentials.errors import ClonedPasskey, WrongPasskey
from ostiary.values.identifiers import AccountId

_CHALLENGE_BYTES = 32

_USER_HANDLE = re.compile(rb"(\d{12})/([A-Za-z0-9]{1,32})")


@dataclass(frozen=True, slots=True)
class Passkey:
    """What is known of a passkey; none of it is secret."""

    credential_id: bytes
    public_key: bytes
    """In COSE's form (RFC 9052)."""
    sign_count: int
    """How often it signed, as it said last; 0 for one that does not count."""
    discoverable: bool
    """The browser says that it can be found without a user's name."""
    backup_eligible: bool
    """It can be copied to other devices of its user's."""
    backed_up: bool
    """It was copied when it was registered."""
    transports: tuple[str, ...]
    """How it is reached, such as `usb` or `internal`."""
    aaguid: str
    """The make and model that the authenticator claims."""
    certifications: Mapping[str, str] = field(default_factory=dict)
    """What its make is certified for, such as `FIDO`, and at which level; none where it does not prove its make."""

    def to_json(self, *, sign_count: int | None = None) -> str:
        """Return the passkey as text that `parse_passkey` reads, with its new `sign_count` when there is one."""
        return json.dumps(
            {
                "credentialId": _text(self.credential_id),
                "publicKey": _text(self.public_key),
                "signCount": self.sign_count if sign_count is None else sign_count,
                "discoverable": self.discoverable,
                "backupEligible": self.backup_eligible,
                "backedUp": self.backed_up,
                "transports": self.transports,
                "aaguid": self.aaguid,
                "certifications": dict(self.certifications),
            }
        )


def parse_passkey(text: str) -> Passkey:
    """Return the passkey that `Passkey.to_json` wrote."""
    written = json.loads(text)
    return Passkey(
        credential_id=_bytes(written["credentialId"]),
        public_key=_bytes(written["publicKey"]),
        sign_count=written["signCount"],
        discoverable=written["discoverable"],
        backup_eligible=written["backupEligible"],
        backed_up=written["backedUp"],
        transports=tuple(written["transports"]),
        aaguid=written["aaguid"],
        certifications=written["certifications"],
    )


def mint_challenge() -> bytes:
    """Return a new challenge. Whoever hands it out sees to it that it is answered once, and soon."""
    return secrets.token_bytes(_CHALLENGE_BYTES)


def user_handle(account: AccountId, owner_id: str) -> bytes:
    """Return what an authenticator keeps to tell whose passkey it is; `owner_id` is the account's for the root user."""
    return f"{account}/{owner_id}".encode()


def parse_user_handle(handle: bytes) -> tuple[AccountId, str]:
    """Return the account and owner that `user_handle` was given.

    Raises:
        WrongPasskey: it is no such handle.
    """
    written = _USER_HANDLE.fullmatch(handle)
    if written is None:
        raise WrongPasskey("its user handle is none of ours")
    return AccountId(written[1].decode()), written[2].decode()


def require_next_count(passkey: Passkey, sign_count: int) -> None:
    """Check that a passkey's counter goes up; one that stays at 0 does not count.

    Raises:
        ClonedPasskey: it does not.
    """
    if (sign_count or passkey.sign_count) and sign_count <= passkey.sign_count:
        raise ClonedPasskey


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text)
