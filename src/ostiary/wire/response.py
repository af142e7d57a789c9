"""An answer, ready to be sent."""

from dataclasses import dataclass, field

REQUEST_ID = "x-amzn-RequestId"
"""The header that repeats the request's ID, in the case that AWS writes it in."""


@dataclass(frozen=True, slots=True)
class EncodedResponse:
    """Status, headers and body. The body may hold secrets, so it is in no repr."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
