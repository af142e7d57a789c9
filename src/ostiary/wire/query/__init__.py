"""The query protocol: parameters as a form, answers as XML. IAM and STS speak it."""

from ostiary.wire.query.decode import compile_decoder
from ostiary.wire.query.encode import compile_encoder, encode_fault
from ostiary.wire.query.form import MAX_BODY_BYTES, requested_operation, requested_version

__all__ = [
    "MAX_BODY_BYTES",
    "compile_decoder",
    "compile_encoder",
    "encode_fault",
    "requested_operation",
    "requested_version",
]
