"""How large a request may be, in whatever protocol."""

from ostiary.values.call import HttpRequest
from ostiary.wire.errors import RequestTooLargeError

MAX_BODY_BYTES = 1024 * 1024
"""Neither the body nor the query string may be larger."""


def require_whole_body(request: HttpRequest) -> None:
    """Check that body and query string are no larger than what is ever read, beyond which a body was cut.

    Raises:
        RequestTooLargeError: they are.
    """
    if max(len(request.body), len(request.query)) > MAX_BODY_BYTES:
        raise RequestTooLargeError(MAX_BODY_BYTES)
