"""IAM's operations on role templates and account properties."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
