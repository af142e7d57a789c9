"""IAM's operations on signing certificates."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
