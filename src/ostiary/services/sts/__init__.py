"""STS's operations."""

from ostiary.services.sts import (
    assume_role,
    assume_role_with_saml,
    assume_role_with_web_identity,
    assume_root,
    caller,
    decode_authorization_message,
    delegated_access_token,
    federation_token,
    session_token,
    web_identity_token,
)

OPERATIONS = {
    operation.name: operation
    for module in (
        assume_role,
        assume_role_with_saml,
        assume_role_with_web_identity,
        assume_root,
        caller,
        decode_authorization_message,
        delegated_access_token,
        federation_token,
        session_token,
        web_identity_token,
    )
    for operation in module.OPERATIONS
}
