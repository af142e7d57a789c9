"""Access keys by their age: which are to be warned of, and which are to be deactivated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccessKeyId, AccountId

_keys = schema.access_keys
_users = schema.users


@dataclass(frozen=True, slots=True)
class AgingKey:
    """An access key that came to an age, and whose it is."""

    access_key_id: AccessKeyId
    user_name: str | None
    """None for a key of the root user."""
    created_at: datetime


def list_keys_to_warn_of(directory: Directory, account: AccountId, *, made_by: datetime, most: int) -> list[AgingKey]:
    """Return the oldest active keys that were made by then and were not warned of yet."""
    return _list(directory, account, made_by, most, _keys.c.age_warned_at.is_(None))


def list_keys_to_deactivate(
    directory: Directory, account: AccountId, *, made_by: datetime, most: int
) -> list[AgingKey]:
    """Return the oldest active keys that were made by then."""
    return _list(directory, account, made_by, most)


def note_age_warnings(directory: Directory, account: AccountId, of: Sequence[AgingKey], *, now: datetime) -> None:
    """Note that keys were warned of."""
    _set(directory, account, of, age_warned_at=now)


def deactivate_keys(directory: Directory, account: AccountId, of: Sequence[AgingKey]) -> None:
    """Make keys unusable."""
    _set(directory, account, of, active=False)


def forget_age_warnings(directory: Directory, account: AccountId, *, made_after: datetime) -> None:
    """Forget that keys were warned of which were made after that, so that they are warned of anew."""
    younger = (_keys.c.account_id == account) & (_keys.c.created_at > made_after)
    directory.connection.execute(update(_keys).where(younger).values(age_warned_at=None))


def _list(
    directory: Directory, account: AccountId, made_by: datetime, most: int, *where: ColumnElement[bool]
) -> list[AgingKey]:
    query: Select[Any] = (
        select(_keys.c.access_key_id, _users.c.name, _keys.c.created_at)
        .outerjoin(_users, (_users.c.account_id == _keys.c.account_id) & (_users.c.user_id == _keys.c.user_id))
        .where(_keys.c.account_id == account, _keys.c.active, _keys.c.created_at <= made_by, *where)
        .order_by(_keys.c.created_at, _keys.c.access_key_id)
        .limit(most)
    )
    return [AgingKey(row.access_key_id, row.name, row.created_at) for row in directory.connection.execute(query)]


def _set(directory: Directory, account: AccountId, of: Sequence[AgingKey], **values: Any) -> None:
    ids = [key.access_key_id for key in of]
    if ids:
        these = (_keys.c.account_id == account) & _keys.c.access_key_id.in_(ids)
        directory.connection.execute(update(_keys).where(these).values(**values))
