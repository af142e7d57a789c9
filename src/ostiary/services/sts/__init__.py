"""STS's operations."""

from ostiary.services.sts import assume_role, caller, session_token

OPERATIONS = {
    operation.name: operation for module in (assume_role, caller, session_token) for operation in module.OPERATIONS
}
