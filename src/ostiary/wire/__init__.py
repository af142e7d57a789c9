"""The wire: bytes to values and back, by AWS's own models of its services. Alone knows botocore."""

from ostiary.wire.codec import decode, encode, encode_fault
from ostiary.wire.errors import ModelError, OutputError, ValidationError, WireError
from ostiary.wire.model import ErrorShape, error_shape, operation_names, service_model
from ostiary.wire.query import MAX_BODY_BYTES
from ostiary.wire.redact import redact
from ostiary.wire.response import EncodedResponse
from ostiary.wire.route import Route, find_service, route
from ostiary.wire.validate import validate

__all__ = [
    "MAX_BODY_BYTES",
    "EncodedResponse",
    "ErrorShape",
    "ModelError",
    "OutputError",
    "Route",
    "ValidationError",
    "WireError",
    "decode",
    "encode",
    "encode_fault",
    "error_shape",
    "find_service",
    "operation_names",
    "redact",
    "route",
    "service_model",
    "validate",
]
