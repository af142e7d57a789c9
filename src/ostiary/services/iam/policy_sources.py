"""All policies of the user, group or role that a call asks about, each with where it is attached.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ostiary.directory import attachments, groups, in_force, inline_policies
from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, get_entity
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.groups import Group
from ostiary.directory.pages import PageRequest
from ostiary.directory.users import User
from ostiary.services.iam.entity_arns import EntityArn, parse_entity_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault

_NOUNS = {
    EntityKind.USER: Noun.USER_POLICY,
    EntityKind.GROUP: Noun.GROUP_POLICY,
    EntityKind.ROLE: Noun.ROLE_POLICY,
}


_ENTITIES = {EntityKind.USER: Noun.USER, EntityKind.GROUP: Noun.GROUP, EntityKind.ROLE: Noun.ROLE}


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A managed policy in its default version."""

    arn: str
    name: str
    document: str


@dataclass(frozen=True, slots=True)
class InlineText:
    """A policy that lives within a user, group or role."""

    owner_kind: EntityKind
    owner: str
    name: str
    document: str


def get_policy_source(call: AuthorizedCall, directory: Directory) -> Entity:
    """Return the user, group or role named by `PolicySourceArn`; its name is what counts, not the path.

    Raises:
        Fault: `InvalidInput`, it is no such ARN, or one of another account.
        NoSuchEntity: there is none of that name.
    """
    named = parse_entity_arn(call.parameters["PolicySourceArn"])
    if named.account != call.account:
        raise Fault(
            "InvalidInput",
            f"Invalid Policy Source Arn: caller's account {call.account} does not have access to policies in account "
            f"{named.account}",
        )
    return get_entity(directory, call.account, named.kind, named.name)


def get_named_entity(call: AuthorizedCall, directory: Directory, named: EntityArn) -> Entity:
    """Return the user, group or role that an ARN names; its name is what counts, not the path.

    Raises:
        NoSuchEntity: the caller's account has none of that name, or the ARN is of another account.
    """
    if named.account != call.account:
        raise NoSuchEntity(_ENTITIES[named.kind], named.name)
    return get_entity(directory, call.account, named.kind, named.name)


def identity_policies(directory: Directory, source: Entity) -> list[InlineText | AttachedText]:
    """Return the policies of a user, group or role, for a user with those of its groups; each managed one once."""
    owners: list[Entity] = [source]
    if isinstance(source, User):
        # The page holds all of them: a quota keeps a user's groups far fewer.
        owners += groups.list_groups_of(directory, source, PageRequest()).items
    inline = [text for owner in owners for text in _inline(directory, owner)]
    arns = dict.fromkeys(
        arn for owner in owners for arn in attachments.list_attached(directory, owner.account, owner.unique_id)
    )
    return [*inline, *(_attached(directory, source, arn) for arn in arns)]


def boundary_policy(directory: Directory, source: Entity) -> AttachedText | None:
    """Return the permissions boundary of a user or role, or None; a group has none."""
    arn = None if isinstance(source, Group) else source.boundary_arn
    return _attached(directory, source, arn) if arn else None


def kind_of(entity: Entity) -> EntityKind:
    """Return whether it is a user, a group or a role."""
    return EntityKind(type(entity).__name__)


def _inline(directory: Directory, owner: Entity) -> Iterable[InlineText]:
    kind = kind_of(owner)
    for name in inline_policies.list_inline_policies(directory, owner.account, owner.unique_id):
        document = inline_policies.get_inline_policy(directory, owner.account, owner.unique_id, name, _NOUNS[kind])
        yield InlineText(kind, owner.name, name, document)


def _attached(directory: Directory, source: Entity, arn: str) -> AttachedText:
    found = in_force.managed_text(directory, source.account, arn)
    # INVARIANT: a policy in use exists, since delete_policy refuses otherwise.
    if found is None:
        raise LookupError(f"policy in use is missing: {arn}")
    return AttachedText(arn, found.name, found.document)
