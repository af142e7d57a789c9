"""Keys and certificates made for a test."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LONG_HENCE = datetime(2100, 1, 1, tzinfo=UTC)


def make_key() -> ec.EllipticCurvePrivateKey:
    """Return a new key, made in no time."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:  # noqa: ARG001 - a key for each number
    """Return an RSA key, the same for the same number, since making one takes a while."""
    return rsa.generate_private_key(65537, bits)


def make_certificate(
    key: PrivateKey,
    name: str = "server.example.com",
    *,
    signer: PrivateKey | None = None,
    signer_name: str | None = None,
    expires_at: datetime = LONG_HENCE,
) -> str:
    """Return a certificate in PEM, signed by itself unless a signer is given."""
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(signer_name or name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO - timedelta(days=1))
        .not_valid_after(expires_at)
    )
    signing = signer or key
    digest = None if isinstance(signing, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return certificate.sign(signing, digest).public_bytes(Encoding.PEM).decode().strip()


def private_pem(key: PrivateKey, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    """Return a private key in PEM."""
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


def public_pem(key: PrivateKey) -> str:
    """Return the public half of a key in PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode().strip()


def ssh_line(key: PrivateKey, comment: str = "") -> str:
    """Return the public half of a key as a line of `authorized_keys`."""
    line = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return f"{line} {comment}" if comment else line


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
