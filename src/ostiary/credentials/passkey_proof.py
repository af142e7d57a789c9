"""What the answers of an authenticator prove: that it made a passkey, or has one.

Source: https://www.w3.org/TR/webauthn-3/, sections 7.1 and 7.2
"""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ostiary.credentials.errors import WrongPasskey
from ostiary.credentials.passkey import Passkey, require_next_count

MAX_CREDENTIAL_CHARACTERS = 16_384
"""Bounds the work of reading what a browser sends; an honest one sends two thousand characters."""

_LONGEST_CREDENTIAL_ID = 1_023
_RSA_BITS = range(2_048, 4_097)

# An authenticator that is asked for no attestation gives none, or, in the form "packed", one by the new key itself, for
# which there are no certificates.
_ATTESTATION_FORMATS = ("none", "packed")


def verify_registration(credential: str, *, expected_challenge: bytes, rp_id: str, origin: str) -> Passkey:
    """Prove that an authenticator made a passkey for us, upon our asking, and return it.

    Args:
        credential: the JSON that the browser gave back (RegistrationResponseJSON).
        expected_challenge: the challenge that it was asked with.
        rp_id: the host name that it was asked with.
        origin: scheme, host and port of the page that asked.

    Raises:
        WrongPasskey: it proves no such thing.
    """
    from webauthn import verify_registration_response  # noqa: PLC0415 - few processes see a passkey, and all start
    from webauthn.helpers import parse_attestation_object, parse_registration_credential_json  # noqa: PLC0415 - likewise

    with _refusing():
        presented = parse_registration_credential_json(_bounded(credential))
        _require_our_page(presented.response.client_data_json, expected_challenge, origin)
        attestation = parse_attestation_object(presented.response.attestation_object)
        if attestation.fmt not in _ATTESTATION_FORMATS or attestation.att_stmt.x5c is not None:
            raise WrongPasskey("it attests though it was not asked to")
        verified = verify_registration_response(
            credential=presented,
            expected_challenge=expected_challenge,
            expected_rp_id=rp_id,
            expected_origin=origin,
            require_user_verification=True,
        )
        if len(verified.credential_id) > _LONGEST_CREDENTIAL_ID:
            raise WrongPasskey("its credential ID is too long")
        _require_usable_key(verified.credential_public_key)
        return Passkey(
            credential_id=verified.credential_id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            discoverable=_says_discoverable(credential),
            backup_eligible=verified.credential_device_type == "multi_device",
            backed_up=verified.credential_backed_up,
            transports=tuple(sorted({transport.value for transport in presented.response.transports or ()})),
            aaguid=verified.aaguid,
        )


def presented_credential_id(credential: str) -> bytes:
    """Return which credential the JSON that a browser gave back is of; nothing is proven yet.

    Raises:
        WrongPasskey: it cannot be read.
    """
    with _refusing():
        raw_id: bytes = _assertion(credential).raw_id
        return raw_id


def presented_user_handle(credential: str) -> bytes | None:
    """Return whose passkey the JSON that a browser gave back claims to be of, or None; nothing is proven yet.

    Raises:
        WrongPasskey: it cannot be read.
    """
    with _refusing():
        handle: bytes | None = _assertion(credential).response.user_handle
        return handle


def verify_authentication(
    credential: str, passkey: Passkey, *, expected_challenge: bytes, rp_id: str, origin: str
) -> int:
    """Prove that who has the passkey, and is its user, answered our challenge on our page.

    Args:
        credential: the JSON that the browser gave back (AuthenticationResponseJSON).
        passkey: as it is kept.
        expected_challenge: the challenge that it was asked with.
        rp_id: the host name that it was asked with.
        origin: scheme, host and port of the page that asked.

    Returns:
        How often the passkey signed by now, to be kept.

    Raises:
        WrongPasskey: it proves no such thing.
        ClonedPasskey: it does, but its counter did not go up, so that somebody has a copy of it.
    """
    from webauthn import verify_authentication_response  # noqa: PLC0415 - see verify_registration

    with _refusing():
        presented = _assertion(credential)
        if presented.raw_id != passkey.credential_id:
            raise WrongPasskey("it is another credential")
        _require_our_page(presented.response.client_data_json, expected_challenge, origin)
        # The counter is looked at last: only who has the key may make anybody think that it was copied.
        verified = verify_authentication_response(
            credential=presented,
            expected_challenge=expected_challenge,
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
        if (verified.credential_device_type == "multi_device") is not passkey.backup_eligible:
            raise WrongPasskey("whether it can be copied has changed")
        require_next_count(passkey, verified.new_sign_count)
        return verified.new_sign_count


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except WrongPasskey:
        raise
    except Exception as error:
        # The library's parsers raise whatever a crafted input leads them to.
        raise WrongPasskey(f"{type(error).__name__}: {str(error)[:200]!a}") from error


def _assertion(credential: str) -> Any:
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415 - see verify_registration

    return parse_authentication_credential_json(_bounded(credential))


def _bounded(credential: str) -> str:
    if len(credential) > MAX_CREDENTIAL_CHARACTERS:
        raise WrongPasskey("it is too long to be read")
    return credential


def _require_our_page(client_data_json: bytes, expected_challenge: bytes, origin: str) -> None:
    from webauthn.helpers import parse_client_data_json  # noqa: PLC0415 - see verify_registration

    client_data = parse_client_data_json(client_data_json)
    if not hmac.compare_digest(client_data.challenge, expected_challenge):
        raise WrongPasskey("it answers another challenge")
    if client_data.origin != origin:
        raise WrongPasskey("it was asked for by another page")
    if client_data.cross_origin:
        raise WrongPasskey("it was asked for by a page within another page")


def _require_usable_key(public_key: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415 - see verify_registration
    from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography  # noqa: PLC0415 - too
    from webauthn.helpers.cose import COSEAlgorithmIdentifier  # noqa: PLC0415 - likewise

    decoded = decode_credential_public_key(public_key)
    match decoded.alg, decoded_public_key_to_cryptography(decoded):
        case COSEAlgorithmIdentifier.ECDSA_SHA_256, ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            return
        case COSEAlgorithmIdentifier.EDDSA, ed25519.Ed25519PublicKey():
            return
        case COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256, rsa.RSAPublicKey(key_size=bits) if bits in _RSA_BITS:
            return
    raise WrongPasskey("its key is of a kind that is not taken")


def _says_discoverable(credential: str) -> bool:
    match json.loads(credential):
        case {"clientExtensionResults": {"credProps": {"rk": True}}}:
            return True
    return False
