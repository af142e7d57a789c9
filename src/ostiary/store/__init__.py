"""The database: its schema, how it is opened, and the two kinds of transaction on it."""

from ostiary.store.engine import Store, open_store
from ostiary.store.errors import SchemaMismatch, StoreError, StoreUnavailable

__all__ = ["SchemaMismatch", "Store", "StoreError", "StoreUnavailable", "open_store"]
