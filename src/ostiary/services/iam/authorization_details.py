"""GetAccountAuthorizationDetails: all that says who may do what."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
