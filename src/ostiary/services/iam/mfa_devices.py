"""IAM's operations on MFA devices."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
