"""IAM's operations on service-linked roles."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
