"""The service's operations, collected from the modules of its nouns."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services.ostiary import (
    account_settings,
    alerts,
    explain,
    passkeys,
    root_mfa,
    root_password,
    sign_in_sessions,
)
from ostiary.values.operation import Operation

_NOUNS = (passkeys, sign_in_sessions, account_settings, alerts, root_password, root_mfa, explain)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for noun in _NOUNS for operation in noun.OPERATIONS}
)
"""Each operation served, by the name that the service gives it."""
