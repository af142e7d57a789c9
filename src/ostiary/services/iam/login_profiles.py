"""IAM's operations on passwords: login profiles and ChangePassword."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
