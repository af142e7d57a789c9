"""What holds for everybody in the account: how people sign in, how old access keys grow, how long events are kept."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.accounts import Account
from ostiary.directory.directory import Directory
from ostiary.governance import set_key_limits
from ostiary.services.iam.targets import anything
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_LEAST_RETENTION_DAYS = 90
"""As far back as CloudTrail's event history goes."""
_KEY_LIMITS = ("AccessKeyWarningDays", "AccessKeyMaximumDays")


def get_account_settings(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what is set; a number that nobody set is left out."""
    account = accounts.get_account(directory, call.account)
    numbers = _numbers(account)
    return {
        "MfaRequired": account.mfa_required,
        **{name: number for name, number in numbers.items() if number is not None},
    }


def update_account_settings(call: AuthorizedCall, directory: Directory) -> Output:
    """Set what the call names; what it leaves out stays, and a number that is 0 is taken away.

    Raises:
        Fault: `InvalidInput`, the call names nothing, or access keys would be deactivated before they are warned of,
            or events would be kept for less than 90 days.
    """
    given = call.parameters
    if not given:
        raise Fault("InvalidInput", "Name at least one setting to change.")
    if "MfaRequired" in given:
        # Who is signed in stays so.
        accounts.set_mfa_required(directory, call.account, required=given["MfaRequired"])
    if not given.keys().isdisjoint(_KEY_LIMITS):
        _set_key_limits(call, directory)
    if "TrailRetentionDays" in given:
        _set_trail_retention(call, directory)
    return {}


def _set_key_limits(call: AuthorizedCall, directory: Directory) -> None:
    present = _numbers(accounts.get_account(directory, call.account))
    warning, maximum = (call.parameters.get(name, present[name]) or None for name in _KEY_LIMITS)
    if warning is not None and maximum is not None and warning >= maximum:
        raise Fault(
            "InvalidInput",
            f"AccessKeyWarningDays ({warning}) must be less than AccessKeyMaximumDays ({maximum}).",
        )
    set_key_limits(directory, call.account, warning_days=warning, maximum_days=maximum, now=call.now)


def _set_trail_retention(call: AuthorizedCall, directory: Directory) -> None:
    days = call.parameters["TrailRetentionDays"]
    if 0 < days < _LEAST_RETENTION_DAYS:
        raise Fault("InvalidInput", f"TrailRetentionDays must be 0 or at least {_LEAST_RETENTION_DAYS}.")
    accounts.set_trail_retention(directory, call.account, days or None)


def _numbers(account: Account) -> dict[str, int | None]:
    return {
        "AccessKeyWarningDays": account.access_key_warning_days,
        "AccessKeyMaximumDays": account.access_key_maximum_days,
        "TrailRetentionDays": account.trail_retention_days,
    }


OPERATIONS = (
    Operation(
        "ostiary", "GetAccountSettings", anything("ostiary:GetAccountSettings"), get_account_settings, writes=False
    ),
    Operation(
        "ostiary",
        "UpdateAccountSettings",
        anything("ostiary:UpdateAccountSettings"),
        update_account_settings,
        writes=True,
    ),
)
