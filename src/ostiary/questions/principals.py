"""Who asks: a role as a session of it, and the condition keys that follow from a principal."""

import re
from collections.abc import Mapping
from typing import Any

from ostiary.policy import Principal, PrincipalKind

SESSION_NAME = "session"
"""What the session is called when a role's ARN is given for a principal: a role acts only in sessions."""

_ROLE_ARN = re.compile(r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>[0-9]{12}):role/([^/]+/)*(?P<name>[^/]+)")
_PRINCIPAL_TYPES = {
    PrincipalKind.ROOT: "Account",
    PrincipalKind.USER: "User",
    PrincipalKind.ROLE_SESSION: "AssumedRole",
    PrincipalKind.FEDERATED_USER: "FederatedUser",
    PrincipalKind.ANONYMOUS: "Anonymous",
}


def as_session(principal: str | Mapping[str, Any]) -> str | Mapping[str, Any]:
    """Return a role's ARN as the principal that a session of the role is, and any other principal as it is."""
    role = _ROLE_ARN.fullmatch(principal) if isinstance(principal, str) else None
    if role is None:
        return principal
    arn = f"arn:{role['partition']}:sts::{role['account']}:assumed-role/{role['name']}/{SESSION_NAME}"
    return {"kind": "role_session", "arn": arn, "account": role["account"], "issuer_arn": role[0]}


def principal_context(principal: Principal) -> dict[str, str]:
    """Return the condition keys that follow from who asks.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    is_session = principal.kind is PrincipalKind.ROLE_SESSION and principal.issuer_arn
    name = principal.arn.rpartition("/")[2]
    unique_ids = {
        PrincipalKind.ROOT: principal.account,
        PrincipalKind.USER: principal.unique_id,
        PrincipalKind.ROLE_SESSION: principal.issuer_id and f"{principal.issuer_id}:{name}",
    }
    is_service = principal.kind is PrincipalKind.SERVICE
    found = {
        "aws:PrincipalArn": (principal.issuer_arn if is_session else principal.arn) if principal.account else None,
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalType": _PRINCIPAL_TYPES.get(principal.kind),
        "aws:PrincipalIsAWSService": "true" if is_service else "false",
        "aws:PrincipalServiceName": principal.arn if is_service else None,
        "aws:username": name if principal.kind is PrincipalKind.USER else None,
        "aws:userid": unique_ids.get(principal.kind),
    }
    return {key: value for key, value in found.items() if value}
