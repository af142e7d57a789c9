"""IAM's operations on the account's password policy."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
