"""Users, groups and roles alike, for what hangs on any of them."""

from collections.abc import Callable
from enum import Enum

from ostiary.directory.directory import Directory
from ostiary.directory.groups import Group, find_group, get_group
from ostiary.directory.roles import Role, find_role, get_role
from ostiary.directory.users import User, find_user, get_user
from ostiary.values.identifiers import AccountId

Entity = User | Group | Role


class EntityKind(Enum):
    """What a policy can be attached to; the values are AWS's entity types."""

    USER = "User"
    GROUP = "Group"
    ROLE = "Role"


_FIND: dict[EntityKind, Callable[[Directory, AccountId, str], Entity | None]] = {
    EntityKind.USER: find_user,
    EntityKind.GROUP: find_group,
    EntityKind.ROLE: find_role,
}
_GET: dict[EntityKind, Callable[[Directory, AccountId, str], Entity]] = {
    EntityKind.USER: get_user,
    EntityKind.GROUP: get_group,
    EntityKind.ROLE: get_role,
}


def find_entity(directory: Directory, account: AccountId, kind: EntityKind, name: str) -> Entity | None:
    """Return the user, group or role called `name`, without regard to case, or None."""
    return _FIND[kind](directory, account, name)


def get_entity(directory: Directory, account: AccountId, kind: EntityKind, name: str) -> Entity:
    """Return the user, group or role called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    return _GET[kind](directory, account, name)
