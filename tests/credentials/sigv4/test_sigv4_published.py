"""The worked examples that AWS publishes.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html and the Signature
Version 4 test suite (`aws-sig-v4-test-suite`).
"""

from datetime import UTC, datetime

import pytest

from ostiary.credentials import verify_signature
from ostiary.credentials.sigv4.signing_key import derive_signing_key
from ostiary.values.call import HttpRequest
from ostiary.values.secret import SecretKey
from tests.credentials.sigv4.signing import present

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOW = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)

_Headers = tuple[tuple[str, str], ...]

SUITE: dict[str, tuple[str, str, _Headers, bytes, str]] = {
    "get-vanilla": (
        "GET", "/", (), b"",
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ),
    "get-vanilla-query-order-key-case": (
        "GET", "/?Param2=value2&Param1=value1", (), b"",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ),
    "get-vanilla-empty-query-key": (
        "GET", "/?Param1=value1", (), b"",
        "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
    ),
    "get-unreserved": (
        "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", (), b"",
        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
    ),
    "get-utf8": (
        "GET", "/\u1234".encode().decode("latin-1"), (), b"",
        "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
    ),
    "get-header-value-trim": (
        "GET", "/", (("my-header1", " value1"), ("my-header2", ' "a   b   c"')), b"",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
    ),
    "post-vanilla": (
        "POST", "/", (), b"",
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    ),
    "post-x-www-form-urlencoded": (
        "POST", "/", (("content-type", "application/x-www-form-urlencoded"),), b"Param1=value1",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SUITE.values(), ids=SUITE)
def test_the_suite_verifies(case: tuple[str, str, _Headers, bytes, str]) -> None:
    method, target, headers, body, signature = case
    path, _, query = target.partition("?")
    headers = (("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z"), *headers)
    authorization = (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={';'.join(sorted(name for name, _ in headers))}, Signature={signature}"
    )
    request = HttpRequest(method, path, query, (*headers, ("authorization", authorization)), body, "192.0.2.1")
    verify_signature(present(request), request, secret=SecretKey(SECRET), expected_service="service", now=NOW)


def test_the_guides_request_to_iam_verifies() -> None:
    headers = (
        ("host", "iam.amazonaws.com"),
        ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("x-amz-date", "20150830T123600Z"),
        (
            "authorization",
            (
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                "SignedHeaders=content-type;host;x-amz-date, "
                "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
            ),
        ),
    )
    request = HttpRequest("GET", "/", "Action=ListUsers&Version=2010-05-08", headers, b"", "192.0.2.1")
    verify_signature(present(request), request, secret=SecretKey(SECRET), expected_service="iam", now=NOW)


def test_the_guides_signing_key() -> None:
    key = derive_signing_key(SECRET, "20150830", "us-east-1", "iam")
    assert key.hex() == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
