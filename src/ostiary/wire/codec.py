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
from ostiary.wire import cbor, json, query, rest_json
from ostiary.wire.fault_form import QUERY, QUERY_IN_JSON, REST_JSON
from ostiary.wire.marks import CBOR, JSON
from ostiary.wire.model import OperationModel, ServiceModel, service_model
from ostiary.wire.response import EncodedResponse
from ostiary.wire.route import Route

_Decode = Callable[[HttpRequest], dict[str, Any]]
_Encode = Callable[[Mapping[str, Any], str], EncodedResponse]


@dataclass(frozen=True, slots=True)
class _Protocol:
    compile_decoder: Callable[[ServiceModel, OperationModel], _Decode]
    compile_encoder: Callable[[ServiceModel, OperationModel], _Encode]


_PROTOCOLS: Mapping[str, _Protocol] = MappingProxyType(
    {
        QUERY: _Protocol(query.compile_decoder, query.compile_encoder),
        QUERY_IN_JSON: _Protocol(query.compile_decoder, query.compile_json_encoder),
        JSON: _Protocol(json.compile_decoder, json.compile_encoder),
        CBOR: _Protocol(cbor.compile_decoder, cbor.compile_encoder),
        REST_JSON: _Protocol(rest_json.compile_decoder, rest_json.compile_encoder),
    }
)


def decode(route: Route, request: HttpRequest) -> dict[str, Any]:
    """Return the input of a routed call, keyed by the model's member names (`UserName`).

    Values are str, int, bool, bytes, aware UTC datetimes, lists and dicts. Types are checked, constraints are not: that
    is `validate`'s part.

    Raises:
        WireError: the request cannot be read, or a value is not of its type.
    """
    return _decoder(route.service, route.operation, route.protocol)(request)


def encode(route: Route, output: Mapping[str, Any], request_id: str) -> EncodedResponse:
    """Return the answer to a routed call that succeeded.

    Args:
        route: the call.
        output: keyed by the model's member names; members that are None or absent are left out.
        request_id: repeated in the body and in a header.

    Raises:
        OutputError: the output does not fit the model; that is a bug of the service.
    """
    return _encoder(route.service, route.operation, route.protocol)(output, request_id)


@cache
def _decoder(service: str, operation: str, protocol: str) -> _Decode:
    model = service_model(service)
    return _PROTOCOLS[protocol].compile_decoder(model, model.operation(operation))


@cache
def _encoder(service: str, operation: str, protocol: str) -> _Encode:
    model = service_model(service)
    return _PROTOCOLS[protocol].compile_encoder(model, model.operation(operation))
