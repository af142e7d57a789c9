"""How an attempt at the sign-in page ended."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from ostiary.values.fault import Fault

_SIGN_IN = "/console/sign-in"

_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "AuthenticationFailed": "wrong_password",
        "InvalidAuthenticationCode": "wrong_factor",
        "ClonedAuthenticator": "wrong_factor",
        "TooManyRequestsError": "throttled",
    }
)


def sign_in_outcome(path: str, body: Mapping[str, Any], fault: Fault | None) -> str | None:
    """Return how an attempt ended, or None for what is none: another endpoint, or a step on the way.

    Args:
        path: what was asked.
        body: the answer, empty when there is a fault.
        fault: the refusal, if it was refused.
    """
    if path != _SIGN_IN and not path.startswith(f"{_SIGN_IN}/"):
        return None
    if fault is None:
        return "signed_in" if body.get("step") == "done" else None
    if fault.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "server_error"
    return _OUTCOMES.get(fault.code, "refused")
