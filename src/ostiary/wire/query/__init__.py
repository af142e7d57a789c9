"""The query protocol: parameters as a form, answers as XML, or as JSON for who asks. IAM and STS speak it."""

from ostiary.wire.query.decode import compile_decoder
from ostiary.wire.query.encode import compile_encoder, encode_xml_fault
from ostiary.wire.query.form import is_form, requested_operation, requested_version
from ostiary.wire.query.in_json import compile_json_encoder, encode_json_fault

__all__ = [
    "compile_decoder",
    "compile_encoder",
    "compile_json_encoder",
    "encode_json_fault",
    "encode_xml_fault",
    "is_form",
    "requested_operation",
    "requested_version",
]
