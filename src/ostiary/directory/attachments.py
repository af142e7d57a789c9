"""Which managed policies are attached to which users, groups and roles, and which bound them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, delete, func, insert, select

from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.policies import Policy
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_attachments = schema.attachments


@dataclass(frozen=True, slots=True)
class PolicyEntity:
    """Someone to whom a policy is attached, or whom it bounds."""

    kind: EntityKind
    unique_id: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class PolicyUse:
    """How often a policy is used in an account."""

    attachments: int = 0
    boundaries: int = 0


_ID_COLUMNS = {
    EntityKind.USER: schema.users.c.user_id,
    EntityKind.GROUP: schema.groups.c.group_id,
    EntityKind.ROLE: schema.roles.c.role_id,
}
_BOUNDED = (schema.users, schema.roles)


def attach_policy(directory: Directory, account: AccountId, entity_id: str, policy: Policy, quota: Quota) -> None:
    """Attach a managed policy; one that is attached already stays so.

    Raises:
        LimitExceeded: as many policies are attached as may be.
    """
    if directory.connection.execute(select(_attachments).where(_is(account, entity_id, policy.arn))).first():
        return
    attached = rows.count(directory, _attachments, account, _attachments.c.entity_id == entity_id)
    require_room(directory, account, quota, attached + 1)
    directory.connection.execute(
        insert(_attachments).values(account_id=account, entity_id=entity_id, policy_arn=policy.arn)
    )


def detach_policy(directory: Directory, account: AccountId, entity_id: str, policy_arn: str) -> None:
    """Detach a managed policy.

    Raises:
        NoSuchEntity: it is not attached.
    """
    if directory.connection.execute(delete(_attachments).where(_is(account, entity_id, policy_arn))).rowcount == 0:
        raise NoSuchEntity(Noun.ATTACHMENT, policy_arn)


def list_attached(directory: Directory, account: AccountId, entity_id: str) -> list[str]:
    """Return the ARNs of the managed policies attached to a user, group or role; a quota keeps them few."""
    query = (
        select(_attachments.c.policy_arn)
        .where(_attachments.c.account_id == account, _attachments.c.entity_id == entity_id)
        .order_by(_attachments.c.policy_arn)
    )
    return list(directory.connection.scalars(query))


def list_attached_entities(directory: Directory, account: AccountId, policy_arn: str) -> list[PolicyEntity]:
    """Return the users, groups and roles to which a policy is attached, by kind and name."""
    return [
        entity
        for kind, id_column in _ID_COLUMNS.items()
        for entity in _entities(
            directory,
            kind,
            account,
            id_column.in_(
                select(_attachments.c.entity_id).where(
                    _attachments.c.account_id == account, _attachments.c.policy_arn == policy_arn
                )
            ),
        )
    ]


def list_bounded_entities(directory: Directory, account: AccountId, policy_arn: str) -> list[PolicyEntity]:
    """Return the users and roles that a policy bounds, by kind and name."""
    return [
        *_entities(directory, EntityKind.USER, account, schema.users.c.boundary_arn == policy_arn),
        *_entities(directory, EntityKind.ROLE, account, schema.roles.c.boundary_arn == policy_arn),
    ]


def count_uses(directory: Directory, account: AccountId) -> dict[str, PolicyUse]:
    """Return how often each policy that is used at all is attached and set as a boundary, by ARN."""
    attached = _count_by(directory, account, _attachments, _attachments.c.policy_arn)
    bounding: dict[str, int] = {}
    for table in _BOUNDED:
        for arn, count in _count_by(directory, account, table, table.c.boundary_arn).items():
            bounding[arn] = bounding.get(arn, 0) + count
    return {arn: PolicyUse(attached.get(arn, 0), bounding.get(arn, 0)) for arn in attached.keys() | bounding.keys()}


def count_use(directory: Directory, account: AccountId, policy_arn: str) -> PolicyUse:
    """Return how often one policy is attached and set as a boundary."""
    attached = rows.count(directory, _attachments, account, _attachments.c.policy_arn == policy_arn)
    bounding = sum(rows.count(directory, table, account, table.c.boundary_arn == policy_arn) for table in _BOUNDED)
    return PolicyUse(attached, bounding)


def _count_by(
    directory: Directory, account: AccountId, table: Table, column: ColumnElement[str | None]
) -> dict[str, int]:
    query = (
        select(column, func.count())
        .select_from(table)
        .where(table.c.account_id == account, column.is_not(None))
        .group_by(column)
    )
    return {arn: count for arn, count in directory.connection.execute(query) if arn is not None}


def _entities(
    directory: Directory, kind: EntityKind, account: AccountId, where: ColumnElement[bool]
) -> Iterable[PolicyEntity]:
    id_column = _ID_COLUMNS[kind]
    table = id_column.table
    query = (
        select(id_column, table.c.name, table.c.path)
        .where(table.c.account_id == account, where)
        .order_by(table.c.name_key)
    )
    return [PolicyEntity(kind, *row) for row in directory.connection.execute(query)]


def _is(account: AccountId, entity_id: str, policy_arn: str) -> ColumnElement[bool]:
    return (
        (_attachments.c.account_id == account)
        & (_attachments.c.entity_id == entity_id)
        & (_attachments.c.policy_arn == policy_arn)
    )
