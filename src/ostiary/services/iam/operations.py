"""IAM's operations, collected from the modules of its nouns."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services.iam import (
    access_keys,
    account,
    attachments,
    boundaries,
    context_keys,
    groups,
    inline_policies,
    policies,
    policy_entities,
    policy_versions,
    roles,
    simulate,
    tags,
    users,
)
from ostiary.values.operation import Operation

_NOUNS = (
    users,
    access_keys,
    groups,
    roles,
    policies,
    policy_versions,
    policy_entities,
    attachments,
    inline_policies,
    boundaries,
    tags,
    account,
    simulate,
    context_keys,
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for noun in _NOUNS for operation in noun.OPERATIONS}
)
"""Each operation served, by the name that the API gives it."""
