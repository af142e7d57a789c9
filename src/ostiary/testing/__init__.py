"""Puts policies under test: a pytest plugin with a fixture, and files that are tests. Loads nothing before its use."""

from ostiary.testing.unknown_action import UnknownActionWarning

__all__ = ["UnknownActionWarning"]
