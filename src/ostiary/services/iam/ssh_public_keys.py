"""IAM's operations on SSH public keys."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
