"""Tokens that an account vends about its own principals to other services, and the keys that sign them.

Sources: RFC 7515 and RFC 7519 (the token), RFC 7517 and RFC 7518 (the keys), RFC 7638 (their IDs)
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

_RSA_BITS = 2048
_P384_BYTES = 48


class TokenAlgorithm(Enum):
    """How a token is signed; the values are the JSON Web Algorithms' names."""

    RS256 = "RS256"
    ES384 = "ES384"


class TokenSigner:
    """The keys of one issuer, a key for each algorithm; they appear in no repr. Thread-safe."""

    __slots__ = ("_ec_key", "_rsa_key")

    def __init__(self, rsa_key: rsa.RSAPrivateKey, ec_key: ec.EllipticCurvePrivateKey) -> None:
        self._rsa_key = rsa_key
        self._ec_key = ec_key

    @classmethod
    def generate(cls) -> "TokenSigner":
        """Return a signer with new keys."""
        return cls(
            rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS),
            ec.generate_private_key(ec.SECP384R1()),
        )

    def mint(self, claims: Mapping[str, Any], algorithm: TokenAlgorithm) -> str:
        """Return a token with the claims, signed, in JWS's compact form."""
        header = {"alg": algorithm.value, "kid": _key_id(self._required_members(algorithm)), "typ": "JWT"}
        signed = f"{_encode(_json(header))}.{_encode(_json(claims))}"
        return f"{signed}.{_encode(self._sign(signed.encode(), algorithm))}"

    def public_keys(self) -> dict[str, Any]:
        """Return what verifies the tokens, as a JSON Web Key Set."""
        return {"keys": [self._public_key(algorithm) for algorithm in TokenAlgorithm]}

    def to_bytes(self) -> bytes:
        """Return the private keys, to be sealed, as `parse_token_signer` reads them."""
        keys: dict[TokenAlgorithm, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey] = {
            TokenAlgorithm.RS256: self._rsa_key,
            TokenAlgorithm.ES384: self._ec_key,
        }
        return _json(
            {
                algorithm.value: key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
                for algorithm, key in keys.items()
            }
        )

    def _sign(self, message: bytes, algorithm: TokenAlgorithm) -> bytes:
        if algorithm is TokenAlgorithm.RS256:
            return self._rsa_key.sign(message, padding.PKCS1v15(), SHA256())
        r, s = decode_dss_signature(self._ec_key.sign(message, ec.ECDSA(SHA384())))
        return r.to_bytes(_P384_BYTES) + s.to_bytes(_P384_BYTES)

    def _public_key(self, algorithm: TokenAlgorithm) -> dict[str, str]:
        members = self._required_members(algorithm)
        return {**members, "alg": algorithm.value, "use": "sig", "kid": _key_id(members)}

    def _required_members(self, algorithm: TokenAlgorithm) -> dict[str, str]:
        """Return the members that make up the public key, which are those that its thumbprint is made of."""
        if algorithm is TokenAlgorithm.RS256:
            numbers = self._rsa_key.public_key().public_numbers()
            return {"kty": "RSA", "n": _encode_number(numbers.n), "e": _encode_number(numbers.e)}
        point = self._ec_key.public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-384",
            "x": _encode(point.x.to_bytes(_P384_BYTES)),
            "y": _encode(point.y.to_bytes(_P384_BYTES)),
        }


def parse_token_signer(text: bytes) -> TokenSigner:
    """Return the signer whose keys `to_bytes` wrote.

    Raises:
        ValueError: the keys are not of their kinds.
    """
    # The keys come out of a seal of our own: RSA's slow check of its numbers would tell nothing new on each call.
    written = {
        name: load_pem_private_key(pem.encode(), password=None, unsafe_skip_rsa_key_validation=True)
        for name, pem in json.loads(text).items()
    }
    rsa_key, ec_key = written[TokenAlgorithm.RS256.value], written[TokenAlgorithm.ES384.value]
    if not isinstance(rsa_key, rsa.RSAPrivateKey) or not isinstance(ec_key, ec.EllipticCurvePrivateKey):
        raise ValueError("not a token signer's keys")  # noqa: TRY004 - what was written is wrong, not a caller's type
    return TokenSigner(rsa_key, ec_key)


def _key_id(required_members: Mapping[str, str]) -> str:
    return _encode(hashlib.sha256(_json(required_members)).digest())


def _json(value: Mapping[str, Any]) -> bytes:
    # Sorted and without white space, as thumbprints want it.
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def _encode_number(number: int) -> str:
    return _encode(number.to_bytes((number.bit_length() + 7) // 8))


def _encode(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
