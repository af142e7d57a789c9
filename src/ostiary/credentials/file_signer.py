"""Signatures on files of the trail, as CloudTrail signs its digests: RSA with SHA-256, in hexadecimal.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
"""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from ostiary.credentials.errors import WrongFileSignature

_RSA_BITS = 2048


class FileSigner:
    """A key pair; the private key is in no repr. Thread-safe."""

    __slots__ = ("_key",)

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key = key

    @classmethod
    def generate(cls) -> "FileSigner":
        """Return a signer with a new key pair."""
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS))

    def to_bytes(self) -> bytes:
        """Return the private key, to be sealed, as `parse_file_signer` reads it."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def sign(self, message: str) -> str:
        """Return the signature of a text."""
        return self._key.sign(message.encode(), padding.PKCS1v15(), SHA256()).hex()

    def verify(self, message: str, presented: str) -> None:
        """Check a signature that is said to be this signer's.

        Raises:
            WrongFileSignature: it is not the text's, or not this signer's.
        """
        try:
            self._key.public_key().verify(bytes.fromhex(presented), message.encode(), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError) as error:
            raise WrongFileSignature from error

    @property
    def public_key(self) -> bytes:
        """The public key in PKCS #1's DER form, as CloudTrail's ListPublicKeys gives them out."""
        return self._key.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)

    @property
    def public_key_pem(self) -> str:
        """The public key as OpenSSL reads it."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def fingerprint(self) -> str:
        """What names the key in a digest: 32 hexadecimal digits, as CloudTrail's are."""
        return hashlib.md5(self.public_key, usedforsecurity=False).hexdigest()


def parse_file_signer(written: bytes) -> FileSigner:
    """Return the signer whose key `FileSigner.to_bytes` wrote.

    Raises:
        ValueError: it is no such key.
    """
    # It comes out of a seal of our own.
    key = load_der_private_key(written, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("not a file signer's key")  # noqa: TRY004 - what was written is wrong, not a caller's type
    return FileSigner(key)
