"""The wire: bytes to values and back, by AWS's own models of its services. Alone knows botocore."""

from ostiary.wire.bounds import MAX_BODY_BYTES, require_whole_body
from ostiary.wire.codec import decode, encode
from ostiary.wire.errors import ModelError, OutputError, ValidationError, WireError
from ostiary.wire.fault_form import FaultForm, find_fault_form
from ostiary.wire.faults import encode_fault
from ostiary.wire.known_services import action_prefix
from ostiary.wire.model import ErrorShape, error_shape, operation_names, service_model
from ostiary.wire.redact import redact
from ostiary.wire.response import EncodedResponse
from ostiary.wire.route import Elsewhere, Route, route
from ostiary.wire.validate import validate

__all__ = [
    "MAX_BODY_BYTES",
    "Elsewhere",
    "EncodedResponse",
    "ErrorShape",
    "FaultForm",
    "ModelError",
    "OutputError",
    "Route",
    "ValidationError",
    "WireError",
    "action_prefix",
    "decode",
    "encode",
    "encode_fault",
    "error_shape",
    "find_fault_form",
    "operation_names",
    "redact",
    "require_whole_body",
    "route",
    "service_model",
    "validate",
]
