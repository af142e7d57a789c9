"""How people sign in to the account."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.services.iam.targets import anything
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def get_account_settings(call: AuthorizedCall, directory: Directory) -> Output:
    """Return whether everybody needs a second factor to sign in."""
    return {"MfaRequired": accounts.get_account(directory, call.account).mfa_required}


def update_account_settings(call: AuthorizedCall, directory: Directory) -> Output:
    """Say whether everybody needs a second factor to sign in; who is signed in stays so."""
    accounts.set_mfa_required(directory, call.account, required=call.parameters["MfaRequired"])
    return {}


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
