"""STS's operations that tell who someone is."""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.credentials import account_of
from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation


def get_caller_identity(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:  # noqa: ARG001 - as all operations
    """Return who is calling."""
    return {"UserId": call.caller.unique_id, "Account": call.account, "Arn": call.caller.arn}


def get_access_key_info(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:  # noqa: ARG001 - as all operations
    """Return the account that an access key ID belongs to, which the ID itself carries; the key need not exist."""
    account = account_of(call.parameters["AccessKeyId"])
    if account is None:
        raise Fault("ValidationError", f"Invalid access key ID: {call.parameters['AccessKeyId']}")
    return {"Account": account}


def _key_info_needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("sts:GetAccessKeyInfo", "*")


OPERATIONS = (
    Operation("sts", "GetCallerIdentity", None, get_caller_identity, writes=False),
    Operation("sts", "GetAccessKeyInfo", _key_info_needs, get_access_key_info, writes=False),
)
