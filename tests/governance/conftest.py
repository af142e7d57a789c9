"""The directory that the tests of it have: on a database of its own, with two accounts in it."""

from tests.directory.conftest import directory, store

__all__ = ["directory", "store"]
