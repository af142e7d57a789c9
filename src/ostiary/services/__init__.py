"""The APIs that Ostiary serves: a package per service, a function per operation."""

from ostiary.services.iam.login_profiles import CHOOSE_PASSWORD
from ostiary.services.ostiary.passkeys import new_passkey_options, verify_new_passkey
from ostiary.services.served import find_operation, served_operations
from ostiary.services.sts.credentials import mint_credentials

__all__ = [
    "CHOOSE_PASSWORD",
    "find_operation",
    "mint_credentials",
    "new_passkey_options",
    "served_operations",
    "verify_new_passkey",
]
