"""The canonical request: one spelling for all requests that mean the same.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from collections.abc import Sequence
from enum import Enum
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

from ostiary.credentials.errors import SignatureDoesNotMatch
from ostiary.credentials.sigv4.query import parse_query
from ostiary.values.call import HttpRequest


class CanonicalStyle(Enum):
    """How a service has the path spelled, and how long its presigned requests are good for."""

    STANDARD = "standard"
    """The path is normalized, then encoded a second time. Presigned requests are as short-lived as any other."""
    S3 = "s3"
    """The path is an object's key: encoded once and otherwise as it is. X-Amz-Expires is kept."""


STANDARD = CanonicalStyle.STANDARD


def canonical_request(
    request: HttpRequest, signed_headers: Sequence[str], payload_hash: str, *, presigned: bool, style: CanonicalStyle
) -> bytes:
    """Return the canonical form of a request.

    Args:
        request: the request as received.
        signed_headers: the names of the headers that count, in order.
        payload_hash: what stands for the body.
        presigned: the signature stands in the query, where it is left out.
        style: how the service has the path spelled.

    Raises:
        SignatureDoesNotMatch: a header that was signed is not there, or the path is none.
        MalformedQueryString: the query cannot be read.
    """
    return b"\n".join(
        (
            request.method.encode("latin-1"),
            canonical_path(request.path, style).encode(),
            canonical_query(request.query, presigned=presigned).encode(),
            _canonical_headers(request, signed_headers),
            ";".join(signed_headers).encode("latin-1"),
            payload_hash.encode("latin-1"),
        )
    )


def canonical_path(path: str, style: CanonicalStyle) -> str:
    """Return a path, still percent-encoded as it was sent, in its canonical spelling.

    Raises:
        SignatureDoesNotMatch: it does not begin at the root; normalizing would make it look as if it did.
    """
    if path in {"", "/"}:
        return "/"
    if not path.startswith("/"):
        raise SignatureDoesNotMatch
    raw = path.encode("latin-1")
    if style is CanonicalStyle.S3:
        return "/".join(quote_from_bytes(unquote_to_bytes(segment), safe="") for segment in raw.split(b"/"))
    return quote_from_bytes(_normalize(raw), safe="/")


def _normalize(path: bytes) -> bytes:
    """Remove dot segments (RFC 3986, section 5.2.4) and empty ones."""
    kept: list[bytes] = []
    for segment in path.split(b"/"):
        if segment == b"..":
            del kept[-1:]
        elif segment not in {b"", b"."}:
            kept.append(segment)
    return b"/" + b"/".join(kept) + (b"/" if kept and path.endswith(b"/") else b"")


def canonical_query(query: str, *, presigned: bool) -> str:
    """Return a query string with its parameters encoded anew and in order, without a presigned request's signature."""
    if not query:
        return ""
    encoded = sorted(
        (quote(name, safe=""), quote(value, safe=""))
        for name, value in parse_query(query)
        if not (presigned and name == b"X-Amz-Signature")
    )
    return "&".join(f"{name}={value}" for name, value in encoded)


def _canonical_headers(request: HttpRequest, signed_headers: Sequence[str]) -> bytes:
    """Return one line for each signed header, and an empty line.

    Raises:
        SignatureDoesNotMatch: a signed header is missing.
    """
    found: dict[str, list[bytes]] = {name: [] for name in signed_headers}
    for name, value in request.headers:
        values = found.get(name)
        if values is not None:
            # Bytes are split at ASCII blanks only; as text, parts of UTF-8 letters would count as blanks too.
            values.append(b" ".join(value.encode("latin-1").split()))
    if not all(found.values()):
        raise SignatureDoesNotMatch
    return b"".join(b"%b:%b\n" % (name.encode("latin-1"), b",".join(values)) for name, values in found.items())
