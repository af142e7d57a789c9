"""Requests and botocore's own models, for the tests of the wire."""

import functools
from typing import Any

from botocore.loaders import create_loader
from botocore.model import OperationModel, ServiceModel

from ostiary.services import served_operations
from ostiary.values.call import HttpRequest
from ostiary.wire.model import OWN_MODELS
from ostiary.wire.spoken import SPOKEN

_LOADER = create_loader(str(OWN_MODELS))

IN_PART = frozenset({"access-analyzer", "cloudtrail", "config", "securityhub"})
"""The services of which little is served; their models have shapes and patterns that no codec knows."""

FORM = (("content-type", "application/x-www-form-urlencoded; charset=utf-8"),)


def form_request(body: str | bytes = b"", *, query: str = "", method: str = "POST", headers: Any = FORM) -> HttpRequest:
    body = body.encode() if isinstance(body, str) else body
    return HttpRequest(method, "/", query, tuple(headers), body, "127.0.0.1")


@functools.cache
def botocore_model(service: str) -> ServiceModel:
    spoken = SPOKEN[service]
    return ServiceModel(_LOADER.load_service_model(spoken.model, "service-2", spoken.api_version), service)


@functools.cache
def all_operations() -> list[tuple[str, str]]:
    """All operations of the services that are spoken as a whole; of the others those that are served."""
    return [
        (service, name)
        for service in SPOKEN
        for name in (served_operations()[service] if service in IN_PART else botocore_model(service).operation_names)
    ]


def botocore_operation(service: str, name: str) -> OperationModel:
    return botocore_model(service).operation_model(name)


def protocol_of(service: str) -> str:
    return SPOKEN[service].protocols[0]
