"""IAM's operations on outbound web identity federation."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
