"""Reading a signature: what is taken, what is refused, and in which words."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4QueryAuth

from ostiary.credentials import (
    CredentialError,
    IncompleteSignature,
    MalformedQueryString,
    MissingAuthenticationToken,
    SignatureDoesNotMatch,
    parse_signature,
)
from ostiary.values.call import HttpRequest
from tests.credentials.sigv4.signing import KEY_ID, Unsigned, edit_authorization, present, sign, with_header

_CREDENTIAL = f"{KEY_ID}/20261124/us-east-1/iam/aws4_request"
_SIGNATURE = "0" * 64


def _request(query: str = "", **headers: str) -> HttpRequest:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return HttpRequest("GET", "/", query, (("host", "iam.example.com"), *pairs), b"", "192.0.2.1")


def _authorized(authorization: str) -> HttpRequest:
    return _request(authorization=authorization, x_amz_date="20261124T030000Z")


def _digest(authorization: str) -> str:
    return base64.b64encode(hashlib.sha256(authorization.encode()).digest()).decode()


def test_a_request_without_a_signature_has_none() -> None:
    assert parse_signature(_request("Action=ListUsers&Signature=x", x_amz_date="20261124T030000Z")) is None


def test_the_header_form_is_read() -> None:
    request = _request(
        authorization=f"AWS4-HMAC-SHA256 Credential={_CREDENTIAL}, SignedHeaders=host;x-amz-date, "
        f"Signature={_SIGNATURE}",
        x_amz_date="20261124T030000Z",
        x_amz_security_token="token",
    )
    presented = present(request)
    assert presented.access_key_id == KEY_ID
    assert presented.scope == "20261124/us-east-1/iam/aws4_request"
    assert (presented.date, presented.region, presented.service) == ("20261124", "us-east-1", "iam")
    assert presented.signed_headers == ("host", "x-amz-date")
    assert presented.signature == _SIGNATURE
    assert presented.timestamp == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert presented.session_token == "token"
    assert presented.expires is None
    assert not presented.presigned


def test_blanks_after_commas_may_be_left_out() -> None:
    spaced = f"AWS4-HMAC-SHA256 Credential={_CREDENTIAL}, SignedHeaders=host, Signature={_SIGNATURE}"
    assert present(_authorized(spaced)) == present(_authorized(spaced.replace(", ", ",")))


def test_a_presented_signature_shows_no_token_and_no_signature() -> None:
    shown = repr(present(sign(Unsigned(token="the-session-token"))))
    assert "the-session-token" not in shown
    assert "signature=" not in shown


_FULL = f"AWS4-HMAC-SHA256 Credential={_CREDENTIAL}, SignedHeaders=host, Signature={_SIGNATURE}"


def _missing(authorization: str, *names: str) -> str:
    required = " ".join(f"Authorization header requires '{name}' parameter." for name in names)
    return f"{required} (Hashed with SHA-256 and encoded with Base64) Authorization={_digest(authorization)}"


def _no_equals_sign(authorization: str) -> str:
    return (
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        f"(hashed with SHA-256 and encoded with Base64): '{_digest(authorization)}'."
    )


def _not_five(credential: str) -> str:
    return (
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
        f"got '{credential}'"
    )


@pytest.mark.parametrize(
    ("authorization", "sentence"),
    [
        (
            "AWS4-HMAC-SHA256 Foo=bar",
            _missing("AWS4-HMAC-SHA256 Foo=bar", "Credential", "Signature", "SignedHeaders"),
        ),
        (
            "AWS4-HMAC-SHA256 Credential=1, SignedHeaders=, Signature=1",
            _missing("AWS4-HMAC-SHA256 Credential=1, SignedHeaders=, Signature=1", "SignedHeaders"),
        ),
        ("Basic YTpi=", _missing("Basic YTpi=", "Credential", "Signature", "SignedHeaders")),
        ("Bearer abc", _no_equals_sign("Bearer abc")),
        ("AWS4-HMAC-SHA256", _no_equals_sign("AWS4-HMAC-SHA256")),
        ("AWS4-HMAC-SHA512 Credential=1", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'."),
        (_FULL.replace("AWS4-HMAC-SHA256", "aws4-hmac-sha256"), "Unsupported AWS 'algorithm': 'aws4-hmac-sha256'."),
        (_FULL.replace("/aws4_request", ""), _not_five(f"{KEY_ID}/20261124/us-east-1/iam")),
        (_FULL.replace("/us-east-1", "/us/east/1"), _not_five(f"{KEY_ID}/20261124/us/east/1/iam/aws4_request")),
        (_FULL.replace(KEY_ID, ""), "Credential must begin with an access key ID."),
        (_FULL.replace(KEY_ID, "A" * 129), "Credential must begin with an access key ID."),
        (_FULL + f", Signature={_SIGNATURE}", "Authorization header has more than one 'Signature' parameter."),
        *(
            (
                _FULL.replace("SignedHeaders=host", f"SignedHeaders={names}"),
                "SignedHeaders must name headers in lower case, in order and without repeats.",
            )
            for names in ("Host", "x-amz-date;host", "host;host", "host;", ";host", "ho st", "host;x\u00e9")
        ),
        (
            _FULL.replace("SignedHeaders=host", "SignedHeaders=" + ";".join(f"h{i:03}" for i in range(129))),
            "SignedHeaders names more than 128 headers.",
        ),
        ("AWS4-HMAC-SHA256 Credential=" + "A" * 8192, "Authorization header is too long."),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(authorization: str, sentence: str) -> None:
    with pytest.raises(IncompleteSignature) as refusal:
        parse_signature(_authorized(authorization))
    assert (refusal.value.code, refusal.value.status) == ("IncompleteSignature", 400)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("authorization", ["", "  "])
def test_an_empty_header_is_a_missing_token(authorization: str) -> None:
    with pytest.raises(MissingAuthenticationToken) as refusal:
        parse_signature(_authorized(authorization))
    assert (refusal.value.code, refusal.value.status) == ("MissingAuthenticationToken", 403)
    assert refusal.value.message == "Request is missing Authentication Token"


def test_a_date_is_required() -> None:
    with pytest.raises(IncompleteSignature) as refusal:
        parse_signature(_request(authorization=_FULL))
    assert refusal.value.message == (
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        f"(Hashed with SHA-256 and encoded with Base64) Authorization={_digest(_FULL)}"
    )


@pytest.mark.parametrize("region", ["", "us east", "us-east-1\n", "a" * 65, "\u00e9"])
def test_a_region_that_cannot_be_is_refused(region: str) -> None:
    with pytest.raises(SignatureDoesNotMatch) as refusal:
        parse_signature(_authorized(_FULL.replace("us-east-1", region)))
    assert refusal.value.message.startswith("Credential should be scoped to a valid region, not '")


@pytest.mark.parametrize("name", ["authorization", "host", "date", "x-amz-date", "x-amz-security-token"])
def test_a_repeated_header_is_refused(name: str) -> None:
    request = with_header(sign(Unsigned(token="token")), "date", "20261124T030000Z")
    twice = replace(request, headers=(*request.headers, (name, request.header(name) or "")))
    with pytest.raises(IncompleteSignature, match=f"more than one '{name}' header"):
        parse_signature(twice)


def _presigned(**changes: str | None) -> str:
    parameters = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": _CREDENTIAL.replace("/", "%2F"),
        "X-Amz-Date": "20261124T030000Z",
        "X-Amz-Expires": "60",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Signature": _SIGNATURE,
    } | {f"X-Amz-{name}": value for name, value in changes.items()}
    return "&".join(f"{name}={value}" for name, value in parameters.items() if value is not None)


def test_the_query_form_is_read() -> None:
    presented = present(_request(_presigned()))
    assert presented.presigned
    assert presented.access_key_id == KEY_ID
    assert presented.scope == "20261124/us-east-1/iam/aws4_request"
    assert presented.signed_headers == ("host",)
    assert presented.timestamp == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert presented.expires == 60
    assert presented.session_token is None


def test_an_escaped_parameter_name_is_the_same_name() -> None:
    assert present(_request(_presigned().replace("X-Amz", "X%2DAmz"))) == present(_request(_presigned()))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            (
                "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include "
                "'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string "
                "parameters must include 'X-Amz-Date'. Re-examine the query-string parameters."
            ),
        ),
        (
            _presigned(Algorithm=None),
            "AWS query-string parameters must include 'X-Amz-Algorithm'. Re-examine the query-string parameters.",
        ),
        (_presigned(Algorithm="AWS4-ECDSA-P256-SHA256"), "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'."),
        (
            _presigned(Date="2026-11-24T03:00:00Z"),
            (
                "Date must be in ISO-8601 'basic format'. Got '2026-11-24T03:00:00Z'. "
                "See http://en.wikipedia.org/wiki/ISO_8601"
            ),
        ),
        *(
            (_presigned(Expires=seconds), "X-Amz-Expires must be a number of seconds from 1 to 604800.")
            for seconds in ("0", "-1", "604801", "9999999", "", "1.5", "60s", "%D9%A3", "1_0")
        ),
        (_presigned() + "&X-Amz-Date=1", "The request has more than one 'X-Amz-Date' query-string parameter."),
        (
            _presigned() + "&X-Amz%2DFoo=1&X-Amz-Foo=1",
            "The request has more than one 'X-Amz-Foo' query-string parameter.",
        ),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(query: str, sentence: str) -> None:
    with pytest.raises(IncompleteSignature) as refusal:
        parse_signature(_request(query))
    assert refusal.value.message == sentence


@pytest.mark.parametrize("seconds", ["1", "604800"])
def test_the_ends_of_the_range_are_in_it(seconds: str) -> None:
    assert present(_request(_presigned(Expires=seconds))).expires == int(seconds)


def test_a_presigned_request_need_not_say_when_it_expires() -> None:
    assert present(_request(_presigned(Expires=None))).expires is None


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("a=%", "Illegal hex character in escape % pattern: %"),
        ("a=%2", "Illegal hex character in escape % pattern: %2"),
        ("%zz=1", "Illegal hex character in escape % pattern: %zz"),
        ("a" * 131_073, "The query string is too long."),
        ("&" * 2_000, "The query string is too long."),
    ],
)
def test_a_malformed_query_is_refused(query: str, sentence: str) -> None:
    with pytest.raises(MalformedQueryString) as refusal:
        parse_signature(_request(query))
    assert (refusal.value.code, refusal.value.status) == ("MalformedQueryString", 404)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("query", [_presigned(), "X-Amz-Signature=1", "X-Amz-Credential=1", "X-Amz-Algorithm=1"])
def test_signatures_in_both_places_are_refused(query: str) -> None:
    with pytest.raises(SignatureDoesNotMatch) as refusal:
        parse_signature(replace(sign(Unsigned()), query=query))
    assert refusal.value.message == (
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
    )


@pytest.mark.parametrize("name", ["x-amz-date", "x-amz-security-token"])
def test_a_presigned_request_has_its_date_and_token_in_the_query_only(name: str) -> None:
    request = sign(Unsigned(token="token"), SigV4QueryAuth)
    with pytest.raises(IncompleteSignature, match=f"The '{name}' of a presigned request"):
        parse_signature(with_header(request, name, "20261124T030000Z"))


def test_all_refusals_have_the_tree_s_attributes() -> None:
    with pytest.raises(CredentialError) as refusal:
        parse_signature(edit_authorization(sign(Unsigned()), "AWS4-HMAC-SHA256", "AWS"))
    assert str(refusal.value) == refusal.value.message
