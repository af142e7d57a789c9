"""Runs the migrations on an open connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for our scripts, bound to `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Apply all migrations that the database lacks, in the connection's own transaction."""
    command.upgrade(configuration(connection), "head")


def downgrade(connection: Connection, revision: str) -> None:
    """Go back to `revision`; `base` is an empty database."""
    command.downgrade(configuration(connection), revision)
