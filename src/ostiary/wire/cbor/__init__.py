"""The CBOR protocol, which newer SDKs prefer where a service speaks it and JSON. The tagging service speaks both."""

from ostiary.wire.cbor.protocol import answer, compile_decoder, compile_encoder

__all__ = ["answer", "compile_decoder", "compile_encoder"]
