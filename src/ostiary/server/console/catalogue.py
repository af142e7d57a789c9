"""What the visual policy editor builds with: services, their actions, resource types and condition keys.

All of it is public, and the same for everybody until the next version of Ostiary.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from ostiary import catalogue
from ostiary.catalogue import Action, ConditionKey, ResourceType, Service
from ostiary.server.console.page_security import SECURITY_HEADERS
from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.wire import EncodedResponse

_FOLDER = "/console/catalogue/"
_PATH = re.compile(rf"{_FOLDER}([a-z0-9-]{{1,64}})\.json", re.ASCII)
_ALL_SERVICES = "services"
_JSON = ("content-type", "application/json")
_CACHE = ("cache-control", "public, max-age=3600")

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Document:
    """A document, ready to be sent."""

    plain: bytes
    packed: bytes
    tag: str


def is_catalogue(path: str) -> bool:
    """Tell whether a path is one of the catalogue's."""
    return path.startswith(_FOLDER)


def catalogue_answer(request: HttpRequest) -> EncodedResponse:
    """Return the list of services, or what is known of one.

    Raises:
        Fault: `NotFound`, the path is no service's.
    """
    found = _PATH.fullmatch(request.path)
    document = _find_document(found[1]) if found else None
    if document is None:
        raise Fault("NotFound", "The catalogue has no such service.", status=HTTPStatus.NOT_FOUND)
    headers = (_JSON, _CACHE, ("etag", document.tag), ("vary", "accept-encoding"), *SECURITY_HEADERS)
    if request.header("if-none-match") == document.tag:
        return EncodedResponse(HTTPStatus.NOT_MODIFIED, headers, b"")
    if "gzip" in (request.header("accept-encoding") or ""):
        return EncodedResponse(HTTPStatus.OK, (*headers, ("content-encoding", "gzip")), document.packed)
    return EncodedResponse(HTTPStatus.OK, headers, document.plain)


def _find_document(name: str) -> _Document | None:
    is_known = name == _ALL_SERVICES or catalogue.find_service(name) is not None
    return _make_document(name) if is_known else None


# All are kept, some 7 MB: to pack one takes up to half a second, and anybody may ask for one after the other.
@cache
def _make_document(name: str) -> _Document | None:
    # No service's prefix is `services`; held by tests/server/console/test_catalogue.py.
    if name == _ALL_SERVICES:
        return _document(_services_shape())
    service = catalogue.find_service(name)
    return _document(_service_shape(service)) if service else None


def _document(shape: Mapping[str, Any]) -> _Document:
    plain = json.dumps(shape, separators=(",", ":")).encode()
    # Both encodings say the same, so one weak tag serves both.
    return _Document(plain, gzip.compress(plain, mtime=0), f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"')


def _services_shape() -> Shape:
    names = {prefix: catalogue.find_service_name(prefix) for prefix in catalogue.list_services()}
    return {"services": [{"prefix": prefix, "name": name} for prefix, name in names.items()]}


def _service_shape(service: Service) -> Shape:
    return {
        "prefix": service.prefix,
        "name": service.name,
        "actions": [_action_shape(action) for action in service.actions],
        "resourceTypes": [_resource_type_shape(each) for each in service.resource_types],
        "conditionKeys": _keys_shape(service.condition_keys),
        "globalConditionKeys": _keys_shape(catalogue.list_global_condition_keys()),
    }


def _action_shape(action: Action) -> Shape:
    return {
        "name": action.name.partition(":")[2],
        "accessLevel": action.access_level,
        "resourceTypes": [{"name": each.type.name, "required": each.required} for each in action.resources],
        "conditionKeys": list(action.condition_keys),
        "dependentActions": list(action.dependent_actions),
    }


def _resource_type_shape(each: ResourceType) -> Shape:
    return {"name": each.name, "arn": each.arn_pattern, "conditionKeys": list(each.condition_keys)}


def _keys_shape(keys: Iterable[ConditionKey]) -> list[Shape]:
    return [{"name": key.name, "type": key.type, "multivalued": key.multivalued} for key in keys]
