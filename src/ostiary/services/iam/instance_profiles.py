"""IAM's operations on instance profiles."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
