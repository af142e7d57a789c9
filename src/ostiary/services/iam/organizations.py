"""IAM's operations on an organisation's root access features and reports."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
