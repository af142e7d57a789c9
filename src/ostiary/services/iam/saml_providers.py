"""IAM's operations on SAML providers."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
