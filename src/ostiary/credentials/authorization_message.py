"""Authorization messages: why a call was refused, sealed so that only who may decode them can read it.

A message is URL-safe base64 text of sealed bytes, which are compressed text. The account is the seal's context, so that
no other account can decode it.
Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
"""

import base64
import binascii
import zlib

from ostiary.credentials.errors import InvalidAuthorizationMessage, SealBroken
from ostiary.credentials.sealing import Sealer
from ostiary.values.identifiers import AccountId

MAX_MESSAGE_CHARACTERS = 8_192
"""A message travels in a response header, which clients and proxies do not take at any length."""

_PURPOSE = "authorization-message"
_MOST_TEXT_BYTES = 1_048_576


class AuthorizationMessageCodec:
    """Mints and opens authorization messages. Thread-safe.

    Args:
        sealer: holds the master keys; messages are sealed under a key of their own that is derived from them.
    """

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer.for_purpose(_PURPOSE)

    def mint(self, text: str, account: AccountId) -> str | None:
        """Return the message that stands for `text`, or None when the text is too long for one."""
        plain = text.encode()
        if len(plain) > _MOST_TEXT_BYTES:
            return None
        sealed = self._sealer.seal(zlib.compress(plain), context=account)
        message = base64.urlsafe_b64encode(sealed).decode()
        return message if len(message) <= MAX_MESSAGE_CHARACTERS else None

    def open(self, message: str, account: AccountId) -> str:
        """Return the text that a message stands for.

        Args:
            message: as the caller presents it.
            account: the caller's.

        Raises:
            InvalidAuthorizationMessage: it was not minted here for this account, or was changed.
        """
        try:
            compressed = self._sealer.open(_decode(message), context=account)
        except SealBroken:
            raise InvalidAuthorizationMessage from None
        # The seal proves that the text was minted above, within the bound; a bound is best held where it counts.
        reader = zlib.decompressobj()
        plain = reader.decompress(compressed, _MOST_TEXT_BYTES)
        if not reader.eof:
            raise InvalidAuthorizationMessage
        return plain.decode()


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
