"""What all tables share."""

from sqlalchemy import Column, Integer, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ACCOUNT_ID = String(12)
UNIQUE_ID = String(32)
NAME = String(128)
PATH = String(512)
ARN = String(2048)


def position() -> Column[int]:
    """Return the column that keeps an imported order."""
    return Column("position", Integer, comment="among its like, of what was imported; null sorts last")


def account_key() -> Column[str]:
    """Return the column that each primary key begins with."""
    return Column("account_id", ACCOUNT_ID, primary_key=True)
