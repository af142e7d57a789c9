"""Each operation of the service by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.values.operation import Operation

_NOUNS: tuple[tuple[Operation, ...], ...] = ()

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for operations in _NOUNS for operation in operations}
)
"""Each operation served, by the name that the service gives it."""
