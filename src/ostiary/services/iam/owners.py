"""The user, group or role that a call names, for operations that all three have."""

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, get_entity
from ostiary.directory.roles import get_modifiable_role
from ostiary.directory.users import User, get_user
from ostiary.services.iam.targets import own_name
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import CallerKind

USER = EntityKind.USER
GROUP = EntityKind.GROUP
ROLE = EntityKind.ROLE

_ROOT_NAME = "<root_account>"


def owner_of(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Entity:
    """Return the entity named by `UserName`, `GroupName` or `RoleName`.

    Raises:
        NoSuchEntity: there is none.
    """
    return get_entity(directory, call.account, kind, call.parameters[f"{kind.value}Name"])


def modifiable_owner_of(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Entity:
    """Return the entity that a call names as `owner_of` does, for a call that changes its policies.

    Raises:
        NoSuchEntity: there is none.
        NotAllowed: it is a role that is linked to a service.
    """
    if kind is ROLE:
        return get_modifiable_role(directory, call.account, call.parameters["RoleName"])
    return owner_of(call, directory, kind)


def named_or_own_user(call: AuthorizedCall, directory: Directory) -> User:
    """Return the user named by `UserName`, or the caller when the call names none.

    Raises:
        NoSuchEntity: there is no such user.
        Fault: `ValidationError`, no user is named and the caller is none.
    """
    return get_user(directory, call.account, call.parameters.get("UserName") or own_name(call.caller))


def user_or_root(call: AuthorizedCall, directory: Directory) -> User | None:
    """Return the user as `named_or_own_user` does, or None for the root user, who can only be meant by itself."""
    if "UserName" not in call.parameters and call.caller.kind is CallerKind.ROOT:
        return None
    return named_or_own_user(call, directory)


def name_of(user: User | None) -> str:
    """Return the name of a user, or what IAM calls the root user, for whom None stands."""
    return user.name if user else _ROOT_NAME
