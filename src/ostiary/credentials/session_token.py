"""Session tokens: temporary credentials that prove themselves, with no look-up.

A token is base64 text of sealed bytes: the secret access key, and the caller as compressed JSON. The access key ID is
the seal's context, so that a token is good with its own key only.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from ostiary.credentials.errors import ExpiredToken, InvalidClientTokenId, PackedPolicyTooLarge, SealBroken
from ostiary.credentials.sealing import Sealer
from ostiary.credentials.session_payload import pack_bearer, unpack_bearer
from ostiary.values.caller import Caller
from ostiary.values.identifiers import AccessKeyId
from ostiary.values.secret import SecretKey

MAX_TOKEN_CHARACTERS = 49_152
"""Bounds the work of refusing one; the fullest session that AWS allows fits, unless it is all in other alphabets."""

_PURPOSE = "session token"


@dataclass(frozen=True, slots=True)
class TemporaryCredentials:
    """An access key that is good for a session, and whom it stands for."""

    access_key_id: AccessKeyId
    secret: SecretKey
    caller: Caller
    """Has a session, and the same access key ID."""


class SessionTokenCodec:
    """Mints and verifies session tokens. Thread-safe.

    Args:
        sealer: holds the master keys; tokens are sealed under a key of their own that is derived from them.
    """

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer.for_purpose(_PURPOSE)

    def mint(self, session_credentials: TemporaryCredentials) -> str:
        """Return the token that goes with temporary credentials. Times are kept to the second.

        Raises:
            PackedPolicyTooLarge: the session's policies and tags make the token too long.
            ValueError: the credentials are not a session's, or their caller has another access key.
        """
        caller = session_credentials.caller
        if caller.session is None or caller.access_key_id != session_credentials.access_key_id:
            raise ValueError("temporary credentials have a session, and a caller with their own access key")
        payload = pack_bearer(session_credentials.secret, caller, caller.session)
        token = base64.b64encode(self._sealer.seal(payload, context=session_credentials.access_key_id)).decode()
        if len(token) > MAX_TOKEN_CHARACTERS:
            raise PackedPolicyTooLarge(-(-len(token) * 100 // MAX_TOKEN_CHARACTERS))
        return token

    def verify(self, token: str, *, presented_access_key_id: str, now: datetime) -> TemporaryCredentials:
        """Return the credentials that a token stands for.

        Args:
            token: as the caller presents it.
            presented_access_key_id: the access key that the call is signed with.
            now: the present moment, in UTC.

        Raises:
            InvalidClientTokenId: the token was not minted here, was changed, or goes with another access key.
            ExpiredToken: the session is over.
        """
        try:
            payload = self._sealer.open(_decode(token), context=presented_access_key_id)
        except SealBroken:
            raise InvalidClientTokenId from None
        access_key_id = AccessKeyId(presented_access_key_id)
        secret, caller, session = unpack_bearer(payload, access_key_id)
        if now >= session.expires_at:
            raise ExpiredToken
        return TemporaryCredentials(access_key_id, secret, caller)


def _decode(token: str) -> bytes:
    """Return a token's bytes; one that is too long, or not spelled as we spell it, is none of ours."""
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise InvalidClientTokenId
    try:
        sealed = base64.b64decode(token, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidClientTokenId from None
    if base64.b64encode(sealed).decode() != token:
        raise InvalidClientTokenId
    return sealed
