"""Whether a presented signature is the one that the request must have."""

import hashlib
import hmac
from datetime import datetime, timedelta

from ostiary.credentials.errors import SignatureDoesNotMatch
from ostiary.credentials.sigv4.canonical import STANDARD, CanonicalStyle, canonical_request
from ostiary.credentials.sigv4.presented import ALGORITHM, PresentedSignature
from ostiary.credentials.sigv4.signing_key import TERMINATOR, derive_signing_key
from ostiary.credentials.sigv4.timestamps import format_timestamp
from ostiary.values.call import HttpRequest
from ostiary.values.secret import SecretKey

_SKEW = timedelta(minutes=15)
_UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"

# Bodies sent in chunks, each with a signature of its own or none; the request's own signature covers none of them.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
_UNCOVERED_PAYLOADS = frozenset(
    {
        _UNSIGNED_PAYLOAD,
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    }
)
_PAYLOAD_HEADER = "x-amz-content-sha256"


def verify_signature(
    presented: PresentedSignature,
    request: HttpRequest,
    *,
    secret: SecretKey,
    expected_service: str,
    now: datetime,
    style: CanonicalStyle = STANDARD,
    allow_unsigned_payload: bool = False,
) -> None:
    """Prove that whoever has the secret signed this very request, just now. Any region in the scope will do.

    Args:
        presented: the signature that was read from `request`.
        request: the request as received.
        secret: the secret access key of the presented access key ID.
        expected_service: the signing name of the service that is called.
        now: the present moment, in UTC.
        style: how the service has the path spelled.
        allow_unsigned_payload: the service takes bodies that the signature does not cover.

    Raises:
        SignatureDoesNotMatch: it is not proven; the message says what can be said without giving help in forging.
        MalformedQueryString: the query cannot be read.
    """
    _require_signed_headers(presented, request)
    _require_current(presented, now, style)
    timestamp = format_timestamp(presented.timestamp)
    _require_scope(presented, timestamp, expected_service)
    canonical = canonical_request(
        request,
        presented.signed_headers,
        _payload_hash(request, style, presigned=presented.presigned, allow_unsigned=allow_unsigned_payload),
        presigned=presented.presigned,
        style=style,
    )
    to_sign = f"{ALGORITHM}\n{timestamp}\n{presented.scope}\n{hashlib.sha256(canonical).hexdigest()}"
    key = derive_signing_key(secret.reveal(), presented.date, presented.region, presented.service)
    expected = hmac.digest(key, to_sign.encode(), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), presented.signature.encode()):
        raise SignatureDoesNotMatch


def _require_signed_headers(presented: PresentedSignature, request: HttpRequest) -> None:
    """Refuse a signature that leaves out a header which changes what the request means to AWS."""
    signed = presented.signed_headers
    if "host" not in signed:
        raise SignatureDoesNotMatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    if presented.dated_by_header and "x-amz-date" not in signed:
        raise SignatureDoesNotMatch("'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.")
    for name, _ in request.headers:
        if name.startswith("x-amz-") and name not in signed:
            raise SignatureDoesNotMatch(f"'{name[:64]}' must be a 'SignedHeader' in the AWS Authorization.")


def _require_current(presented: PresentedSignature, now: datetime, style: CanonicalStyle) -> None:
    """Refuse a signature from too long ago or from the future.

    AWS keeps X-Amz-Expires for S3 alone: with other services a presigned request is good for fifteen minutes, whatever
    it says. Tokens for Kubernetes say a minute and are used for fourteen.
    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    """
    kept_expiry = presented.expires if style is CanonicalStyle.S3 else None
    lifetime = _SKEW if kept_expiry is None else timedelta(seconds=kept_expiry)
    age = now - presented.timestamp
    if age > lifetime:
        limit = "15 min." if kept_expiry is None else f"{kept_expiry} sec."
        raise SignatureDoesNotMatch(
            f"Signature expired: {format_timestamp(presented.timestamp)} is now earlier than "
            f"{format_timestamp(now - lifetime)} ({format_timestamp(now)} - {limit})"
        )
    if -age > _SKEW:
        raise SignatureDoesNotMatch(
            f"Signature not yet current: {format_timestamp(presented.timestamp)} is still later than "
            f"{format_timestamp(now + _SKEW)} ({format_timestamp(now)} + 15 min.)"
        )


def _require_scope(presented: PresentedSignature, timestamp: str, expected_service: str) -> None:
    """Refuse a scope for another service, another day, or another kind of request; says all that is wrong with it."""
    faults: list[str] = []
    if presented.service != expected_service:
        faults.append(f"Credential should be scoped to correct service: '{expected_service}'.")
    if presented.terminator != TERMINATOR:
        faults.append(
            f"Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{presented.terminator[:64]}'."
        )
    if presented.date != timestamp[:8]:
        faults.append(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{presented.date[:64]}' != '{timestamp[:8]}', from '{timestamp}'."
        )
    if faults:
        raise SignatureDoesNotMatch(" ".join(faults))


def _payload_hash(request: HttpRequest, style: CanonicalStyle, *, presigned: bool, allow_unsigned: bool) -> str:
    """Return what stands for the body in the canonical request; it is computed, never taken from the caller's word."""
    claims = [value.strip() for name, value in request.headers if name == _PAYLOAD_HEADER]
    if allow_unsigned:
        if len(claims) == 1 and claims[0] in _UNCOVERED_PAYLOADS:
            return claims[0]
        if presigned and not claims and style is CanonicalStyle.S3:
            return _UNSIGNED_PAYLOAD
    computed = hashlib.sha256(request.body).hexdigest()
    if claims not in ([], [computed]):
        raise SignatureDoesNotMatch
    return computed
