"""SSH public keys that somebody uploads: RSA, as `ssh-rsa` has it or in PEM.

Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html and RFC 4253, section 6.6
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
    load_ssh_public_key,
)

from ostiary.credentials.errors import InvalidPublicKey, UnrecognizedPublicKeyEncoding

_SSH = "ssh-rsa "
_PEM = "-----BEGIN "
_FEWEST_BITS, _MOST_BITS = 2048, 16384


@dataclass(frozen=True, slots=True)
class SshPublicKey:
    """A public key in both of its forms; the one in which it came is kept as it came, comment included."""

    ssh: str
    pem: str
    fingerprint: str
    """The MD5 digest of the key, in pairs of hexadecimal digits with colons between them."""


def parse_ssh_public_key(body: str) -> SshPublicKey:
    """Return an RSA key of 2,048 to 16,384 bits from its `ssh-rsa` or PEM form.

    Raises:
        UnrecognizedPublicKeyEncoding: it has neither form.
        InvalidPublicKey: it has, but is no such key.
    """
    body = body.strip()
    try:
        key = _load(body)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidPublicKey("The public key is malformed or otherwise invalid.") from error
    if not isinstance(key, RSAPublicKey) or not _FEWEST_BITS <= key.key_size <= _MOST_BITS:
        raise InvalidPublicKey(f"The public key must be an RSA key of {_FEWEST_BITS} to {_MOST_BITS} bits.")
    ssh = key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode().strip()
    digest = hashlib.md5(base64.b64decode(ssh.removeprefix(_SSH)), usedforsecurity=False).digest()
    if body.startswith(_SSH):
        return SshPublicKey(ssh=body, pem=pem, fingerprint=digest.hex(":"))
    return SshPublicKey(ssh=ssh, pem=body, fingerprint=digest.hex(":"))


def _load(body: str) -> object:
    if body.startswith(_SSH):
        return load_ssh_public_key(body.encode())
    if body.startswith(_PEM):
        return load_pem_public_key(body.encode())
    raise UnrecognizedPublicKeyEncoding
