"""Who may vouch for a provider's host when no public authority does: whoever was named, and whom that one lets."""

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ostiary.server.key_set_fetch import _is_named

Key = ec.EllipticCurvePrivateKey
NOW = datetime.now(UTC)


def certify(name: str, key: Key, by: tuple[str, Key] | None = None, *, authority: bool) -> x509.Certificate:
    return _certify(name, key, by, authority=authority).sign((by or (name, key))[1], hashes.SHA256())


def certify_host(host: str, key: Key) -> x509.Certificate:
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return _certify(host, key, authority=False).add_extension(names, critical=False).sign(key, hashes.SHA256())


def _certify(name: str, key: Key, by: tuple[str, Key] | None = None, *, authority: bool) -> x509.CertificateBuilder:
    issuer, _ = by or (name, key)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )


def thumbprint(certificate: x509.Certificate) -> str:
    return hashlib.sha1(certificate.public_bytes(Encoding.DER), usedforsecurity=False).hexdigest()


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


ROOT_KEY, HOST_KEY = new_key(), new_key()
ROOT = certify("root", ROOT_KEY, authority=True)
HOST = certify("host", HOST_KEY, ("root", ROOT_KEY), authority=False)


def test_the_host_itself_or_an_authority_above_it_can_be_named() -> None:
    assert _is_named([HOST], [thumbprint(HOST)])
    assert _is_named([HOST, ROOT], [thumbprint(ROOT)])
    assert not _is_named([HOST, ROOT], ["0" * 40])


def test_a_host_cannot_vouch_for_another() -> None:
    """Whoever has any certificate of the authority that was named could else sign one for every host."""
    forged = certify("elsewhere", new_key(), ("host", HOST_KEY), authority=False)
    assert not _is_named([forged, HOST, ROOT], [thumbprint(ROOT)])
    assert not _is_named([forged, HOST], [thumbprint(HOST)])


def test_a_name_alone_vouches_for_nothing() -> None:
    forged = certify("elsewhere", new_key(), ("root", new_key()), authority=False)
    assert not _is_named([forged, ROOT], [thumbprint(ROOT)])
