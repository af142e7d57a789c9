"""IAM Access Analyzer's operations."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services.access_analyzer import policy_checks, policy_generations
from ostiary.values.operation import Operation

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for module in (policy_checks, policy_generations) for operation in module.OPERATIONS}
)
"""Each operation served, by the name that the API gives it."""
