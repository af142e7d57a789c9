"""A directory on a database of its own."""

from tests.directory.conftest import directory, store

__all__ = ["directory", "store"]
