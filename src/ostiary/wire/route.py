"""Which service and operation a request is for; nothing else of it is looked at."""

from dataclasses import dataclass

from ostiary.values.call import HttpRequest
from ostiary.wire import query
from ostiary.wire.errors import InvalidActionError
from ostiary.wire.model import operation_names
from ostiary.wire.spoken import SPOKEN


@dataclass(frozen=True, slots=True)
class Route:
    """A spoken service and one of its operations."""

    service: str
    """The signing name: `iam`, `sts`."""
    operation: str
    """As the API names it: `CreateUser`."""
    protocol: str
    """How the request is written: `query`."""


def find_service(request: HttpRequest, scope_service: str | None) -> str | None:
    """Return the service that a request is for, or None when that is none that is spoken here.

    It raises nothing, whatever the request is like, so that whoever has a fault to answer can ask it.

    Args:
        request: as it came.
        scope_service: the service in the signature's credential scope, which decides alone when there is one; an
            unsigned request is known by the API version it asks for.
    """
    if scope_service is not None:
        return scope_service if scope_service in SPOKEN else None
    version = query.requested_version(request)
    return next((service.name for service in SPOKEN.values() if service.api_version == version), None)


def route(request: HttpRequest, scope_service: str | None) -> Route:
    """Return the service and operation that a request is for.

    Args:
        request: as it came.
        scope_service: the service in the signature's credential scope, None for an unsigned request.

    Raises:
        MissingActionError: the request names no operation.
        InvalidActionError: no spoken service has the operation in the version asked for.
        WireError: the request cannot be read at all.
    """
    service = find_service(request, scope_service)
    action, version = query.requested_operation(request)
    if service is None or version != SPOKEN[service].api_version or action not in operation_names(service):
        raise InvalidActionError(action, version)
    return Route(service, action, SPOKEN[service].protocol)
