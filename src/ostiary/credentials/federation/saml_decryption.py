"""Assertions that are encrypted for us.

Sources: https://www.w3.org/TR/xmlenc-core1/ and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree

from ostiary.credentials.federation.errors import InvalidIdentityToken, MetadataError
from ostiary.credentials.federation.saml_document import ENCRYPTION, XmlError, parse_document, text_of

_FEWEST_BITS, _MOST_BITS = 2048, 4096
_NONCE_BYTES = 12
_GCM = frozenset({"http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2009/xmlenc11#aes256-gcm"})
_OAEP = MappingProxyType(
    {
        # SHA-1 is this scheme's own name for its mask; nothing about it rests on collisions.
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p": hashes.SHA1,
        "http://www.w3.org/2009/xmlenc11#rsa-oaep": hashes.SHA256,
    }
)
_BROKEN = "The encrypted assertion cannot be decrypted with a private key of the provider."


def require_decryption_key(pem: str) -> None:
    """Check a private key that assertions are to be encrypted for.

    Raises:
        MetadataError: it is no RSA key in PEM, or too short or too long.
    """
    if not _FEWEST_BITS <= _load(pem).key_size <= _MOST_BITS:
        raise MetadataError(f"The private key must have {_FEWEST_BITS} to {_MOST_BITS} bits.")
    try:
        load_pem_private_key(pem.encode(), password=None)
    except ValueError as error:
        raise MetadataError("The private key is not an RSA key.") from error


def decrypt_assertion(encrypted: etree._Element, private_keys: Sequence[str]) -> etree._Element:
    """Return the assertion in an `EncryptedAssertion`, its own signature not looked at.

    Only authenticated ciphers are taken: with the others, whoever may ask often enough learns what is encrypted.

    Raises:
        InvalidIdentityToken: none of the keys opens it, or it is encrypted in another way.
    """
    data = encrypted.find(f"{ENCRYPTION}EncryptedData")
    if data is None:
        raise InvalidIdentityToken(_BROKEN)
    sealed_key = next(iter(encrypted.iter(f"{ENCRYPTION}EncryptedKey")), None)
    if sealed_key is None or _method(data) not in _GCM or _method(sealed_key) not in _OAEP:
        raise InvalidIdentityToken("The assertion is not encrypted with AES-GCM and a key under RSA-OAEP.")
    wrapped = _cipher_value(sealed_key)
    secret = _first(private_keys, lambda pem: _unwrap(pem, wrapped, _method(sealed_key)))
    sealed = _cipher_value(data)
    try:
        plain = AESGCM(secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        return parse_document(plain)
    except (InvalidTag, ValueError, XmlError) as error:
        raise InvalidIdentityToken(_BROKEN) from error


def _first(private_keys: Sequence[str], unwrap: Callable[[str], bytes]) -> bytes:
    for pem in private_keys:
        try:
            return unwrap(pem)
        except ValueError:
            # The provider may still encrypt for the other key.
            continue
    raise InvalidIdentityToken(_BROKEN)


def _unwrap(pem: str, wrapped: bytes, method: str) -> bytes:
    digest = _OAEP[method]
    return _load(pem).decrypt(
        wrapped, padding.OAEP(mgf=padding.MGF1(algorithm=digest()), algorithm=digest(), label=None)
    )


def _load(pem: str) -> RSAPrivateKey:
    try:
        # Whether its primes are prime is looked at once, when it is given to us, and in keys that are not too long:
        # it takes a third of a second, and minutes for the longest. Assertions come from everybody.
        key = load_pem_private_key(pem.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError) as error:
        raise MetadataError("The private key is not in PEM format.") from error
    if not isinstance(key, RSAPrivateKey):
        raise MetadataError("The private key is not an RSA key.")
    return key


def _method(element: etree._Element) -> str:
    method = element.find(f"{ENCRYPTION}EncryptionMethod")
    return "" if method is None else method.get("Algorithm", "")


def _cipher_value(element: etree._Element) -> bytes:
    value = text_of(element.find(f"{ENCRYPTION}CipherData/{ENCRYPTION}CipherValue"))
    try:
        return base64.b64decode("".join((value or "").split()), validate=True)
    except binascii.Error as error:
        raise InvalidIdentityToken(_BROKEN) from error
