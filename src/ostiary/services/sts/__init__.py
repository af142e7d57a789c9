"""STS's operations."""

from ostiary.services.sts import assume_role, caller, decode_authorization_message, session_token

OPERATIONS = {
    operation.name: operation
    for module in (assume_role, caller, decode_authorization_message, session_token)
    for operation in module.OPERATIONS
}
