"""Statements that are put into the database's words once, and go straight to the driver: what is on every call's way.

SQLAlchemy takes ten times as long over a short statement as the database does.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement


class Prepared:
    """A statement whose values are given, and come back, as the driver has them: no column's type is asked.

    Args:
        statement: the statement, with bound parameters alone.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled = lru_cache(maxsize=4)(self._compile)

    def find_one(self, connection: Connection, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the first row, by column; None when there is none.

        Raises:
            DBAPIError: the database cannot do it.
        """
        text, names = self._compiled(connection.dialect)
        driver: Any = connection.connection.driver_connection
        try:
            cursor = driver.execute(text, _in_order(values, names))
            row = cursor.fetchone()
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._translated(connection, error) from error
        return None if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run it, in a writing transaction.

        Raises:
            DBAPIError: the database cannot do it.
        """
        text, names = self._compiled(connection.dialect)
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute(text, _in_order(values, names))
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._translated(connection, error) from error

    def _translated(self, connection: Connection, error: Exception) -> Exception:
        """Return an error of the driver's as SQLAlchemy would have told it."""
        dbapi = connection.dialect.loaded_dbapi
        return DBAPIError.instance(str(self._statement), None, error, dbapi.Error, hide_parameters=True)

    def _compile(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
        """Return it in a dialect's words, and the names of its values in order where it counts them."""
        compiled: Any = self._statement.compile(dialect=dialect)
        return str(compiled), tuple(compiled.positiontup) if compiled.positional else None


def _in_order(values: Mapping[str, Any], names: tuple[str, ...] | None) -> Any:
    return dict(values) if names is None else tuple([values[name] for name in names])
