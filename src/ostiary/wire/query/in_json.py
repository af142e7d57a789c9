"""Answers and faults of the query protocol for who accepts JSON: the same elements, as members of objects.

As AWS answers `Accept: application/json`: members come in alphabetical order, those without a value are null, and
moments are seconds since 1970.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ostiary.values.fault import Fault
from ostiary.wire.json import compile_writer, write_base64
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.response import REQUEST_ID, EncodedResponse

_OK = 200


def compile_json_encoder(
    _model: ServiceModel, operation: OperationModel
) -> Callable[[Mapping[str, Any], str], EncodedResponse]:
    """Return a function from the operation's output and the request ID to the answer, as `compile_encoder` does."""
    write = compile_writer(operation.output, write_blob=write_base64, sort=True, fill=True)

    def encode(output: Mapping[str, Any], request_id: str) -> EncodedResponse:
        result = write(output)
        content = {operation.result_wrapper: result} if operation.result_wrapper else result
        metadata = {"ResponseMetadata": {"RequestId": request_id}}
        return _json_response(_OK, {f"{operation.name}Response": content | metadata}, request_id)

    return encode


def encode_json_fault(fault: Fault, request_id: str) -> EncodedResponse:
    """Return the error document of `fault`."""
    error = {"Code": fault.code, "Message": fault.message or None, "Type": "Receiver" if fault.receiver else "Sender"}
    return _json_response(fault.status, {"Error": error, "RequestId": request_id}, request_id)


def _json_response(status: int, content: Mapping[str, Any], request_id: str) -> EncodedResponse:
    headers = (("Content-Type", "application/json"), (REQUEST_ID, request_id))
    return EncodedResponse(status, headers, json.dumps(content).encode())
