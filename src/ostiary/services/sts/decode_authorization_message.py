"""DecodeAuthorizationMessage: why a call was refused.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.credentials import AuthorizationMessageCodec
from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import Need, Operation


def decode_authorization_message(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return what an encoded message says; it must be one of the caller's account."""
    codec = AuthorizationMessageCodec(directory.sealer)
    return {"DecodedMessage": codec.open(call.parameters["EncodedMessage"], call.account)}


def _needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("sts:DecodeAuthorizationMessage", "*")


OPERATIONS = (Operation("sts", "DecodeAuthorizationMessage", _needs, decode_authorization_message, writes=False),)
