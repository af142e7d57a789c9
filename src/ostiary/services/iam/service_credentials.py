"""IAM's operations on service-specific credentials."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
