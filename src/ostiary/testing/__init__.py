"""Puts policies under test: a pytest plugin with a fixture, and files that are tests. Loads nothing before its use."""
