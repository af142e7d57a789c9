"""Lists in pages: what to ask for, what comes back, and where the next page begins.

A page is cut by the sort key of its last row, so that a marker stays good when rows before or after it come or go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func

from ostiary.directory.directory import Directory

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """At most `size` rows, those behind the row whose sort key is `after`."""

    size: int = 100
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in order; `next_after` is None on the last page."""

    items: tuple[T, ...]
    next_after: str | None = None


def fetch_page(
    directory: Directory,
    query: Select[Any],
    page: PageRequest,
    *,
    sort_key: ColumnElement[str],
    build: Callable[[Row[Any]], T],
) -> Page[T]:
    """Run `query` for one page.

    Args:
        directory: the transaction to read in.
        query: selects the rows; it must be free of order and limit.
        page: which part of them.
        sort_key: a column, unique among the rows, that orders them.
        build: makes the value from a row.
    """
    query = query.add_columns(sort_key.label("page_key"))
    if page.after is not None:
        query = query.where(sort_key > page.after)
    rows = directory.connection.execute(query.order_by(sort_key).limit(page.size + 1)).all()
    shown = rows[: page.size]
    more = len(rows) > page.size
    return Page(tuple(build(row) for row in shown), shown[-1].page_key if more else None)


def under_path(path: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that `path` begins with `prefix`.

    Paths tell upper case from lower; LIKE does not on every database, so it is not used.
    """
    return func.substr(path, 1, len(prefix)) == prefix


def sorted_afterwards(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a sort key with the column's values, for a query that picks few rows out of many by something else.

    SQLite would walk all rows in the order of the column's index, to save itself sorting the few; no index has the
    order of an expression.
    """
    return column.concat("")
