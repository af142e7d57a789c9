"""Requests as botocore signs them, and as the server then sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ostiary.credentials import STANDARD, CanonicalStyle, PresentedSignature, parse_signature, verify_signature
from ostiary.values.call import HttpRequest
from ostiary.values.secret import SecretKey

KEY_ID = "AKIAQAAAAAAAAAAAAAAA"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
HOST = "iam.example.com"

_SERVICES: dict[type, str] = {SigV4QueryAuth: "sts", S3SigV4Auth: "s3", S3SigV4QueryAuth: "s3"}


@dataclass(frozen=True)
class Unsigned:
    method: str = "GET"
    path: str = "/"
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    params: dict[str, str] | None = None
    host: str = HOST
    token: str | None = None


def sign(unsigned: Unsigned, signer: type = SigV4Auth, **options: Any) -> HttpRequest:
    """Sign with botocore and return what arrives: header values as UTF-8 on the wire, read as latin-1."""
    request = AWSRequest(
        unsigned.method, f"http://{unsigned.host}{unsigned.path}", data=unsigned.body, params=unsigned.params or {}
    )
    for name, value in unsigned.headers:
        request.headers.add_header(name, value)
    signer(Credentials(KEY_ID, SECRET, unsigned.token), _SERVICES.get(signer, "iam"), "eu-north-1", **options).add_auth(
        request
    )
    prepared = request.prepare()
    url = urlsplit(prepared.url)
    # Not the prepared request's headers: preparing keeps but one of those that share a name.
    headers = [(name.lower(), value) for name, value in request.headers.items()]
    return HttpRequest(
        method=prepared.method,
        path=url.path or "/",
        query=url.query,
        headers=tuple((name, value.encode().decode("latin-1")) for name, value in [("host", url.netloc), *headers]),
        body=unsigned.body,
        client_address="192.0.2.1",
    )


def present(request: HttpRequest) -> PresentedSignature:
    presented = parse_signature(request)
    assert presented is not None
    return presented


def verify(
    request: HttpRequest,
    *,
    service: str = "iam",
    secret: str = SECRET,
    style: CanonicalStyle = STANDARD,
    allow_unsigned_payload: bool = False,
    late: Any = None,
) -> None:
    """Verify at the moment of signing, or so much `late`."""
    presented = present(request)
    now = presented.timestamp + late if late else presented.timestamp
    verify_signature(
        presented,
        request,
        secret=SecretKey(secret),
        expected_service=service,
        now=now,
        style=style,
        allow_unsigned_payload=allow_unsigned_payload,
    )


def without_header(request: HttpRequest, name: str) -> HttpRequest:
    return replace(request, headers=tuple(header for header in request.headers if header[0] != name))


def with_header(request: HttpRequest, name: str, value: str) -> HttpRequest:
    """Put `value` in place of the header called `name`, or at the end."""
    return replace(request, headers=(*without_header(request, name).headers, (name, value)))


def edit_authorization(request: HttpRequest, old: str, new: str) -> HttpRequest:
    authorization = request.header("authorization")
    assert authorization is not None
    assert old in authorization
    return with_header(request, "authorization", authorization.replace(old, new, 1))
