"""Migrations of the schema, run by Alembic."""

HEAD = "0004"
"""The newest migration; known here without importing Alembic, and held true by a test."""

OLDER = frozenset({"0001", "0002", "0003"})
"""The migrations before it, from which a database is brought up to date when it is opened to be served."""
