"""X.509 certificates that somebody uploads, held to what IAM takes.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html and
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html
"""

import re
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ostiary.credentials.errors import InvalidCertificate, KeyPairMismatch, MalformedCertificate

_CERTIFICATES = re.compile(
    r"\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+", re.ASCII
)
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----")
_FEWEST_SIGNING_BITS = 1024
# A call may bring two megabytes of certificates, which take ten seconds to verify; true chains have two or three.
_LONGEST_CHAIN = 32

_NOT_PEM = "Unable to parse certificate. Please ensure the certificate is in PEM format."
_MALFORMED = "Certificate {} is malformed."
_EXPIRED = "Certificate is no longer valid. The 'Not After' date is in the past."
_NO_PRIVATE_KEY = "Invalid Private Key."
_BROKEN_CHAIN = (
    "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, "
    "followed by any intermediaries in order. The index within the chain of the invalid certificate is: {}"
)
_THE_BODY = -1


def verify_signing_certificate(body: str, *, now: datetime) -> str:
    """Check a certificate that requests are to be signed with; return its SHA-256 digest in hexadecimal.

    Raises:
        MalformedCertificate: the text is not one certificate in PEM, or the certificate is expired.
        InvalidCertificate: its key is no RSA key, or too short.
    """
    certificate = _parse_one(body, now, _MALFORMED.format(body))
    key = _public_key(certificate)
    if not isinstance(key, RSAPublicKey) or key.key_size < _FEWEST_SIGNING_BITS:
        raise InvalidCertificate(
            f"The certificate must have an RSA public key of at least {_FEWEST_SIGNING_BITS} bits."
        )
    return certificate.fingerprint(hashes.SHA256()).hex()


def verify_server_certificate(body: str, private_key: str, chain: str | None, *, now: datetime) -> datetime:
    """Check a server's certificate against its private key and the certificates that vouch for it.

    Args:
        body: the certificate, in PEM.
        private_key: its key, in PEM and not encrypted.
        chain: the certificate that signed `body`, the one that signed that, and so on.
        now: the moment at which the certificate must still be valid.

    Returns:
        When the certificate expires.

    Raises:
        MalformedCertificate: one of the texts cannot be read, the certificate is expired, or one in the chain did not
            sign the one before it.
        KeyPairMismatch: the private key is not the certificate's.
    """
    certificate = _parse_one(body, now, _NOT_PEM)
    if _derive_public_key(private_key) != _public_key(certificate):
        raise KeyPairMismatch
    if chain is not None:
        _verify_chain(certificate, chain)
    return certificate.not_valid_after_utc


def _parse_one(text: str, now: datetime, complaint: str) -> x509.Certificate:
    certificates = _parse(text)
    if len(certificates) != 1:
        raise MalformedCertificate(_NOT_PEM if certificates else complaint)
    if certificates[0].not_valid_after_utc <= now:
        raise MalformedCertificate(_EXPIRED)
    return certificates[0]


def _parse(text: str) -> list[x509.Certificate]:
    """Return the certificates in a text of nothing else; there are none when it cannot be read."""
    if not _CERTIFICATES.fullmatch(text):
        return []
    try:
        return x509.load_pem_x509_certificates(text.encode())
    except (ValueError, x509.InvalidVersion):
        return []


def _public_key(certificate: x509.Certificate) -> RSAPublicKey | EllipticCurvePublicKey:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedCertificate(_NOT_PEM) from error
    if not isinstance(key, RSAPublicKey | EllipticCurvePublicKey):
        raise MalformedCertificate(_NOT_PEM)
    return key


def _derive_public_key(private_key: str) -> RSAPublicKey | EllipticCurvePublicKey:
    if not _PRIVATE_KEY.search(private_key):
        raise MalformedCertificate(_NO_PRIVATE_KEY)
    try:
        # Only its public half is compared. Testing whether the primes of a long key are prime would take seconds.
        key = load_pem_private_key(private_key.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise MalformedCertificate(_NO_PRIVATE_KEY) from error
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise MalformedCertificate(_NO_PRIVATE_KEY)
    return key.public_key()


def _verify_chain(certificate: x509.Certificate, chain: str) -> None:
    signers = _parse(chain)
    if not 0 < len(signers) <= _LONGEST_CHAIN:
        raise MalformedCertificate(_BROKEN_CHAIN.format(_THE_BODY))
    for index, (signed, signer) in enumerate(pairwise([certificate, *signers]), _THE_BODY):
        try:
            signed.verify_directly_issued_by(signer)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
            raise MalformedCertificate(_BROKEN_CHAIN.format(index)) from error
