"""The query protocol: parameters as a form, answers as XML. IAM and STS speak it."""

from ostiary.wire.query.decode import compile_decoder
from ostiary.wire.query.encode import compile_encoder, encode_fault
from ostiary.wire.query.form import requested_operation, requested_version

__all__ = ["compile_decoder", "compile_encoder", "encode_fault", "requested_operation", "requested_version"]
