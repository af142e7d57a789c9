"""Requests and botocore's own models, for the tests of the wire."""

import functools
import gzip
import json
from pathlib import Path
from typing import Any

import botocore
from botocore.model import OperationModel, ServiceModel

from ostiary.values.call import HttpRequest
from ostiary.wire.spoken import SPOKEN

FORM = (("content-type", "application/x-www-form-urlencoded; charset=utf-8"),)


def form_request(body: str | bytes = b"", *, query: str = "", method: str = "POST", headers: Any = FORM) -> HttpRequest:
    body = body.encode() if isinstance(body, str) else body
    return HttpRequest(method, "/", query, tuple(headers), body, "127.0.0.1")


@functools.cache
def botocore_model(service: str) -> ServiceModel:
    path = (
        Path(botocore.__path__[0]) / "data" / SPOKEN[service].model / SPOKEN[service].api_version / "service-2.json.gz"
    )
    return ServiceModel(json.loads(gzip.decompress(path.read_bytes())), service)


@functools.cache
def all_operations() -> list[tuple[str, str]]:
    return [(service, name) for service in SPOKEN for name in botocore_model(service).operation_names]


def botocore_operation(service: str, name: str) -> OperationModel:
    return botocore_model(service).operation_model(name)


def protocol_of(service: str) -> str:
    return SPOKEN[service].protocols[0]
