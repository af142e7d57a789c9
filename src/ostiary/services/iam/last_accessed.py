"""IAM's operations on what was last accessed, and by whom."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
