"""SSH public keys in both of their forms."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ostiary.credentials import InvalidPublicKey, UnrecognizedPublicKeyEncoding, parse_ssh_public_key
from tests.credentials.making import make_key, public_pem, rsa_key, ssh_line

LINE = ssh_line(rsa_key())


def test_either_form_gives_both() -> None:
    pem = public_pem(rsa_key())
    for body in (LINE, pem):
        parsed = parse_ssh_public_key(body)
        assert (parsed.ssh, parsed.pem) == (LINE, pem)


def test_the_form_that_was_uploaded_stays_as_it_was() -> None:
    assert parse_ssh_public_key(f"{LINE} jane@example.com\n").ssh == f"{LINE} jane@example.com"
    pkcs1 = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    assert parse_ssh_public_key(pkcs1).pem == pkcs1.strip()
    assert parse_ssh_public_key(pkcs1).ssh == LINE


def test_the_fingerprint_is_that_of_ssh_keygen() -> None:
    digest = hashlib.md5(base64.b64decode(LINE.split()[1]), usedforsecurity=False).hexdigest()
    expected = ":".join(digest[at : at + 2] for at in range(0, 32, 2))
    assert len(expected) == 47
    assert parse_ssh_public_key(f"{LINE} comment").fingerprint == expected


@pytest.mark.parametrize(
    "body",
    [
        "ssh-rsa AAAA",
        "ssh-rsa !",
        LINE[:-20],
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        public_pem(make_key()),
        ssh_line(rsa_key(1024)),
        ssh_line(make_key()).replace("ecdsa-sha2-nistp256", "ssh-rsa"),
    ],
)
def test_what_is_no_key_of_two_thousand_bits(body: str) -> None:
    with pytest.raises(InvalidPublicKey):
        parse_ssh_public_key(body)


@pytest.mark.parametrize("body", ["", "key", "ssh-dss AAAA", ssh_line(make_key()), LINE.partition(" ")[2]])
def test_other_forms_are_not_known(body: str) -> None:
    with pytest.raises(UnrecognizedPublicKeyEncoding):
        parse_ssh_public_key(body)
