"""IAM's operations on outbound web identity federation: may the account's principals have tokens for other services?

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_getting_started.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.outbound_federation import (
    OutboundFederation,
    disable_federation,
    enable_federation,
    find_federation,
)
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def enable_outbound_web_identity_federation(call: AuthorizedCall, directory: Directory) -> Output:
    """Enable the feature, and return the URL of the account's issuer.

    Raises:
        Fault: `FeatureEnabled`, it is enabled already.
    """
    found = find_federation(directory, call.account)
    if found is not None and found.enabled:
        raise Fault(
            "FeatureEnabled",
            "The request failed because outbound identity federation is already enabled for your AWS account. "
            "You cannot enable the feature multiple times.",
            status=409,
        )
    return {"IssuerIdentifier": enable_federation(directory, call.account).issuer}


def disable_outbound_web_identity_federation(call: AuthorizedCall, directory: Directory) -> Output:
    """Disable the feature; tokens that were issued stay good for their time."""
    _enabled(call, directory)
    disable_federation(directory, call.account)
    return {}


def get_outbound_web_identity_federation_info(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the URL of the account's issuer."""
    return {"IssuerIdentifier": _enabled(call, directory).issuer, "JwtVendingEnabled": True}


def _enabled(call: AuthorizedCall, directory: Directory) -> OutboundFederation:
    found = find_federation(directory, call.account)
    if found is not None and found.enabled:
        return found
    raise Fault(
        "FeatureDisabled",
        "The request failed because outbound identity federation is already disabled for your AWS account. "
        "You cannot disable the feature multiple times.",
        status=404,
    )


OPERATIONS = (
    Operation(
        "iam",
        "EnableOutboundWebIdentityFederation",
        targets.anything("iam:EnableOutboundWebIdentityFederation"),
        enable_outbound_web_identity_federation,
        writes=True,
    ),
    Operation(
        "iam",
        "DisableOutboundWebIdentityFederation",
        targets.anything("iam:DisableOutboundWebIdentityFederation"),
        disable_outbound_web_identity_federation,
        writes=True,
    ),
    Operation(
        "iam",
        "GetOutboundWebIdentityFederationInfo",
        targets.anything("iam:GetOutboundWebIdentityFederationInfo"),
        get_outbound_web_identity_federation_info,
        writes=False,
    ),
)
