"""Which service and operation a request is for; nothing else of it is looked at."""

import re
from dataclasses import dataclass

from ostiary.values.call import HttpRequest
from ostiary.wire import query
from ostiary.wire.errors import InvalidActionError, WireError
from ostiary.wire.fault_form import QUERY, QUERY_IN_JSON, REST_JSON, find_spoken
from ostiary.wire.known_services import KnownService, services_signed_as
from ostiary.wire.marks import Mark, names_target, read_mark, wants_json
from ostiary.wire.model import operation_names
from ostiary.wire.rest_routes import find_rest_operation
from ostiary.wire.spoken import SPOKEN, SpokenService

UNKNOWN = "unknown"
"""What a service or an operation is called that cannot be told."""

_ROOTS = frozenset({"", "/"})
_SERVICE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_OPERATION = re.compile(r"[A-Za-z0-9_]{1,128}")


@dataclass(frozen=True, slots=True)
class Route:
    """A service and one of its operations."""

    service: str
    """The signing name: `iam`, `sts`."""
    operation: str
    """As the API names it: `CreateUser`."""
    protocol: str
    """How request and answer are written: one of the protocols in `wire.codec`."""


@dataclass(frozen=True, slots=True)
class Elsewhere(Route):
    """Where a call goes whose service is not spoken here, as far as that can be told; nothing is decoded of it."""


def route(request: HttpRequest, signing_name: str | None) -> Route:
    """Return the service and operation that a request is for; an `Elsewhere` when the service is not spoken here.

    Args:
        request: as it came.
        signing_name: the service in the signature's credential scope, None for an unsigned request.

    Raises:
        MissingActionError: the request names no operation.
        InvalidActionError: no spoken service has the operation in the version asked for.
        WireError: the request cannot be read at all.
    """
    name, mark = find_spoken(request, signing_name), read_mark(request)
    if name is None and (signing_name is not None or mark is not None or request.path not in _ROOTS):
        return _elsewhere(request, UNKNOWN if signing_name is None else signing_name, mark)
    service = SPOKEN[name] if name else None
    if service and mark:
        return _marked_route(service, mark)
    if service and REST_JSON in service.protocols:
        return _rest_route(service, request)
    action, version = query.requested_operation(request)
    if service is None or QUERY not in service.protocols or version != service.api_version:
        raise InvalidActionError(action, version)
    if action not in operation_names(service.name):
        raise InvalidActionError(action, version)
    return Route(service.name, action, QUERY_IN_JSON if wants_json(request) else QUERY)


def _marked_route(service: SpokenService, mark: Mark) -> Route:
    named = names_target(service.target_prefix, mark.target_prefix)
    known = named and mark.operation in operation_names(service.name)
    if mark.protocol not in service.protocols or not known:
        raise InvalidActionError(mark.operation, service.api_version)
    return Route(service.name, mark.operation, mark.protocol)


def _rest_route(service: SpokenService, request: HttpRequest) -> Route:
    operation = find_rest_operation(f"{service.model}/{service.api_version}", request)
    if operation is None:
        raise InvalidActionError(f"{request.method} {request.path}", service.api_version)
    return Route(service.name, operation, REST_JSON)


def _elsewhere(request: HttpRequest, signing_name: str, mark: Mark | None) -> Elsewhere:
    if not _SERVICE.fullmatch(signing_name):
        raise InvalidActionError(*query.requested_operation(request))
    known = services_signed_as(signing_name)
    operation = mark.operation if mark else _form_operation(request, known) or _rest_operation(request, known) or ""
    return Elsewhere(signing_name, operation if _OPERATION.fullmatch(operation) else UNKNOWN, "none")


def _form_operation(request: HttpRequest, known: tuple[KnownService, ...]) -> str | None:
    if known and all(service.protocols[0].startswith("rest-") for service in known):
        return None
    try:
        return query.requested_operation(request)[0]
    except WireError:
        # The call is refused for its service; that it cannot be read is not worth a word more.
        return None


def _rest_operation(request: HttpRequest, known: tuple[KnownService, ...]) -> str | None:
    found = (
        find_rest_operation(service.model, request) for service in known if service.protocols[0].startswith("rest-")
    )
    return next((operation for operation in found if operation), None)
