"""What an authenticator app is shown."""

import io
from urllib.parse import parse_qs, unquote, urlsplit

import segno

from ostiary.credentials import enrolment_uri, qr_code_png

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_uri_says_whose_codes_they_are() -> None:
    assert enrolment_uri("alice", "111122223333", SEED) == (
        f"otpauth://totp/Ostiary:alice@111122223333?secret={SEED}&issuer=Ostiary"
    )


def test_names_are_escaped() -> None:
    uri = urlsplit(enrolment_uri("a+b=c,d.e@f-g", "acme", SEED))
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == "/Ostiary:a+b=c,d.e@f-g@acme"
    assert parse_qs(uri.query) == {"secret": [SEED], "issuer": ["Ostiary"]}


def test_the_picture_is_a_qr_code_of_the_text() -> None:
    text = enrolment_uri("alice", "acme", SEED)
    expected = io.BytesIO()
    segno.make(text, micro=False).save(expected, kind="png", scale=5)
    assert qr_code_png(text) == expected.getvalue()
