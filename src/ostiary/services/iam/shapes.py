"""Parts that several of IAM's answers share."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


def tags_shape(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Return tags as IAM's list of `Tag`."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def boundary_shape(policy_arn: str) -> dict[str, Any]:
    """Return a boundary as IAM's `AttachedPermissionsBoundary`."""
    return {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": policy_arn}


def document_shape(document: str) -> str:
    """Return a policy document as IAM's answers carry it: percent-encoded as RFC 3986 has it."""
    return quote(document, safe="")
