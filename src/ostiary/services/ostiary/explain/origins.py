"""Where each policy in force comes from: named in the text, and told as JSON beside it."""

from collections.abc import Iterable
from typing import Any

from ostiary.directory import attachments, groups
from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity
from ostiary.directory.in_force import InForce, PolicyText
from ostiary.directory.pages import PageRequest
from ostiary.directory.users import User
from ostiary.policy import PolicyKind, PolicySource
from ostiary.services.iam.policy_sources import kind_of

_INLINE = "inline:"


def name_policies(
    directory: Directory, entity: Entity | None, found: InForce
) -> tuple[InForce, dict[PolicySource, Any]]:
    """Return policies in force such that an inline policy's name tells where it is, and where each comes from.

    Args:
        directory: the transaction to read in.
        entity: the user or role that they apply to.
        found: what applies, by who the principal is.
    """
    owners = {owner.unique_id: owner for owner in _owners(directory, entity)}
    attached = {id_: attachments.list_attached(directory, owner.account, id_) for id_, owner in owners.items()}
    origins: dict[PolicySource, Any] = {}
    named = []
    for text in found.identity:
        name = text.name
        inline_in = owners.get(text.policy_id.removeprefix(_INLINE))
        if inline_in is not None:
            name = f"{text.name} in {_called(inline_in)}"
            origin = {"type": "inline", "attached_to": [_owner_shape(inline_in)]}
        else:
            via = [_owner_shape(owner) for id_, owner in owners.items() if text.policy_id in attached[id_]]
            origin = {"type": "managed", "arn": text.policy_id, "attached_to": via}
        origins[PolicySource(PolicyKind.IDENTITY, text.policy_id, name)] = origin
        named.append(PolicyText(text.policy_id, name, text.document))
    if found.boundary and entity:
        source = PolicySource(PolicyKind.BOUNDARY, found.boundary.policy_id, found.boundary.name)
        origins[source] = {"type": "managed", "arn": source.policy_id, "attached_to": [_owner_shape(entity)]}
    return InForce(tuple(named), found.boundary, found.tags), origins


def _owners(directory: Directory, entity: Entity | None) -> Iterable[Entity]:
    """Return all that the policies of a principal hang on: a user's groups too."""
    if entity is None:
        return ()
    # The page holds all of them: a quota keeps a user's groups far fewer.
    of = groups.list_groups_of(directory, entity, PageRequest()).items if isinstance(entity, User) else ()
    return (entity, *of)


def _called(owner: Entity) -> str:
    return f"{kind_of(owner).value.lower()} {owner.name}"


def _owner_shape(owner: Entity) -> dict[str, str]:
    return {"type": kind_of(owner).value.lower(), "name": owner.name}
