"""Sealing: what is written down or handed out so that nobody else can read or change it.

Sealed bytes are a header (version, ID of the master key), a random nonce, and AES-256-GCM's ciphertext with its tag;
header and context are authenticated with it.
Source: NIST SP 800-38D
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ostiary.credentials.errors import MasterKeyError, SealBroken
from ostiary.credentials.master_key import KEY_ID_BYTES, MasterKey

_VERSION = b"\x01"
_HEADER_BYTES = len(_VERSION) + KEY_ID_BYTES
_NONCE_BYTES = 12
_TAG_BYTES = 16

AT_REST = "at rest"


class Sealer:
    """Seals under one master key, and opens what was sealed under it or its predecessors. Thread-safe.

    Random nonces are safe for some four thousand million seals under one master key (NIST SP 800-38D, section 8.3).

    Args:
        master_key: what is sealed from now on is sealed under this key.
        former_keys: keys it took the place of; they only open.
        purpose: seals for one purpose cannot be opened for another, whatever their context.

    Raises:
        MasterKeyError: two of the keys have the same ID.
    """

    def __init__(self, master_key: MasterKey, *former_keys: MasterKey, purpose: str = AT_REST) -> None:
        self._master_keys = (master_key, *former_keys)
        self._ciphers = {_VERSION + key.key_id: AESGCM(key.derive(purpose)) for key in self._master_keys}
        if len(self._ciphers) != len(self._master_keys):
            raise MasterKeyError("two master keys have the same ID")
        self._header = _VERSION + master_key.key_id

    def for_purpose(self, purpose: str) -> "Sealer":
        """Return a sealer with the same master keys whose seals are for another purpose."""
        return Sealer(*self._master_keys, purpose=purpose)

    def seal(self, plaintext: bytes, *, context: str) -> bytes:
        """Return `plaintext` sealed; only with the same `context` can it be opened again.

        Args:
            plaintext: what is to be kept secret.
            context: says what it is and whose, so that one sealed value cannot be put in another's place.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        ciphertext = self._ciphers[self._header].encrypt(nonce, plaintext, self._header + context.encode())
        return self._header + nonce + ciphertext

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """Return what was sealed.

        Raises:
            SealBroken: it was sealed under other keys or in another context, or was changed.
        """
        header, nonce = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        cipher = self._ciphers.get(header)
        if cipher is None or len(sealed) < _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES:
            raise SealBroken
        try:
            return cipher.decrypt(nonce, sealed[_HEADER_BYTES + _NONCE_BYTES :], header + context.encode())
        except InvalidTag:
            raise SealBroken from None
