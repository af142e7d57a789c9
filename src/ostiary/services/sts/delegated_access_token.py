"""GetDelegatedAccessToken: credentials in exchange for the token that a delegation request ended in.

No delegation request is ever granted here (see `services/iam/delegation_requests.py`), so no such token is good.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation


def get_delegated_access_token(_call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the token is not good any more.

    Raises:
        Fault: `ExpiredTradeInTokenException`, always.
    """
    raise Fault(
        "ExpiredTradeInTokenException",
        "The trade-in token provided in the request has expired and can no longer be exchanged for credentials.",
    )


def _needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("sts:GetDelegatedAccessToken", "*")


OPERATIONS = (
    Operation(
        "sts",
        "GetDelegatedAccessToken",
        _needs,
        get_delegated_access_token,
        writes=False,
        hands_out_credentials=True,
    ),
)
