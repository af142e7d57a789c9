"""Authorization messages: a refused call, sealed so that only who may decode it can read it.

A message is URL-safe base64 text of sealed bytes, which are JSON. The account is the seal's context, so that no other
account can decode it.

INVARIANT: whoever is refused sees how long a message is, so that its length must tell nothing. What is sealed is what
the caller sent or is, nothing that was looked up, uncompressed, and the outcome is one digit. Held by
tests/e2e/test_decode_authorization_message.py.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
"""

import base64
import binascii
from functools import lru_cache

from ostiary.credentials.errors import InvalidAuthorizationMessage, SealBroken
from ostiary.credentials.refused_call import RefusedCall, pack_refused_call, unpack_refused_call
from ostiary.credentials.sealing import Sealer
from ostiary.values.identifiers import AccountId

MAX_MESSAGE_CHARACTERS = 3_072
"""A message travels in a response header, which clients and proxies do not take at any length."""

_PURPOSE = "refused call"
_MOST_SEALERS = 16


class AuthorizationMessageCodec:
    """Mints and opens authorization messages. Thread-safe. `message_codec` returns the one that goes with a sealer.

    Args:
        sealer: holds the master keys; messages are sealed under a key of their own that is derived from them.
    """

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer.for_purpose(_PURPOSE)

    def mint(self, refused: RefusedCall) -> str | None:
        """Return the message on a refused call, or None when it would be too long."""
        sealed = self._sealer.seal(pack_refused_call(refused), context=refused.caller.account)
        message = base64.urlsafe_b64encode(sealed).decode()
        return message if len(message) <= MAX_MESSAGE_CHARACTERS else None

    def open(self, message: str, account: AccountId) -> RefusedCall:
        """Return the call that a message is about.

        Args:
            message: as the caller presents it.
            account: the caller's.

        Raises:
            InvalidAuthorizationMessage: it was not minted here for this account, or was changed.
        """
        try:
            packed = self._sealer.open(_decode(message), context=account)
        except SealBroken:
            raise InvalidAuthorizationMessage from None
        return unpack_refused_call(packed)


@lru_cache(maxsize=_MOST_SEALERS)
def message_codec(sealer: Sealer) -> AuthorizationMessageCodec:
    """Return the codec under a sealer's master keys; it is kept, as deriving a key takes longer than a refusal."""
    return AuthorizationMessageCodec(sealer)


def _decode(message: str) -> bytes:
    """Return a message's bytes; one that is too long, or not spelled as we spell it, is none of ours."""
    if len(message) > MAX_MESSAGE_CHARACTERS:
        raise InvalidAuthorizationMessage
    try:
        sealed = base64.urlsafe_b64decode(message)
    except (binascii.Error, ValueError):
        raise InvalidAuthorizationMessage from None
    if base64.urlsafe_b64encode(sealed).decode() != message:
        raise InvalidAuthorizationMessage
    return sealed
