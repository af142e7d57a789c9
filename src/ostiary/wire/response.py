"""An answer, ready to be sent."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EncodedResponse:
    """Status, headers (lower-case names) and body. The body may hold secrets, so it is in no repr."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
