"""What users, groups, roles and policies share in the database: a name in an account, and things hanging on them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Insert,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from ostiary.directory.directory import Directory
from ostiary.directory.errors import DeleteConflict, EntityAlreadyExists, Hanger, Noun
from ostiary.values.identifiers import AccountId


def count(directory: Directory, table: Table, account: AccountId, *where: ColumnElement[bool]) -> int:
    """Return how many rows of `table` the account has."""
    query = _counting(table).where(*where) if where else _counting(table)
    return directory.connection.scalar(query, {"account": account}) or 0


def find_named(directory: Directory, table: Table, account: AccountId, name: str) -> Row[Any] | None:
    """Return the row whose name is `name` without regard to case."""
    folded = name.lower()
    return directory.once(
        account,
        (table.name, folded),
        lambda: directory.connection.execute(_named(table), {"account": account, "folded": folded}).first(),
    )


def insert_named(directory: Directory, table: Table, noun: Noun, values: Mapping[str, Any]) -> None:
    """Insert a row that has a name. When it fails the transaction can only be rolled back.

    Raises:
        EntityAlreadyExists: the account has a row of that name, without regard to case.
    """
    name = values["name"]
    try:
        directory.connection.execute(_insertion(table), {**values, "name_key": name.lower()})
    except IntegrityError as error:
        raise EntityAlreadyExists(noun, name) from error


def rename(
    directory: Directory, identity: ColumnElement[bool], table: Table, noun: Noun, *, name: str, path: str
) -> None:
    """Give the one row that `identity` selects a name and path. When it fails the transaction can only be rolled back.

    Raises:
        EntityAlreadyExists: another row of the account has the name.
    """
    try:
        directory.connection.execute(update(table).where(identity).values(name=name, name_key=name.lower(), path=path))
    except IntegrityError as error:
        raise EntityAlreadyExists(noun, name) from error


def require_nothing_on(
    directory: Directory, account: AccountId, unique_id: str, hangers: Mapping[Column[Any], Hanger]
) -> None:
    """Check that nothing hangs on an entity any more, in the order of `hangers`.

    Args:
        directory: the transaction to read in.
        account: the entity's account.
        unique_id: the entity's unique ID.
        hangers: columns that hold the entity's unique ID, and what their rows are.

    Raises:
        DeleteConflict: something does.
    """
    for column, hanger in hangers.items():
        query = select(exists().where(column.table.c.account_id == account, column == unique_id))
        if directory.connection.scalar(query):
            raise DeleteConflict(hanger)


def delete_row(directory: Directory, column: Column[Any], account: AccountId, unique_id: str) -> bool:
    """Delete the account's rows whose `column` is `unique_id`; tell whether there were any."""
    table = column.table
    deleted = directory.connection.execute(delete(table).where(table.c.account_id == account, column == unique_id))
    return deleted.rowcount > 0


# Building a statement costs several times what running it does, so those on every call's way are built once.


@cache
def _named(table: Table) -> Select[Any]:
    return select(table).where(table.c.account_id == bindparam("account"), table.c.name_key == bindparam("folded"))


@cache
def _counting(table: Table) -> Select[int]:
    return select(func.count()).select_from(table).where(table.c.account_id == bindparam("account"))


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)
