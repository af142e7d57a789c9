"""The JSON protocol: bodies in JSON, a header that names the operation. The tagging service speaks it."""

from ostiary.wire.json.protocol import (
    compile_decoder,
    compile_encoder,
    load_body,
    require_body,
    require_plain_body,
)
from ostiary.wire.json.values import compile_reader, compile_writer, write_base64

__all__ = [
    "compile_decoder",
    "compile_encoder",
    "compile_reader",
    "compile_writer",
    "load_body",
    "require_body",
    "require_plain_body",
    "write_base64",
]
