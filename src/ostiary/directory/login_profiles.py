"""Passwords of IAM users."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun
from ostiary.directory.users import User
from ostiary.store import schema

_profiles = schema.login_profiles
_former = schema.former_passwords

MOST_REMEMBERED = 24
"""More than a password policy can ask for are not kept."""


@dataclass(frozen=True, slots=True)
class LoginProfile:
    """A user's password, as its hash, and what goes with it."""

    password_hash: str = field(repr=False)
    must_change: bool
    """The next sign-in has to choose a new password."""
    created_at: datetime
    changed_at: datetime
    """When the password was last set."""


def create_login_profile(
    directory: Directory, user: User, *, password_hash: str, must_change: bool, now: datetime
) -> None:
    """Give a user a password.

    Raises:
        EntityAlreadyExists: the user has one.
    """
    if has_login_profile(directory, user):
        raise EntityAlreadyExists(Noun.LOGIN_PROFILE, user.name)
    directory.connection.execute(
        insert(_profiles).values(
            account_id=user.account,
            user_id=user.user_id,
            password_hash=password_hash,
            must_change=must_change,
            created_at=now,
        )
    )


def find_login_profile(directory: Directory, user: User) -> LoginProfile | None:
    """Return a user's password with what goes with it, or None when the user has none."""
    row = directory.connection.execute(select(_profiles).where(_is(user))).first()
    if row is None:
        return None
    return LoginProfile(row.password_hash, row.must_change, row.created_at, row.changed_at or row.created_at)


def get_login_profile(directory: Directory, user: User) -> LoginProfile:
    """Return a user's password with what goes with it.

    Raises:
        NoSuchEntity: the user has none.
    """
    if profile := find_login_profile(directory, user):
        return profile
    raise NoSuchEntity(Noun.LOGIN_PROFILE, user.name)


def has_login_profile(directory: Directory, user: User) -> bool:
    """Tell whether a user can sign in with a password."""
    return directory.connection.execute(select(_profiles.c.user_id).where(_is(user))).first() is not None


def set_password(directory: Directory, user: User, password_hash: str, *, now: datetime) -> None:
    """Replace a user's password; the one before is remembered.

    Raises:
        NoSuchEntity: the user has none.
    """
    _remember(directory, user, get_login_profile(directory, user))
    _set(directory, user, password_hash=password_hash, changed_at=now)


def set_must_change(directory: Directory, user: User, *, must_change: bool) -> None:
    """Say whether a user has to choose a new password at the next sign-in."""
    _set(directory, user, must_change=must_change)


def delete_login_profile(directory: Directory, user: User) -> None:
    """Take a user's password away; it is remembered as one that the user had.

    Raises:
        NoSuchEntity: the user has none.
    """
    _remember(directory, user, get_login_profile(directory, user))
    rows.delete_row(directory, _profiles.c.user_id, user.account, user.user_id)


def last_password_hashes(directory: Directory, user: User, most: int) -> list[str]:
    """Return the hashes of a user's last passwords, the present one among them, the newest first."""
    query = select(_former.c.password_hash).where(_had_by(user)).order_by(_former.c.number.desc()).limit(most)
    profile = find_login_profile(directory, user)
    present = [profile.password_hash] if profile else []
    return [*present, *directory.connection.scalars(query)][:most]


def _remember(directory: Directory, user: User, profile: LoginProfile) -> None:
    newest = directory.connection.scalar(select(func.max(_former.c.number)).where(_had_by(user))) or 0
    directory.connection.execute(
        insert(_former).values(
            account_id=user.account,
            user_id=user.user_id,
            number=newest + 1,
            password_hash=profile.password_hash,
        )
    )
    too_old = _former.c.number <= newest + 1 - MOST_REMEMBERED
    directory.connection.execute(delete(_former).where(_had_by(user), too_old))


def _set(directory: Directory, user: User, **values: Any) -> None:
    directory.connection.execute(update(_profiles).where(_is(user)).values(**values))


def _is(user: User) -> ColumnElement[bool]:
    return (_profiles.c.account_id == user.account) & (_profiles.c.user_id == user.user_id)


def _had_by(user: User) -> ColumnElement[bool]:
    return (_former.c.account_id == user.account) & (_former.c.user_id == user.user_id)
