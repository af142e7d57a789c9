"""SetSecurityTokenServicePreferences: which tokens the global endpoint gives."""

from ostiary.values.operation import Operation

OPERATIONS: tuple[Operation, ...] = ()
