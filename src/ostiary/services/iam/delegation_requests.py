"""IAM's operations on delegation requests."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
