"""The user, group or role that a call names, for operations that all three have."""

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, get_entity
from ostiary.values.call import AuthorizedCall

USER = EntityKind.USER
GROUP = EntityKind.GROUP
ROLE = EntityKind.ROLE


def owner_of(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Entity:
    """Return the entity named by `UserName`, `GroupName` or `RoleName`.

    Raises:
        NoSuchEntity: there is none.
    """
    return get_entity(directory, call.account, kind, call.parameters[f"{kind.value}Name"])
