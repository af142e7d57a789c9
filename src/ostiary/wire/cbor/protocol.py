"""Calls and answers whose bodies are CBOR; the path names the operation.

Source: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from ostiary.values.call import HttpRequest
from ostiary.wire.cbor.items import CborError, dump, load
from ostiary.wire.errors import MalformedInputError
from ostiary.wire.json import compile_reader, compile_writer, require_body
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.response import REQUEST_ID, EncodedResponse

_OK = 200
_HEADERS = (("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"))


def compile_decoder(_model: ServiceModel, operation: OperationModel) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return a function from a request to the operation's input, as for the JSON protocol."""
    read = compile_reader(operation.input)

    def decode(request: HttpRequest) -> dict[str, Any]:
        body = require_body(request)
        try:
            loaded = load(body) if body else {}
        except CborError as error:
            raise MalformedInputError(f"The body is not CBOR that can be read: {error}") from error
        values: dict[str, Any] = read(loaded)
        return values

    return decode


def compile_encoder(
    _model: ServiceModel, operation: OperationModel
) -> Callable[[Mapping[str, Any], str], EncodedResponse]:
    """Return a function from the operation's output and the request ID to the answer, as for the JSON protocol."""
    write = compile_writer(operation.output, write_blob=bytes)
    return lambda output, request_id: answer(_OK, write(output), request_id)


def answer(status: int, content: Mapping[str, Any], request_id: str) -> EncodedResponse:
    """Return an answer whose body is a map."""
    return EncodedResponse(status, (*_HEADERS, (REQUEST_ID, request_id)), dump(content))
