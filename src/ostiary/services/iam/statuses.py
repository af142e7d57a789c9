"""Whether a credential can be used, as IAM's `Status` says it."""

from datetime import datetime

from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault

_SETTABLE = ("Active", "Inactive")


def requested_active(call: AuthorizedCall) -> bool:
    """Return whether a call makes a credential usable: True for `Active`, False for `Inactive`.

    Raises:
        Fault: `InvalidInput` for `Expired`, which a credential becomes by itself.
    """
    status = call.parameters["Status"]
    if status not in _SETTABLE:
        raise Fault("InvalidInput", f"Status {status} cannot be set. Valid values are {' and '.join(_SETTABLE)}.")
    return bool(status == "Active")


def status_of(*, active: bool, expires_at: datetime | None = None, now: datetime | None = None) -> str:
    """Return a credential's status; `now` is asked for where there is a time at which it expires."""
    if expires_at is not None and now is not None and expires_at <= now:
        return "Expired"
    return "Active" if active else "Inactive"
