"""Passwords of IAM users."""

from datetime import datetime

from sqlalchemy import insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, Noun
from ostiary.directory.users import User
from ostiary.store import schema

_profiles = schema.login_profiles


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


def has_login_profile(directory: Directory, user: User) -> bool:
    """Tell whether a user can sign in with a password."""
    where = (_profiles.c.account_id == user.account) & (_profiles.c.user_id == user.user_id)
    return directory.connection.execute(select(_profiles.c.user_id).where(where)).first() is not None
