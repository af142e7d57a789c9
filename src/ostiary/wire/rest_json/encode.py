"""Answers: the status that the model gives, some members in headers, and the rest in the body.

Source: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ostiary.wire.errors import OutputError
from ostiary.wire.json import compile_writer, write_base64
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.response import REQUEST_ID, EncodedResponse
from ostiary.wire.rest_json.bindings import in_body, named_in


def compile_encoder(
    _model: ServiceModel, operation: OperationModel
) -> Callable[[Mapping[str, Any], str], EncodedResponse]:
    """Return a function from the operation's output and the request ID to the answer, as for the JSON protocol."""
    write = compile_writer(in_body(operation.output), write_blob=write_base64)
    headers = named_in(operation.output, "header")

    def encode(output: Mapping[str, Any], request_id: str) -> EncodedResponse:
        body = {name: value for name, value in output.items() if name not in headers.values()}
        more = [(location, _header(output[name])) for location, name in headers.items() if output.get(name) is not None]
        return EncodedResponse(
            operation.status,
            (("Content-Type", "application/json"), (REQUEST_ID, request_id), *more),
            json.dumps(write(body)).encode(),
        )

    return encode


def _header(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    # A line break would let a value write headers of its own.
    if not isinstance(value, str | int) or not text.isprintable() or not text.isascii():
        raise OutputError("not what a header can hold")
    return text
