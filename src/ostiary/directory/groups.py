"""Groups of users, and who is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Hanger, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page, sorted_afterwards, under_path
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User, build_user
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_groups = schema.groups
_memberships = schema.memberships

_HANGERS = {
    schema.memberships.c.group_id: Hanger.MEMBERS,
    schema.attachments.c.entity_id: Hanger.ATTACHED_POLICIES,
    schema.inline_policies.c.entity_id: Hanger.INLINE_POLICIES,
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of IAM users."""

    account: AccountId
    group_id: str
    name: str
    path: str
    created_at: datetime

    @property
    def arn(self) -> str:
        """The group's ARN, path included."""
        return iam_arn(self.account, "group", self.path, self.name)

    @property
    def unique_id(self) -> str:
        """What policies and tags hang on; it stays when the group is renamed and is never used again."""
        return self.group_id


def create_group(directory: Directory, account: AccountId, name: str, *, path: str = "/", now: datetime) -> Group:
    """Create an empty group.

    Raises:
        EntityAlreadyExists: a group of that name exists, without regard to case.
        LimitExceeded: the account's quota of groups is full.
    """
    group = Group(account, mint_unique_id("AGPA", account), name, path, now.replace(microsecond=0))
    rows.insert_named(
        directory,
        _groups,
        Noun.GROUP,
        {"account_id": account, "group_id": group.group_id, "name": name, "path": path, "created_at": now},
    )
    require_room(directory, account, Quota.GROUPS, rows.count(directory, _groups, account))
    return group


def find_group(directory: Directory, account: AccountId, name: str) -> Group | None:
    """Return the group called `name`, without regard to case, or None."""
    row = rows.find_named(directory, _groups, account, name)
    return _build_group(row) if row else None


def get_group(directory: Directory, account: AccountId, name: str) -> Group:
    """Return the group called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    if group := find_group(directory, account, name):
        return group
    raise NoSuchEntity(Noun.GROUP, name)


def list_groups(directory: Directory, account: AccountId, page: PageRequest, path_prefix: str = "/") -> Page[Group]:
    """Return the groups whose path begins with `path_prefix`, by name without regard to case."""
    query = select(_groups).where(_groups.c.account_id == account, under_path(_groups.c.path, path_prefix))
    return fetch_page(directory, query, page, sort_key=_groups.c.name_key, build=_build_group)


def update_group(
    directory: Directory, group: Group, *, new_name: str | None = None, new_path: str | None = None
) -> None:
    """Rename or move a group; members and policies stay.

    Raises:
        EntityAlreadyExists: another group has the new name.
    """
    identity = (_groups.c.account_id == group.account) & (_groups.c.group_id == group.group_id)
    rows.rename(directory, identity, _groups, Noun.GROUP, name=new_name or group.name, path=new_path or group.path)


def delete_group(directory: Directory, group: Group) -> None:
    """Delete a group that has neither members nor policies.

    Raises:
        DeleteConflict: it still has some.
    """
    rows.require_nothing_on(directory, group.account, group.group_id, _HANGERS)
    rows.delete_row(directory, _groups.c.group_id, group.account, group.group_id)


def add_member(directory: Directory, group: Group, user: User) -> None:
    """Put a user into a group; one who is in it already stays.

    Raises:
        LimitExceeded: the user is in as many groups as a user may be.
    """
    if directory.connection.execute(select(_memberships).where(_membership(group, user))).first():
        return
    in_groups = rows.count(directory, _memberships, user.account, _memberships.c.user_id == user.user_id)
    require_room(directory, user.account, Quota.GROUPS_PER_USER, in_groups + 1)
    directory.connection.execute(
        insert(_memberships).values(account_id=user.account, user_id=user.user_id, group_id=group.group_id)
    )


def remove_member(directory: Directory, group: Group, user: User) -> None:
    """Take a user out of a group; one who is not in it is no error."""
    directory.connection.execute(delete(_memberships).where(_membership(group, user)))


def list_members(directory: Directory, group: Group, page: PageRequest) -> Page[User]:
    """Return the group's users, by name without regard to case."""
    users = schema.users
    query = (
        select(users)
        .join(
            _memberships,
            (users.c.account_id == _memberships.c.account_id) & (users.c.user_id == _memberships.c.user_id),
        )
        .where(_memberships.c.account_id == group.account, _memberships.c.group_id == group.group_id)
    )
    return fetch_page(directory, query, page, sort_key=sorted_afterwards(users.c.name_key), build=build_user)


def list_groups_of(directory: Directory, user: User, page: PageRequest) -> Page[Group]:
    """Return the groups that a user is in, by name without regard to case."""
    query = (
        select(_groups)
        .join(
            _memberships,
            (_groups.c.account_id == _memberships.c.account_id) & (_groups.c.group_id == _memberships.c.group_id),
        )
        .where(_memberships.c.account_id == user.account, _memberships.c.user_id == user.user_id)
    )
    return fetch_page(directory, query, page, sort_key=sorted_afterwards(_groups.c.name_key), build=_build_group)


def _build_group(row: Row[Any]) -> Group:
    return Group(row.account_id, row.group_id, row.name, row.path, row.created_at)


def _membership(group: Group, user: User) -> ColumnElement[bool]:
    return (
        (_memberships.c.account_id == group.account)
        & (_memberships.c.user_id == user.user_id)
        & (_memberships.c.group_id == group.group_id)
    )
