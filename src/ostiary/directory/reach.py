"""Whom a policy or a group's policies reach: the users and roles that can use them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from ostiary.directory.directory import Directory
from ostiary.directory.groups import Group
from ostiary.directory.roles import Role, build_role
from ostiary.directory.users import User, build_user
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_users = schema.users
_roles = schema.roles
_memberships = schema.memberships
_attachments = schema.attachments


def list_reached(directory: Directory, account: AccountId, policy_arn: str) -> Sequence[User | Role]:
    """Return the users and roles to which a managed policy is attached, and the users in groups to which it is."""
    holders = select(_attachments.c.entity_id).where(
        _attachments.c.account_id == account, _attachments.c.policy_arn == policy_arn
    )
    roles = select(_roles).where(_roles.c.account_id == account, _roles.c.role_id.in_(holders))
    return [
        *_users_where(
            directory,
            account,
            _users.c.user_id.in_(holders) | _is_in_group(account, _memberships.c.group_id.in_(holders)),
        ),
        *(build_role(row) for row in directory.connection.execute(roles.order_by(_roles.c.name_key))),
    ]


def list_all_members(directory: Directory, group: Group) -> Sequence[User]:
    """Return all users of a group, by name without regard to case."""
    return _users_where(
        directory, group.account, _is_in_group(group.account, _memberships.c.group_id == group.group_id)
    )


def _is_in_group(account: AccountId, group: ColumnElement[bool]) -> ColumnElement[bool]:
    return _users.c.user_id.in_(select(_memberships.c.user_id).where(_memberships.c.account_id == account, group))


def _users_where(directory: Directory, account: AccountId, where: ColumnElement[bool]) -> list[User]:
    query = select(_users).where(_users.c.account_id == account, where).order_by(_users.c.name_key)
    return [build_user(row) for row in directory.connection.execute(query)]
