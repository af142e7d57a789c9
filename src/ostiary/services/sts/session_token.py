"""GetSessionToken: temporary credentials for oneself."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.sts.credentials import hand_out
from ostiary.services.sts.mfa import prove_second_factor, takes_code
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import CallerKind, Session
from ostiary.values.operation import Operation

_DEFAULT_SECONDS = 43_200
_MOST_SECONDS_FOR_ROOT = 3_600


def get_session_token(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return temporary credentials with the caller's own permissions.

    The root user's are good for an hour at the most, whatever is asked for.
    Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
    """
    proven = prove_second_factor(directory, call.caller, call.parameters, call.now)
    seconds = call.parameters.get("DurationSeconds", _DEFAULT_SECONDS)
    if call.caller.kind is CallerKind.ROOT:
        seconds = min(seconds, _MOST_SECONDS_FOR_ROOT)
    session = Session(issued_at=call.now, expires_at=call.now, mfa_authenticated_at=call.now if proven else None)
    return {"Credentials": hand_out(call, directory, call.caller, session, seconds)}


OPERATIONS = (
    # AWS asks for no permission: authenticating oneself anew is not something that a policy controls.
    Operation(
        "sts",
        "GetSessionToken",
        None,
        get_session_token,
        writes=False,
        writes_if=takes_code,
        changes_access=False,
        hands_out_credentials=True,
    ),
)
