"""IAM users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Hanger, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page, under_path
from ostiary.directory.quotas import require_room
from ostiary.directory.trust import rename_principal
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_users = schema.users

_FEW = 500
_LAST = "\x80"
"""Comes after every character that a path may have."""

_BY_ID = select(_users).where(_users.c.account_id == bindparam("account"), _users.c.user_id == bindparam("user_id"))

_HANGERS = {
    schema.attachments.c.entity_id: Hanger.ATTACHED_POLICIES,
    schema.inline_policies.c.entity_id: Hanger.INLINE_POLICIES,
    schema.access_keys.c.user_id: Hanger.ACCESS_KEYS,
    schema.login_profiles.c.user_id: Hanger.LOGIN_PROFILE,
    schema.mfa_devices.c.owner_id: Hanger.MFA_DEVICES,
    schema.signing_certificates.c.owner_id: Hanger.SIGNING_CERTIFICATES,
    schema.ssh_public_keys.c.user_id: Hanger.SSH_PUBLIC_KEYS,
    schema.service_credentials.c.user_id: Hanger.SERVICE_CREDENTIALS,
    schema.memberships.c.user_id: Hanger.GROUPS,
}


@dataclass(frozen=True, slots=True)
class User:
    """An IAM user."""

    account: AccountId
    user_id: str
    name: str
    path: str
    created_at: datetime
    boundary_arn: str | None = None
    password_last_used_at: datetime | None = None

    @property
    def arn(self) -> str:
        """The user's ARN, path included."""
        return iam_arn(self.account, "user", self.path, self.name)

    @property
    def unique_id(self) -> str:
        """What policies and tags hang on; it stays when the user is renamed and is never used again."""
        return self.user_id


def create_user(
    directory: Directory,
    account: AccountId,
    name: str,
    *,
    path: str = "/",
    boundary_arn: str | None = None,
    now: datetime,
) -> User:
    """Create a user without any permission or credential.

    Raises:
        EntityAlreadyExists: a user of that name exists, without regard to case.
        LimitExceeded: the account's quota of users is full.
    """
    user = User(account, mint_unique_id("AIDA", account), name, path, now.replace(microsecond=0), boundary_arn)
    rows.insert_named(
        directory,
        _users,
        Noun.USER,
        {
            "account_id": account,
            "user_id": user.user_id,
            "name": name,
            "path": path,
            "boundary_arn": boundary_arn,
            "created_at": now,
        },
    )
    require_room(directory, account, Quota.USERS, rows.count(directory, _users, account))
    return user


def find_user(directory: Directory, account: AccountId, name: str) -> User | None:
    """Return the user called `name`, without regard to case, or None."""
    row = rows.find_named(directory, _users, account, name)
    return build_user(row) if row else None


def find_user_by_id(directory: Directory, account: AccountId, user_id: str) -> User | None:
    """Return the user whose unique ID is `user_id` (`AIDA…`), or None."""
    row = directory.once(
        account,
        ("users by id", user_id),
        lambda: directory.connection.execute(_BY_ID, {"account": account, "user_id": user_id}).first(),
    )
    return build_user(row) if row else None


def note_sign_in(directory: Directory, user: User, *, now: datetime) -> None:
    """Remember when a user's password was last used."""
    mine = (_users.c.account_id == user.account) & (_users.c.user_id == user.user_id)
    directory.connection.execute(update(_users).where(mine).values(password_last_used_at=now))


def get_user_by_id(directory: Directory, account: AccountId, user_id: str) -> User:
    """Return the user whose unique ID is `user_id` (`AIDA…`).

    Raises:
        NoSuchEntity: there is none.
    """
    if user := find_user_by_id(directory, account, user_id):
        return user
    raise NoSuchEntity(Noun.USER, user_id)


def get_user(directory: Directory, account: AccountId, name: str) -> User:
    """Return the user called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    if user := find_user(directory, account, name):
        return user
    raise NoSuchEntity(Noun.USER, name)


def list_users(directory: Directory, account: AccountId, page: PageRequest, path_prefix: str = "/") -> Page[User]:
    """Return the users whose path begins with `path_prefix`, by name without regard to case."""
    query = select(_users).where(_users.c.account_id == account, _under(directory, account, path_prefix))
    return fetch_page(directory, query, page, sort_key=_users.c.name_key, build=build_user)


def update_user(directory: Directory, user: User, *, new_name: str | None = None, new_path: str | None = None) -> None:
    """Rename or move a user; all that hangs on the user stays, and roles that trust the user still do.

    Raises:
        EntityAlreadyExists: another user has the new name.
    """
    name, path = new_name or user.name, new_path or user.path
    rows.rename(directory, _is(user.account, user.user_id), _users, Noun.USER, name=name, path=path)
    rename_principal(directory, user.arn, iam_arn(user.account, "user", path, name))


def set_boundary(directory: Directory, user: User, boundary_arn: str | None) -> None:
    """Set the managed policy that bounds the user's permissions, or take it away with None."""
    directory.connection.execute(
        update(_users).where(_is(user.account, user.user_id)).values(boundary_arn=boundary_arn)
    )


def delete_user(directory: Directory, user: User) -> None:
    """Delete a user on which nothing hangs any more; tags go with the user, and the trust of roles in it ends.

    Raises:
        DeleteConflict: a policy, group, access key or login profile still hangs on the user.
    """
    rows.require_nothing_on(directory, user.account, user.user_id, _HANGERS)
    rows.delete_row(directory, schema.tags.c.entity_id, user.account, user.user_id)
    rows.delete_row(directory, schema.former_passwords.c.user_id, user.account, user.user_id)
    rows.delete_row(directory, _users.c.user_id, user.account, user.user_id)
    rename_principal(directory, user.arn, user.user_id)


def build_user(row: Row[Any]) -> User:
    """Return the user in a row of the users table."""
    return User(
        account=row.account_id,
        user_id=row.user_id,
        name=row.name,
        path=row.path,
        created_at=row.created_at,
        boundary_arn=row.boundary_arn,
        password_last_used_at=row.password_last_used_at,
    )


def _under(directory: Directory, account: AccountId, prefix: str) -> ColumnElement[bool]:
    """Return the condition that a user's path begins with `prefix`, in the form in which a page is found soonest."""
    # What begins with a prefix lies between it and the next text of its length, where the index on paths finds it.
    among = _users.c.path.between(prefix, prefix + _LAST)
    found = select(_users.c.path).where(_users.c.account_id == account, among).limit(_FEW).subquery()
    if (directory.connection.scalar(select(func.count()).select_from(found)) or 0) < _FEW:
        return among
    # Sorting so many costs more than walking all users in the order of their names till the page is full.
    return under_path(_users.c.path, prefix)


def _is(account: AccountId, user_id: str) -> ColumnElement[bool]:
    return (_users.c.account_id == account) & (_users.c.user_id == user_id)
