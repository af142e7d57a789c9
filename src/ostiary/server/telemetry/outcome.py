"""The few ways in which a call can end, as far as who watches a server cares."""

from http import HTTPStatus

OK = "ok"
DENIED = "denied"
THROTTLED = "throttled"
CLIENT_ERROR = "client_error"
SERVER_ERROR = "server_error"

_DENIALS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


def outcome_of(status: int) -> str:
    """Return how a call ended, by its HTTP status."""
    if status < HTTPStatus.BAD_REQUEST:
        return OK
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SERVER_ERROR
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return THROTTLED
    return DENIED if status in _DENIALS else CLIENT_ERROR
