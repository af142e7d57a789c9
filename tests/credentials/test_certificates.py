"""Uploaded certificates: what is taken, and what is wrong with the others."""

import contextlib
import ssl
import warnings
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.utils import CryptographyDeprecationWarning
from hypothesis import example, given
from hypothesis import strategies as st

from ostiary.credentials import (
    CredentialError,
    InvalidCertificate,
    KeyPairMismatch,
    MalformedCertificate,
    verify_server_certificate,
    verify_signing_certificate,
)
from tests.credentials.making import LONG_AGO, LONG_HENCE, make_certificate, make_key, private_pem, rsa_key

NOW = LONG_AGO + timedelta(days=2000)
NOT_PEM = "Unable to parse certificate. Please ensure the certificate is in PEM format."
KEY = make_key()
BODY = make_certificate(KEY)
CHAIN_BROKEN_AT = (
    "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, "
    "followed by any intermediaries in order. The index within the chain of the invalid certificate is: "
)


def test_a_server_certificate_is_good_till_it_expires() -> None:
    assert verify_server_certificate(BODY, private_pem(KEY), None, now=NOW) == LONG_HENCE
    with pytest.raises(MalformedCertificate, match="no longer valid"):
        verify_server_certificate(BODY, private_pem(KEY), None, now=LONG_HENCE)


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_rsa_and_elliptic_keys_in_either_form(form: PrivateFormat) -> None:
    for key in (KEY, rsa_key()):
        body = make_certificate(key)
        assert verify_server_certificate(f"\r\n {body}\n\n", private_pem(key, form), None, now=NOW) == LONG_HENCE


@pytest.mark.parametrize(
    "body",
    [
        "certificate",
        "",
        f"{BODY}\n{BODY}",
        f"Subject: CN=server\n{BODY}",
        f"{BODY}\nthe end",
        BODY.replace("CERTIFICATE", "X509 CERTIFICATE"),
        BODY[:100] + BODY[104:],
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----" * 600,
        make_certificate(ed25519.Ed25519PrivateKey.generate()),
    ],
)
def test_what_is_no_certificate(body: str) -> None:
    with pytest.raises(MalformedCertificate) as caught:
        verify_server_certificate(body, private_pem(KEY), None, now=NOW)
    assert caught.value.message == NOT_PEM


@pytest.mark.parametrize(
    "private_key",
    [
        "key",
        BODY,
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        private_pem(KEY, PrivateFormat.OpenSSH),
        private_pem(ed25519.Ed25519PrivateKey.generate()),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word")).decode(),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(b"word")).decode(),
    ],
)
def test_what_is_no_private_key(private_key: str) -> None:
    with pytest.raises(MalformedCertificate) as caught:
        verify_server_certificate(BODY, private_key, None, now=NOW)
    assert caught.value.message == "Invalid Private Key."


def test_another_private_key_does_not_match() -> None:
    for other in (make_key(), rsa_key()):
        with pytest.raises(KeyPairMismatch):
            verify_server_certificate(BODY, private_pem(other), None, now=NOW)


def test_a_chain_leads_from_each_certificate_to_who_signed_it() -> None:
    root, middle = make_key(), make_key()
    of_root = make_certificate(root, "root")
    of_middle = make_certificate(middle, "middle", signer=root, signer_name="root")
    body = make_certificate(KEY, signer=middle, signer_name="middle")
    for chain in (of_middle, f"{of_middle}\n{of_root}\n", "\n".join([of_middle] + [of_root] * 31)):
        assert verify_server_certificate(body, private_pem(KEY), chain, now=NOW) == LONG_HENCE
    impostor = make_certificate(make_key(), "root")
    for chain, index in [
        (of_root, -1),
        (f"{of_root}\n{of_middle}", -1),
        (f"{of_middle}\n{of_middle}", 0),
        (f"{of_middle}\n{impostor}", 0),
        (f"Subject: CN=middle\n{of_middle}", -1),
        ("", -1),
        ("\n".join([of_middle] + [of_root] * 32), -1),
    ]:
        with pytest.raises(MalformedCertificate) as caught:
            verify_server_certificate(body, private_pem(KEY), chain, now=NOW)
        assert caught.value.message == f"{CHAIN_BROKEN_AT}{index}"


def test_a_signing_certificate_is_known_by_its_digest() -> None:
    one, other = make_certificate(rsa_key()), make_certificate(rsa_key(), "other")
    digest = verify_signing_certificate(one, now=NOW)
    assert digest == verify_signing_certificate(f"\n{one}\r\n", now=NOW)
    assert len(digest) == 64
    assert digest != verify_signing_certificate(other, now=NOW)


@given(flips=st.dictionaries(st.integers(0, 10_000), st.integers(1, 255), min_size=1, max_size=3))
@example(flips={11: 0x0B})  # the version
def test_whatever_is_changed_the_answer_is_aws_own(flips: dict[int, int]) -> None:
    der = bytearray(ssl.PEM_cert_to_DER_cert(BODY))
    for at, bits in flips.items():
        der[at % len(der)] ^= bits
    changed = ssl.DER_cert_to_PEM_cert(bytes(der))
    for body, chain in ((changed, None), (BODY, changed)):
        with contextlib.suppress(CredentialError), warnings.catch_warnings():
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            verify_server_certificate(body, private_pem(KEY), chain, now=NOW)


def test_signing_takes_an_rsa_key_that_is_not_expired() -> None:
    with pytest.raises(InvalidCertificate):
        verify_signing_certificate(BODY, now=NOW)
    with pytest.raises(MalformedCertificate, match="no longer valid"):
        verify_signing_certificate(make_certificate(rsa_key(), expires_at=NOW), now=NOW)
