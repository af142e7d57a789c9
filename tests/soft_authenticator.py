"""An authenticator in software: answers a browser's options as a security key would, and lies when told to."""

import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

_USER_PRESENT, _USER_VERIFIED, _BACKUP_ELIGIBLE, _BACKED_UP, _ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass(frozen=True)
class Credential:
    """A passkey, with its private half."""

    credential_id: bytes
    private_key: PrivateKey
    rp_id: str
    user_handle: bytes


@dataclass
class SoftAuthenticator:
    """Makes passkeys and signs with them, for pages of one origin.

    Each fact may be changed between two answers, to be an authenticator or a browser that does wrong.
    """

    origin: str = "http://localhost:4747"
    sign_count: int = 0
    counts: bool = True
    """The counter goes up by one for each signature; otherwise it stays where it is."""
    user_present: bool = True
    user_verified: bool = True
    backup_eligible: bool = False
    rp_id: str | None = None
    """What is signed in place of the relying party that the options name."""
    challenge: bytes | None = None
    """What is answered in place of the challenge that the options name."""
    cross_origin: bool = False
    credentials: list[Credential] = field(default_factory=list)

    def register(self, options: str, *, key: PrivateKey | None = None) -> str:
        """Make a passkey and return the browser's RegistrationResponseJSON."""
        asked = json.loads(options)
        made = Credential(
            secrets.token_bytes(32),
            key or ec.generate_private_key(ec.SECP256R1()),
            asked["rp"]["id"],
            _unwrap(asked["user"]["id"]),
        )
        excluded = {_unwrap(known["id"]) for known in asked.get("excludeCredentials", ())}
        if excluded.intersection(known.credential_id for known in self.credentials):
            raise ValueError("a passkey of that owner is kept here already")
        self.credentials.append(made)
        attested = struct.pack(">16sH", bytes(16), len(made.credential_id)) + made.credential_id
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._authenticator_data(made, _ATTESTED) + attested + cbor2.dumps(cose_key(made.private_key)),
        }
        response = {
            "clientDataJSON": _wrap(self._client_data("webauthn.create", asked["challenge"])),
            "attestationObject": _wrap(cbor2.dumps(attestation)),
            "transports": ["internal", "hybrid"],
        }
        return json.dumps(_answer(made, response) | {"clientExtensionResults": {"credProps": {"rk": True}}})

    def sign(self, options: str) -> str:
        """Sign with the passkey that is asked for, else the latest, and return AuthenticationResponseJSON."""
        asked = json.loads(options)
        allowed = {_unwrap(known["id"]) for known in asked.get("allowCredentials", ())}
        kept = [one for one in self.credentials if one.rp_id == asked["rpId"]]
        used = [one for one in kept if not allowed or one.credential_id in allowed][-1]
        if self.counts:
            self.sign_count += 1
        data = self._authenticator_data(used, 0)
        client_data = self._client_data("webauthn.get", asked["challenge"])
        response = {
            "clientDataJSON": _wrap(client_data),
            "authenticatorData": _wrap(data),
            "signature": _wrap(sign(used.private_key, data + sha256(client_data).digest())),
            "userHandle": _wrap(used.user_handle),
        }
        return json.dumps(_answer(used, response) | {"clientExtensionResults": {}})

    def _authenticator_data(self, credential: Credential, flags: int) -> bytes:
        flags |= _USER_PRESENT if self.user_present else 0
        flags |= _USER_VERIFIED if self.user_verified else 0
        flags |= _BACKUP_ELIGIBLE | _BACKED_UP if self.backup_eligible else 0
        rp_id_hash = sha256((self.rp_id or credential.rp_id).encode()).digest()
        return rp_id_hash + struct.pack(">BI", flags, self.sign_count)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        answered = challenge if self.challenge is None else _wrap(self.challenge)
        data = {"type": kind, "challenge": answered, "origin": self.origin, "crossOrigin": self.cross_origin}
        return json.dumps(data).encode()


def cose_key(key: PrivateKey) -> dict[int, Any]:
    """Return the public half of a key in COSE's form (RFC 9053)."""
    match key:
        case ec.EllipticCurvePrivateKey():
            point = key.public_key().public_numbers()
            size = (key.key_size + 7) // 8
            curve = {256: 1, 384: 2}[key.key_size]
            return {1: 2, 3: -7, -1: curve, -2: point.x.to_bytes(size, "big"), -3: point.y.to_bytes(size, "big")}
        case ed25519.Ed25519PrivateKey():
            return {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)}
        case _:
            numbers = key.public_key().public_numbers()
            return {1: 3, 3: -257, -1: numbers.n.to_bytes(key.key_size // 8, "big"), -2: numbers.e.to_bytes(3, "big")}


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Sign as COSE has it for the kind of key."""
    match key:
        case ec.EllipticCurvePrivateKey():
            return key.sign(data, ec.ECDSA(SHA256()))
        case ed25519.Ed25519PrivateKey():
            return key.sign(data)
        case _:
            return key.sign(data, PKCS1v15(), SHA256())


def _answer(credential: Credential, response: dict[str, Any]) -> dict[str, Any]:
    credential_id = _wrap(credential.credential_id)
    return {"id": credential_id, "rawId": credential_id, "type": "public-key", "response": response}


def _wrap(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _unwrap(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")
