"""A request on its way in: each stage of the pipeline hands on the next of these frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ostiary.values.caller import Caller
from ostiary.values.decided import Decided
from ostiary.values.identifiers import AccountId


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came over the wire, nothing decoded.

    Header names are lower case, values are latin-1 text exactly as received; both keep their order and repeats.
    """

    method: str
    path: str
    """The path as sent, still percent-encoded."""
    query: str
    """What follows the first `?`, as sent; empty when there is nothing."""
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    client_address: str
    secure_transport: bool = False

    def header(self, name: str) -> str | None:
        """Return the first value of the header called `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Call:
    """A routed request: it is known which operation is meant, not yet by whom."""

    request: HttpRequest
    service: str
    """The service's signing name: `iam`, `sts`."""
    operation: str
    """The operation as the API names it: `CreateUser`."""
    request_id: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AuthenticatedCall:
    """A call whose signature is proven. Only `gate.authenticate` makes one.

    INVARIANT: held by tests/architecture/test_gate_is_the_only_maker.py.
    """

    call: Call
    caller: Caller
    region: str
    """The region of the credential scope, as `aws:RequestedRegion` and CloudTrail's `awsRegion` want it."""


@dataclass(frozen=True, slots=True)
class AuthorizedCall:
    """A call that may be performed: what every service function takes. Only `gate.authorize` makes one.

    INVARIANT: held by tests/architecture/test_gate_is_the_only_maker.py.
    """

    call: Call
    caller: Caller
    account: AccountId
    """The account acted in: the caller's own, or for AssumeRole across accounts still the caller's."""
    parameters: Mapping[str, Any] = field(repr=False)
    """Decoded and validated input, keyed as the API model names it (`UserName`)."""
    region: str
    """As in the credential scope; IAM is the same in all regions, but the tagging service answers for one at a time."""
    decided: tuple[Decided, ...] = ()
    """What was decided to allow it; nothing where AWS asks for no permission."""

    @property
    def now(self) -> datetime:
        """The moment the call arrived; everything the deed writes carries this time."""
        return self.call.received_at
