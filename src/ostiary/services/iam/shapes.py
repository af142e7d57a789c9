"""Parts that several of IAM's answers share."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote


def tags_shape(tags: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return tags as IAM's list of `Tag`."""
    return [{"Key": key, "Value": value} for key, value in tags]


def boundary_shape(policy_arn: str) -> dict[str, Any]:
    """Return a boundary as IAM's `AttachedPermissionsBoundary`."""
    return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": policy_arn}


def document_shape(document: str) -> str:
    """Return a policy document as IAM's answers carry it: percent-encoded as RFC 3986 has it."""
    return quote(document, safe="")


def attached_shape(policy_arn: str) -> dict[str, Any]:
    """Return an attached policy as IAM's `AttachedPolicy`."""
    return {"PolicyName": policy_arn.rpartition("/")[2], "PolicyArn": policy_arn}


def version_id(version: int) -> str:
    """Return a policy version's number as IAM's `VersionId`."""
    return f"v{version}"
