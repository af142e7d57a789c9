"""SetSecurityTokenServicePreferences: which tokens the global endpoint gives."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

_VERSIONS = {"v1Token": 1, "v2Token": 2}


def set_security_token_service_preferences(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Keep the preference, which GetAccountSummary shows; our tokens are good in every region either way."""
    version = _VERSIONS[call.parameters["GlobalEndpointTokenVersion"]]
    accounts.set_global_token_version(directory, call.account, version)
    return {}


OPERATIONS = (
    Operation(
        "iam",
        "SetSecurityTokenServicePreferences",
        targets.anything("iam:SetSecurityTokenServicePreferences"),
        set_security_token_service_preferences,
        writes=True,
    ),
)
