"""The master key: the one secret that is kept outside the database, from which the keys in use are derived."""

import base64
import re
import secrets
from typing import final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ostiary.credentials.errors import MasterKeyError

KEY_BYTES = 32
KEY_ID_BYTES = 4

_TEXT = re.compile(r"ostiary-master-key-1:([0-9a-f]{8}):([A-Za-z0-9_-]{43}=)")


@final
class MasterKey:
    """A master key; its secret is in no repr, and leaves only by `text()` and by derivation."""

    __slots__ = ("_key", "key_id")

    def __init__(self, key: bytes) -> None:
        """Take 32 random bytes.

        Raises:
            MasterKeyError: there are not 32.
        """
        if len(key) != KEY_BYTES:
            raise MasterKeyError(f"a master key has {KEY_BYTES} bytes")
        self._key = key
        self.key_id = _expand(key, b"ostiary master key id", KEY_ID_BYTES)
        """Tells keys apart without telling anything of them; what was sealed says by this which key opens it."""

    @staticmethod
    def generate() -> "MasterKey":
        """Return a new random master key."""
        return MasterKey(secrets.token_bytes(KEY_BYTES))

    def text(self) -> str:
        """Return the key itself as one line of text, to be kept safe: its form's version, its ID, its secret."""
        return f"ostiary-master-key-1:{self.key_id.hex()}:{base64.urlsafe_b64encode(self._key).decode()}"

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key for one purpose (RFC 5869); keys of different purposes tell nothing of each other."""
        return _expand(self._key, b"ostiary purpose " + purpose.encode(), KEY_BYTES)

    def __repr__(self) -> str:
        return "MasterKey(…)"

    def __eq__(self, other: object) -> bool:
        raise TypeError("master keys are not compared with ==")

    __hash__ = None  # type: ignore[assignment] # a secret is no dictionary key


def parse_master_key(text: str) -> MasterKey:
    """Return the master key that `MasterKey.text` wrote.

    Raises:
        MasterKeyError: the text is not in that form, or its ID does not go with its secret (a slip in copying).
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise MasterKeyError("not a master key; its text begins with `ostiary-master-key-1:`")
    key = MasterKey(base64.urlsafe_b64decode(match[2]))
    if key.text() != text:
        raise MasterKeyError("the master key is damaged: its ID does not go with its secret")
    return key


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)
