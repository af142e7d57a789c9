"""What can go wrong with the database.

StoreError
├── StoreUnavailable   it cannot be opened or written: the message says why
└── SchemaMismatch     it was made by another version of Ostiary
"""


class StoreError(Exception):
    """The database cannot be used as it is."""


class StoreUnavailable(StoreError):  # noqa: N818 - named after the state, as HTTP's 503 is
    """The database cannot be opened, locked or written."""


class SchemaMismatch(StoreError):  # noqa: N818 - named after the state
    """The database's schema is older or newer than this version of Ostiary."""
