"""Bytes to values and back, in whichever protocol a call came.

A protocol is a package beside this module with the functions that `_Protocol` names; a further one is a further line in
`_PROTOCOLS`. What is compiled for an operation is kept: the cache is bounded by the models.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.wire import query
from ostiary.wire.model import OperationModel, ServiceModel, service_model
from ostiary.wire.response import EncodedResponse
from ostiary.wire.route import Route
from ostiary.wire.spoken import SPOKEN

_Decode = Callable[[HttpRequest], dict[str, Any]]
_Encode = Callable[[Mapping[str, Any], str], EncodedResponse]

_FRAMEWORK_NAMESPACE = "http://webservices.amazon.com/AWSFault/2005-15-09"
"""What AWS's front answers in when it cannot tell which service was meant."""


@dataclass(frozen=True, slots=True)
class _Protocol:
    compile_decoder: Callable[[ServiceModel, OperationModel], _Decode]
    compile_encoder: Callable[[ServiceModel, OperationModel], _Encode]
    encode_fault: Callable[[str, Fault, str], EncodedResponse]


_DEFAULT_PROTOCOL = "query"
_PROTOCOLS: Mapping[str, _Protocol] = MappingProxyType(
    {"query": _Protocol(query.compile_decoder, query.compile_encoder, query.encode_fault)}
)


def decode(route: Route, request: HttpRequest) -> dict[str, Any]:
    """Return the input of a routed call, keyed by the model's member names (`UserName`).

    Values are str, int, bool, bytes, aware UTC datetimes, lists and dicts. Types are checked, constraints are not: that
    is `validate`'s part.

    Raises:
        WireError: the request cannot be read, or a value is not of its type.
    """
    return _decoder(route.service, route.operation)(request)


def encode(route: Route, output: Mapping[str, Any], request_id: str) -> EncodedResponse:
    """Return the answer to a routed call that succeeded.

    Args:
        route: the call.
        output: keyed by the model's member names; members that are None or absent are left out.
        request_id: repeated in the body and in the `x-amzn-requestid` header.

    Raises:
        OutputError: the output does not fit the model; that is a bug of the service.
    """
    return _encoder(route.service, route.operation)(output, request_id)


def encode_fault(target: Route | str | None, fault: Fault, request_id: str) -> EncodedResponse:
    """Return the answer to a call that did not succeed.

    Args:
        target: the route, or the service when that is all that is known, or None when nothing is; a service that is not
            spoken here counts as nothing known.
        fault: what went wrong, in AWS's words.
        request_id: repeated in the body and in the `x-amzn-requestid` header.
    """
    service = target.service if isinstance(target, Route) else target
    if service is None or service not in SPOKEN:
        return _PROTOCOLS[_DEFAULT_PROTOCOL].encode_fault(_FRAMEWORK_NAMESPACE, fault, request_id)
    protocol = _PROTOCOLS[SPOKEN[service].protocol]
    return protocol.encode_fault(service_model(service).namespace, fault, request_id)


@cache
def _decoder(service: str, operation: str) -> _Decode:
    model = service_model(service)
    return _PROTOCOLS[SPOKEN[service].protocol].compile_decoder(model, model.operation(operation))


@cache
def _encoder(service: str, operation: str) -> _Encode:
    model = service_model(service)
    return _PROTOCOLS[SPOKEN[service].protocol].compile_encoder(model, model.operation(operation))
