"""The signature that a request presents: read, bounded, and not yet believed."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ostiary.credentials.errors import IncompleteSignature, MissingAuthenticationToken, SignatureDoesNotMatch
from ostiary.credentials.sigv4.query import parse_query
from ostiary.credentials.sigv4.timestamps import parse_http_date, parse_timestamp
from ostiary.values.call import HttpRequest

ALGORITHM = "AWS4-HMAC-SHA256"

MAX_EXPIRES = 604_800
"""Seven days, in seconds: as long as a presigned URL may be good for."""

_MOST_HEADER_CHARACTERS = 8_192
_MOST_SIGNED_HEADERS = 128
_MOST_KEY_ID_CHARACTERS = 128
_SCOPE_PARTS = 5

_HEADER_PARAMETERS = ("Credential", "Signature", "SignedHeaders")
_QUERY_PARAMETERS = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date")
_QUERY_MARKS = frozenset(_QUERY_PARAMETERS) - {"X-Amz-Date"}
_SINGLE_HEADERS = frozenset({"authorization", "host", "date", "x-amz-date", "x-amz-security-token"})

# RFC 9110, section 5.1: a header's name is a token; in a signature it is in lower case.
_HEADER_NAMES = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+(?:;[!#$%&'*+.^_`|~0-9a-z-]+)*")
_SCOPE_WORD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class PresentedSignature:
    """What a request claims; nothing of it is proven before `verify_signature`."""

    access_key_id: str
    date: str
    """The day of the credential scope, as sent; `YYYYMMDD` when it is right."""
    region: str
    service: str
    terminator: str
    """The last part of the credential scope; `aws4_request` when it is right."""
    signed_headers: tuple[str, ...]
    """In lower case, in order and without repeats."""
    signature: str = field(repr=False)
    timestamp: datetime
    session_token: str | None = field(repr=False)
    presigned: bool
    """The signature stands in the query rather than in the Authorization header."""
    dated_by_header: bool
    """The timestamp comes from an X-Amz-Date header, which must then be signed."""
    expires: int | None = None
    """X-Amz-Expires of a presigned request, in seconds."""

    @property
    def scope(self) -> str:
        """The credential scope as it is signed: `date/region/service/terminator`."""
        return f"{self.date}/{self.region}/{self.service}/{self.terminator}"


def parse_signature(request: HttpRequest) -> PresentedSignature | None:
    """Return the signature that a request presents, or None when it carries none at all.

    It stands in the Authorization header or, presigned, in the query. Whatever could be read in two ways is refused:
    both at once, a repeated header or query parameter that signing relies on.

    Raises:
        CredentialError: the signature cannot be read.
    """
    headers = _read_headers(request)
    parameters = _read_parameters(request.query)
    presigned = not _QUERY_MARKS.isdisjoint(parameters)
    authorization = headers.get("authorization")
    if authorization is None:
        return _parse_presigned(parameters, headers) if presigned else None
    if presigned:
        raise SignatureDoesNotMatch(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
        )
    return _parse_authorization(authorization.strip(), headers)


def _read_headers(request: HttpRequest) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.headers:
        if name in _SINGLE_HEADERS:
            if name in found:
                raise IncompleteSignature(f"The request has more than one '{name}' header.")
            found[name] = value
    return found


def _read_parameters(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, value in parse_query(query):
        if raw_name.startswith(b"X-Amz-"):
            name = raw_name.decode("latin-1")
            if name in found:
                raise IncompleteSignature(f"The request has more than one '{name}' query-string parameter.")
            found[name] = value.decode("latin-1")
    return found


def _parse_authorization(authorization: str, headers: Mapping[str, str]) -> PresentedSignature:
    if not authorization:
        raise MissingAuthenticationToken
    if len(authorization) > _MOST_HEADER_CHARACTERS:
        raise IncompleteSignature("Authorization header is too long.")
    algorithm, _, rest = authorization.partition(" ")
    if algorithm.startswith("AWS") and algorithm != ALGORITHM:
        raise _unsupported(algorithm)
    parameters = _parse_pairs(rest, authorization)
    dated_by_header = "x-amz-date" in headers
    faults = [
        f"Authorization header requires '{name}' parameter." for name in _HEADER_PARAMETERS if not parameters.get(name)
    ]
    if not (dated_by_header or "date" in headers):
        faults.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    if faults:
        raise IncompleteSignature(
            f"{' '.join(faults)} (Hashed with SHA-256 and encoded with Base64) Authorization={_digest(authorization)}"
        )
    if algorithm != ALGORITHM:
        raise _unsupported(algorithm)
    timestamp = parse_timestamp(headers["x-amz-date"]) if dated_by_header else parse_http_date(headers["date"])
    return _build(
        parameters["Credential"],
        parameters["SignedHeaders"],
        parameters["Signature"],
        timestamp,
        headers.get("x-amz-security-token"),
        dated_by_header=dated_by_header,
    )


def _parse_pairs(text: str, authorization: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for part in text.split(","):
        name, equals, value = part.strip().partition("=")
        if not equals:
            raise IncompleteSignature(
                "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded "
                f"with Base64): '{_digest(authorization)}'."
            )
        if name in parameters:
            raise IncompleteSignature(f"Authorization header has more than one '{name[:64]}' parameter.")
        parameters[name] = value
    return parameters


def _parse_presigned(parameters: Mapping[str, str], headers: Mapping[str, str]) -> PresentedSignature:
    missing = [
        f"AWS query-string parameters must include '{name}'." for name in _QUERY_PARAMETERS if not parameters.get(name)
    ]
    if missing:
        raise IncompleteSignature(f"{' '.join(missing)} Re-examine the query-string parameters.")
    if parameters["X-Amz-Algorithm"] != ALGORITHM:
        raise _unsupported(parameters["X-Amz-Algorithm"])
    for name in ("x-amz-date", "x-amz-security-token"):
        if name in headers:
            raise IncompleteSignature(f"The '{name}' of a presigned request stands in its query, not in a header.")
    return _build(
        parameters["X-Amz-Credential"],
        parameters["X-Amz-SignedHeaders"],
        parameters["X-Amz-Signature"],
        parse_timestamp(parameters["X-Amz-Date"]),
        parameters.get("X-Amz-Security-Token"),
        presigned=True,
        expires=_parse_expires(parameters.get("X-Amz-Expires")),
    )


def _parse_expires(text: str | None) -> int | None:
    """Return X-Amz-Expires in seconds.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    """
    if text is None:
        return None
    if not _SECONDS.fullmatch(text) or not 1 <= int(text) <= MAX_EXPIRES:
        raise IncompleteSignature(f"X-Amz-Expires must be a number of seconds from 1 to {MAX_EXPIRES}.")
    return int(text)


def _build(
    credential: str,
    signed_headers: str,
    signature: str,
    timestamp: datetime,
    session_token: str | None,
    *,
    presigned: bool = False,
    dated_by_header: bool = False,
    expires: int | None = None,
) -> PresentedSignature:
    parts = credential.split("/")
    if len(parts) != _SCOPE_PARTS:
        raise IncompleteSignature(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
            f"got '{credential[:256]}'"
        )
    access_key_id, date, region, service, terminator = parts
    if not 0 < len(access_key_id) <= _MOST_KEY_ID_CHARACTERS:
        raise IncompleteSignature("Credential must begin with an access key ID.")
    if not _SCOPE_WORD.fullmatch(region):
        # A region goes into policy decisions and the trail; there is no such region in AWS either.
        raise SignatureDoesNotMatch(f"Credential should be scoped to a valid region, not '{region[:64]}'.")
    return PresentedSignature(
        access_key_id=access_key_id,
        date=date,
        region=region,
        service=service,
        terminator=terminator,
        signed_headers=_parse_signed_headers(signed_headers),
        signature=signature,
        timestamp=timestamp,
        session_token=session_token,
        presigned=presigned,
        dated_by_header=dated_by_header,
        expires=expires,
    )


def _parse_signed_headers(text: str) -> tuple[str, ...]:
    names = text.split(";", _MOST_SIGNED_HEADERS)
    if len(names) > _MOST_SIGNED_HEADERS:
        raise IncompleteSignature(f"SignedHeaders names more than {_MOST_SIGNED_HEADERS} headers.")
    if not _HEADER_NAMES.fullmatch(text) or names != sorted(set(names)):
        raise IncompleteSignature("SignedHeaders must name headers in lower case, in order and without repeats.")
    return tuple(names)


def _unsupported(algorithm: str) -> IncompleteSignature:
    return IncompleteSignature(f"Unsupported AWS 'algorithm': '{algorithm[:64]}'.")


def _digest(authorization: str) -> str:
    """Return what AWS shows in place of the header, so that no message repeats a credential."""
    return base64.b64encode(hashlib.sha256(authorization.encode("latin-1")).digest()).decode()
