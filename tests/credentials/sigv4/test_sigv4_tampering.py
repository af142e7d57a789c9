"""Each single-byte change to a signed request is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.auth import SigV4QueryAuth

from ostiary.credentials import CredentialError
from ostiary.values.call import HttpRequest
from tests.credentials.sigv4.signing import KEY_ID, Unsigned, present, sign, verify, with_header

_SIGNED = sign(
    Unsigned(
        "POST",
        "/path/to%20it?Marker=a%2Fb&empty=&x=1",
        headers=[("Content-Type", "application/x-www-form-urlencoded"), ("X-Amz-Target", "A.B")],
        body=b"Action=CreateUser&UserName=alice",
        token="FQoGZXIvYXdzEXAMPLE",
    )
)
_PRESIGNED = sign(Unsigned(path="/?Action=GetCallerIdentity", token="FQoG/EXAMPLE="), SigV4QueryAuth, expires=60)

_NEXT = 0x01
_OTHER_CASE = 0x20


def _flips(text: str, mask: int) -> Iterator[tuple[int, str]]:
    for index, character in enumerate(text):
        yield index, text[:index] + chr(ord(character) ^ mask) + text[index + 1 :]


def _tampered(request: HttpRequest) -> Iterator[tuple[str, HttpRequest]]:
    for mask in (_NEXT, _OTHER_CASE):
        yield from ((f"method {i}", replace(request, method=text)) for i, text in _flips(request.method, mask))
        yield from ((f"path {i}", replace(request, path=text)) for i, text in _flips(request.path, mask))
        for i, text in _flips(request.body.decode("latin-1"), mask):
            yield f"body {i}", replace(request, body=text.encode("latin-1"))
        for name in present(request).signed_headers:
            for i, text in _flips(request.header(name) or "", mask):
                yield f"{name} {i}", with_header(request, name, text)
        # The access key ID is not signed: it says whose secret to verify with, and no other key has this one's.
        for i, text in _flips(request.header("authorization") or "", mask):
            if KEY_ID in text:
                yield f"authorization {i}", with_header(request, "authorization", text)
    # Not the other case here: `%2f` is the same as `%2F`.
    for i, text in _flips(request.query, _NEXT):
        if KEY_ID in text or KEY_ID not in request.query:  # see above
            yield f"query {i}", replace(request, query=text)


@pytest.mark.parametrize(
    ("request_", "service", "least"), [(_SIGNED, "iam", 700), (_PRESIGNED, "sts", 300)], ids=["header", "presigned"]
)
def test_each_single_byte_change_is_refused(request_: HttpRequest, service: str, least: int) -> None:
    verify(request_, service=service)
    tried, passed = 0, []
    for place, request in _tampered(request_):
        tried += 1
        try:
            verify(request, service=service)
        except CredentialError:
            continue
        passed.append(place)
    assert passed == []
    assert tried > least


@pytest.mark.parametrize("name", present(_SIGNED).signed_headers)
def test_a_signed_header_cannot_be_added_to(name: str) -> None:
    request = replace(_SIGNED, headers=(*_SIGNED.headers, (name, "more")))
    with pytest.raises(CredentialError):
        verify(request)


@pytest.mark.parametrize("name", present(_SIGNED).signed_headers)
def test_a_signed_header_cannot_be_left_out(name: str) -> None:
    request = replace(_SIGNED, headers=tuple(header for header in _SIGNED.headers if header[0] != name))
    with pytest.raises(CredentialError):
        verify(request)


def test_parameters_cannot_be_added_or_left_out() -> None:
    for query in (_SIGNED.query + "&y=2", _SIGNED.query.removesuffix("&x=1"), "", _SIGNED.query + "&"):
        with pytest.raises(CredentialError):
            verify(replace(_SIGNED, query=query))


def test_a_request_cannot_be_replayed_later() -> None:
    with pytest.raises(CredentialError):
        verify(_SIGNED, late=timedelta(minutes=15, seconds=1))
