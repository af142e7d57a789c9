"""Calls and answers whose bodies are JSON; `X-Amz-Target` names the operation.

Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ostiary.values.call import HttpRequest
from ostiary.wire.bounds import require_whole_body
from ostiary.wire.errors import MalformedInputError, MethodNotAllowedError, UnsupportedMediaTypeError
from ostiary.wire.json.values import compile_reader, compile_writer, write_base64
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.response import REQUEST_ID, EncodedResponse

_OK = 200


def compile_decoder(_model: ServiceModel, operation: OperationModel) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return a function from a request to the operation's input, keyed by the model's member names.

    The function raises a `WireError` for a body that cannot be read or is not of its type.
    """
    read = compile_reader(operation.input)

    def decode(request: HttpRequest) -> dict[str, Any]:
        values: dict[str, Any] = read(load_body(require_body(request)))
        return values

    return decode


def compile_encoder(
    model: ServiceModel, operation: OperationModel
) -> Callable[[Mapping[str, Any], str], EncodedResponse]:
    """Return a function from the operation's output and the request ID to the answer, as for the query protocol."""
    write = compile_writer(operation.output, write_blob=write_base64)
    content_type = ("Content-Type", f"application/x-amz-json-{model.json_version}")

    def encode(output: Mapping[str, Any], request_id: str) -> EncodedResponse:
        return EncodedResponse(_OK, (content_type, (REQUEST_ID, request_id)), json.dumps(write(output)).encode())

    return encode


def require_body(request: HttpRequest) -> bytes:
    """Return the body of a call that is no form, once it is seen to be one that may be read.

    Raises:
        MethodNotAllowedError: the method is not POST.
        RequestTooLargeError: it is larger than is ever read.
        UnsupportedMediaTypeError: it is compressed.
    """
    if request.method != "POST":
        raise MethodNotAllowedError
    return require_plain_body(request)


def require_plain_body(request: HttpRequest) -> bytes:
    """Return the body, whatever the method, as `require_body` does."""
    require_whole_body(request)
    if (request.header("content-encoding") or "identity") != "identity":
        raise UnsupportedMediaTypeError
    return request.body


def load_body(body: bytes) -> Any:
    """Return what a body writes; an empty one stands for an object without members.

    Raises:
        MalformedInputError: it is not JSON, or an object has a member twice.
    """
    try:
        return json.loads(body or b"{}", object_pairs_hook=_members, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MalformedInputError("The body is not JSON that can be read") from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member appears more than once")
    return members


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")
