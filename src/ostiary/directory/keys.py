"""Access keys, of users and of the root user."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, insert, select, update

from ostiary.credentials import account_of, mint_access_key_id, mint_secret_key
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.secret import SecretKey

_keys = schema.access_keys
_users = schema.users

# On every call's way, so built once.
_SIGNER = (
    select(_keys, _users.c.name, _users.c.path, _users.c.created_at.label("user_created_at"), _users.c.boundary_arn)
    .outerjoin(_users, (_users.c.account_id == _keys.c.account_id) & (_users.c.user_id == _keys.c.user_id))
    .where(_keys.c.account_id == bindparam("account"), _keys.c.access_key_id == bindparam("key"))
)
_RECORD_USE = (
    update(_keys)
    .where(_keys.c.account_id == bindparam("account"), _keys.c.access_key_id == bindparam("key"))
    .values(last_used_at=bindparam("at"), last_used_service=bindparam("service"), last_used_region=bindparam("region"))
)


@dataclass(frozen=True, slots=True)
class AccessKey:
    """An access key, without its secret."""

    account: AccountId
    access_key_id: AccessKeyId
    user_id: str | None
    """None for a key of the root user."""
    active: bool
    created_at: datetime
    last_used_at: datetime | None = None
    last_used_service: str | None = None
    last_used_region: str | None = None


@dataclass(frozen=True, slots=True)
class OwnedKey:
    """An access key, and whose it is."""

    key: AccessKey
    user_name: str | None
    """None for a key of the root user."""
    age_warned_at: datetime | None
    """When it was warned of for its age; None when it was not."""


@dataclass(frozen=True, slots=True)
class Signer:
    """What a signature is verified with, and whose it is."""

    key: AccessKey
    secret: SecretKey
    user: User | None
    """None for the root user."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One use of an access key."""

    access_key_id: AccessKeyId
    account: AccountId
    at: datetime
    service: str
    region: str


def create_access_key(
    directory: Directory, account: AccountId, user: User | None, *, now: datetime
) -> tuple[AccessKey, SecretKey]:
    """Create an active access key for a user, or for the root user when `user` is None.

    Returns:
        The key and its secret, which is kept sealed from now on and cannot be shown again.

    Raises:
        LimitExceeded: the owner has as many keys as one may have.
    """
    user_id = user.user_id if user else None
    present = rows.count(directory, _keys, account, _owned_by(user))
    require_room(directory, account, Quota.ACCESS_KEYS_PER_USER, present + 1)
    key = AccessKey(account, mint_access_key_id(account, temporary=False), user_id, True, now.replace(microsecond=0))  # noqa: FBT003 - a field
    secret = mint_secret_key()
    directory.connection.execute(
        insert(_keys).values(
            account_id=account,
            access_key_id=key.access_key_id,
            user_id=user_id,
            sealed_secret=directory.sealer.seal(secret.reveal().encode(), context=_seal_context(key.access_key_id)),
            active=True,
            created_at=now,
        )
    )
    return key, secret


def find_signer(directory: Directory, access_key_id: str) -> Signer | None:
    """Return what a long-term key's signatures are verified with, or None when there is no such key."""
    account = account_of(access_key_id)
    if account is None:
        return None
    return directory.once(account, ("signer", access_key_id), lambda: _fetch_signer(directory, account, access_key_id))


def find_access_key(directory: Directory, access_key_id: str) -> AccessKey | None:
    """Return the access key, of whichever account, or None."""
    account = account_of(access_key_id)
    if account is None:
        return None
    row = directory.connection.execute(select(_keys).where(_is(account, access_key_id))).first()
    return _build_key(row) if row else None


def list_access_keys(directory: Directory, account: AccountId, user: User | None, page: PageRequest) -> Page[AccessKey]:
    """Return the access keys of a user, or of the root user when `user` is None, by ID."""
    query = select(_keys).where(_keys.c.account_id == account, _owned_by(user))
    return fetch_page(directory, query, page, sort_key=_keys.c.access_key_id, build=_build_key)


def list_all_keys(directory: Directory, account: AccountId) -> list[OwnedKey]:
    """Return the access keys of all users and of the root user, by ID."""
    query = (
        select(_keys, _users.c.name)
        .outerjoin(_users, (_users.c.account_id == _keys.c.account_id) & (_users.c.user_id == _keys.c.user_id))
        .where(_keys.c.account_id == account)
        .order_by(_keys.c.access_key_id)
    )
    return [OwnedKey(_build_key(row), row.name, row.age_warned_at) for row in directory.connection.execute(query)]


def set_key_status(
    directory: Directory, account: AccountId, user: User | None, access_key_id: str, *, active: bool
) -> None:
    """Make a key of the owner usable or unusable.

    Raises:
        NoSuchEntity: the owner has no such key.
    """
    where = _is(account, access_key_id) & _owned_by(user)
    if directory.connection.execute(update(_keys).where(where).values(active=active)).rowcount == 0:
        raise NoSuchEntity(Noun.ACCESS_KEY, access_key_id)


def delete_access_key(directory: Directory, account: AccountId, user: User | None, access_key_id: str) -> None:
    """Delete a key of the owner.

    Raises:
        NoSuchEntity: the owner has no such key.
    """
    where = _is(account, access_key_id) & _owned_by(user)
    if directory.connection.execute(delete(_keys).where(where)).rowcount == 0:
        raise NoSuchEntity(Noun.ACCESS_KEY, access_key_id)


def record_uses(directory: Directory, uses: Iterable[KeyUse]) -> None:
    """Keep when and for what keys were last used; a key that is gone by now is passed over."""
    parameters = [
        {"account": use.account, "key": use.access_key_id, "at": use.at, "service": use.service, "region": use.region}
        for use in uses
    ]
    if parameters:
        directory.connection.execute(_RECORD_USE, parameters)


def _fetch_signer(directory: Directory, account: AccountId, access_key_id: str) -> Signer | None:
    row = directory.connection.execute(_SIGNER, {"account": account, "key": access_key_id}).first()
    if row is None:
        return None
    secret = directory.sealer.open(row.sealed_secret, context=_seal_context(row.access_key_id))
    user = (
        User(account, row.user_id, row.name, row.path, row.user_created_at, row.boundary_arn) if row.user_id else None
    )
    return Signer(_build_key(row), SecretKey(secret.decode()), user)


def _is(account: AccountId, access_key_id: str) -> ColumnElement[bool]:
    return (_keys.c.account_id == account) & (_keys.c.access_key_id == access_key_id)


def _owned_by(user: User | None) -> ColumnElement[bool]:
    return _keys.c.user_id == user.user_id if user else _keys.c.user_id.is_(None)


def _seal_context(access_key_id: str) -> str:
    return f"access-key/{access_key_id}"


def _build_key(row: Row[Any]) -> AccessKey:
    return AccessKey(
        account=row.account_id,
        access_key_id=row.access_key_id,
        user_id=row.user_id,
        active=row.active,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        last_used_service=row.last_used_service,
        last_used_region=row.last_used_region,
    )
