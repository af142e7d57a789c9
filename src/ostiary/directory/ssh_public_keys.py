"""SSH public keys of IAM users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from ostiary.credentials import SshPublicKey, mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User
from ostiary.store import schema

_keys = schema.ssh_public_keys


@dataclass(frozen=True, slots=True)
class UploadedKey:
    """An SSH public key of a user."""

    key_id: str
    body: str
    """As it was uploaded."""
    fingerprint: str
    active: bool
    uploaded_at: datetime


def upload_ssh_public_key(
    directory: Directory, user: User, body: str, parsed: SshPublicKey, *, now: datetime
) -> UploadedKey:
    """Give a user a public key, which is active.

    Raises:
        EntityAlreadyExists: the user has that key.
        LimitExceeded: the user has as many keys as one may have.
    """
    of_user = _of(user)
    if rows.count(directory, _keys, user.account, of_user, _keys.c.fingerprint == parsed.fingerprint):
        raise EntityAlreadyExists(Noun.SSH_PUBLIC_KEY, parsed.fingerprint)
    present = rows.count(directory, _keys, user.account, of_user)
    require_room(directory, user.account, Quota.SSH_PUBLIC_KEYS_PER_USER, present + 1)
    key = UploadedKey(
        key_id=mint_unique_id("APKA", user.account),
        body=body,
        fingerprint=parsed.fingerprint,
        active=True,
        uploaded_at=now.replace(microsecond=0),
    )
    directory.connection.execute(
        insert(_keys).values(
            account_id=user.account,
            key_id=key.key_id,
            user_id=user.user_id,
            fingerprint=key.fingerprint,
            body=key.body,
            active=True,
            uploaded_at=now,
        )
    )
    return key


def get_ssh_public_key(directory: Directory, user: User, key_id: str) -> UploadedKey:
    """Return a key of the user.

    Raises:
        NoSuchEntity: the user has no such key.
    """
    row = directory.connection.execute(select(_keys).where(_is(user, key_id))).first()
    if row is None:
        raise NoSuchEntity(Noun.SSH_PUBLIC_KEY, key_id)
    return _build_key(row)


def list_ssh_public_keys(directory: Directory, user: User, page: PageRequest) -> Page[UploadedKey]:
    """Return the keys of a user, by ID."""
    query = select(_keys).where(_of(user))
    return fetch_page(directory, query, page, sort_key=_keys.c.key_id, build=_build_key)


def set_ssh_public_key_status(directory: Directory, user: User, key_id: str, *, active: bool) -> None:
    """Make a key of the user usable or unusable.

    Raises:
        NoSuchEntity: the user has no such key.
    """
    changed = directory.connection.execute(update(_keys).where(_is(user, key_id)).values(active=active))
    if changed.rowcount == 0:
        raise NoSuchEntity(Noun.SSH_PUBLIC_KEY, key_id)


def delete_ssh_public_key(directory: Directory, user: User, key_id: str) -> None:
    """Delete a key of the user.

    Raises:
        NoSuchEntity: the user has no such key.
    """
    if directory.connection.execute(delete(_keys).where(_is(user, key_id))).rowcount == 0:
        raise NoSuchEntity(Noun.SSH_PUBLIC_KEY, key_id)


def _of(user: User) -> ColumnElement[bool]:
    return (_keys.c.account_id == user.account) & (_keys.c.user_id == user.user_id)


def _is(user: User, key_id: str) -> ColumnElement[bool]:
    return _of(user) & (_keys.c.key_id == key_id)


def _build_key(row: Row[Any]) -> UploadedKey:
    return UploadedKey(row.key_id, row.body, row.fingerprint, row.active, row.uploaded_at)
