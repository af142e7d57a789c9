"""Users, groups and roles as what is acted on."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, find_entity
from ostiary.directory.groups import Group
from ostiary.directory.tags import Tagged
from ostiary.directory.users import User
from ostiary.services.iam.targets.contexts import Context, ContextOf, boundary_acted_on, resource_tags
from ostiary.services.iam.targets.tagged import made
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn, root_arn
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import Need


def new_entity(kind: EntityKind) -> Needs:
    """CreateUser, CreateGroup, CreateRole: on the ARN to be; tags given with it need the right to tag as well."""

    def needs(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        arn = _arn(caller, kind, parameters.get("Path", "/"), parameters[f"{kind.value}Name"])
        create, tag = f"iam:Create{kind.value}", f"iam:Tag{kind.value}"
        return made(create, tag, arn, parameters, boundary_acted_on(parameters))

    return needs


def existing(kind: EntityKind, action: str, *contexts: ContextOf) -> Needs:
    """The user, group or role that the call names; a call that names no user means the caller's own.

    Args:
        kind: what is acted on.
        action: such as `iam:GetUser`.
        contexts: give the condition keys beyond those that every call has.
    """

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        name = parameters.get(f"{kind.value}Name")
        if name is None and caller.kind is CallerKind.ROOT:
            yield Need(action, root_arn(caller.account))
            return
        name = name or own_name(caller)
        found = find_entity(directory, caller.account, kind, name)
        context: Context = {}
        for more in contexts:
            context |= more(parameters, found)
        yield Need(
            action,
            found.arn if found else _arn(caller, kind, "/", name),
            tags_of(directory, found) | context,
            shown_as=f"{kind.value.lower()} {name}",
        )

    return needs


def renamed(kind: EntityKind) -> Needs:
    """UpdateUser and UpdateGroup: on the entity as it is and, when its ARN changes, on the ARN to be.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
    """
    action = f"iam:Update{kind.value}"

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        yield from existing(kind, action)(directory, caller, parameters)
        name, path = parameters.get(f"New{kind.value}Name"), parameters.get("NewPath")
        if name or path:
            old_name = parameters[f"{kind.value}Name"]
            found = find_entity(directory, caller.account, kind, old_name)
            old_name, old_path = (found.name, found.path) if found else (old_name, "/")
            arn = _arn(caller, kind, path or old_path, name or old_name)
            yield Need(action, arn, tags_of(directory, found), shown_as=f"{kind.value.lower()} {name or old_name}")

    return needs


def own_name(caller: Caller) -> str:
    """Return the name of the user who calls, for a call that names no user.

    Raises:
        Fault: `ValidationError`, the caller is no user.
    """
    if caller.kind is not CallerKind.USER or caller.name is None:
        raise Fault("ValidationError", "Must specify userName when calling with non-User credentials")
    return caller.name


def tags_of(directory: Directory, entity: Entity | None) -> Context:
    """Return the condition keys for the tags of a user or role; none for a group, and for what does not exist."""
    if entity is None or isinstance(entity, Group):
        return {}
    of = Tagged.USER if isinstance(entity, User) else Tagged.ROLE
    return resource_tags(directory, entity.account, entity.unique_id, of)


def _arn(caller: Caller, kind: EntityKind, path: str, name: str) -> str:
    return iam_arn(caller.account, kind.value.lower(), path, name)
