"""IAM's operations on OpenID Connect providers."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
