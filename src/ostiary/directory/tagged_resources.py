"""What of an account bears tags that the tagging service can find: everything with tags but users and roles.

Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Row, select

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_tags = schema.tags


@dataclass(frozen=True, slots=True)
class TaggedResource:
    """A resource that has tags."""

    kind: str
    """The resource type as its ARN has it: `policy`, `instance-profile`."""
    arn: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Kind:
    unique_id: Column[Any]
    arn: Callable[[Row[Any]], str]


def _named(kind: str) -> Callable[[Row[Any]], str]:
    return lambda row: iam_arn(row.account_id, kind, row.path, row.name)


_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "policy": _Kind(schema.policies.c.policy_id, lambda row: row.arn),
        "instance-profile": _Kind(schema.instance_profiles.c.instance_profile_id, _named("instance-profile")),
        "server-certificate": _Kind(schema.server_certificates.c.certificate_id, _named("server-certificate")),
        "mfa": _Kind(schema.mfa_devices.c.device_id, lambda row: row.serial_number),
        "oidc-provider": _Kind(
            schema.oidc_providers.c.provider_id, lambda row: iam_arn(row.account_id, "oidc-provider", "/", row.url)
        ),
        "saml-provider": _Kind(
            schema.saml_providers.c.provider_id, lambda row: iam_arn(row.account_id, "saml-provider", "/", row.name)
        ),
    }
)

RESOURCE_KINDS = frozenset(_KINDS)
"""The resource types that can be found."""


def list_tagged_resources(directory: Directory, account: AccountId) -> list[TaggedResource]:
    """Return all resources that have tags, in order of their ARNs."""
    found = (resource for kind in _KINDS for resource in _of_kind(directory, account, kind))
    return sorted(found, key=lambda resource: resource.arn)


def _of_kind(directory: Directory, account: AccountId, kind: str) -> list[TaggedResource]:
    unique_id, arn = _KINDS[kind].unique_id, _KINDS[kind].arn
    table = unique_id.table
    # Tags and tables both have columns that are called `key` or `name`; those of the tag are told apart by a label.
    query = (
        select(table, unique_id.label("resource_id"), _tags.c.key.label("tag_key"), _tags.c.value.label("tag_value"))
        .join(_tags, (_tags.c.account_id == table.c.account_id) & (_tags.c.entity_id == unique_id))
        .where(table.c.account_id == account)
        .order_by(unique_id, _tags.c.key_fold)
    )
    resources = []
    for _, group in groupby(directory.connection.execute(query), key=lambda row: row.resource_id):
        rows = list(group)
        resources.append(TaggedResource(kind, arn(rows[0]), {row.tag_key: row.tag_value for row in rows}))
    return resources
