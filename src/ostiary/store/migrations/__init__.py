"""Migrations of the schema, run by Alembic."""

HEAD = "0001"
"""The newest migration; known here without importing Alembic, and held true by a test."""
