"""IAM's operations on the credential report."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
