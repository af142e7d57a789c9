"""The REST protocol in JSON: method and path name the operation. IAM Access Analyzer speaks it."""

from ostiary.wire.rest_json.decode import compile_decoder
from ostiary.wire.rest_json.encode import compile_encoder

__all__ = ["compile_decoder", "compile_encoder"]
