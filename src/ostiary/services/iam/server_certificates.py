"""IAM's operations on server certificates."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
