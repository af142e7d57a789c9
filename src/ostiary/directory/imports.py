"""Bringing a whole account in: users, groups, roles and policies with their own IDs and dates.

What is there already and the same stays as it is. Quotas do not count: what an account has elsewhere it may have here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from ostiary.directory import accounts, aws_policies
from ostiary.directory import authorization_details as details
from ostiary.directory.attachments import PolicyUse
from ostiary.directory.authorization_details import GroupDetail, Permissions, PolicyDetail, RoleDetail, UserDetail
from ostiary.directory.directory import Directory
from ostiary.directory.errors import CannotImport
from ostiary.directory.imported_rows import ImportedRows
from ostiary.directory.pages import Page, PageRequest
from ostiary.directory.policies import find_policy, list_versions
from ostiary.directory.trust import note_principals
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

Detail = TypeVar("Detail", UserDetail, GroupDetail, RoleDetail, PolicyDetail)
Differing = TypeVar("Differing", UserDetail, RoleDetail, PolicyDetail)

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """Users, groups, roles and policies of an account, with all that hangs on them."""

    users: tuple[UserDetail, ...] = ()
    groups: tuple[GroupDetail, ...] = ()
    roles: tuple[RoleDetail, ...] = ()
    policies: tuple[PolicyDetail, ...] = ()
    """The account's own."""
    aws_policies: tuple[PolicyDetail, ...] = ()
    """Those of AWS's that it uses."""

    @property
    def entities(self) -> tuple[UserDetail | GroupDetail | RoleDetail, ...]:
        """All that permissions hang on."""
        return (*self.users, *self.groups, *self.roles)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: Mapping[str, int]
    """How many things of each kind, such as `users`, were not there before."""
    taken_on: tuple[str, ...]
    """Groups that were there under another ID: they have the imported ID and date now, and all policies of both."""


def import_details(directory: Directory, account: AccountId, given: AccountDetails) -> Imported:
    """Add to an account what it lacks of `given`. When it fails the transaction can only be rolled back.

    Raises:
        CannotImport: something is there already and differs, or something given needs what is nowhere.
    """
    _require_policies(directory, account, given)
    there = tuple(_all(directory, account, details.list_group_details))
    groups, replaced = _new_groups(there, given.groups)
    group_ids = {detail.group.name.lower(): detail.group.group_id for detail in (*there, *given.groups)}
    new = AccountDetails(
        users=_new("user", _all(directory, account, details.list_user_details), given.users),
        groups=groups,
        roles=_new("role", _all(directory, account, details.list_role_details), given.roles),
        policies=_new("policy", _all(directory, account, details.list_own_policy_details), given.policies),
        aws_policies=_new("policy", _kept(directory, account), given.aws_policies),
    )
    try:
        _insert(directory, account, new, group_ids, replaced)
    except IntegrityError as error:
        raise CannotImport("something in the file has the name or ID of something else that is there") from error
    counts = {
        "users": len(new.users),
        "groups": len(new.groups),
        "roles": len(new.roles),
        "policies": len(new.policies),
        "policies of AWS's": len(new.aws_policies),
    }
    return Imported(counts, tuple(detail.group.name for _, detail in replaced))


def _insert(
    directory: Directory,
    account: AccountId,
    new: AccountDetails,
    group_ids: Mapping[str, str],
    replaced: Sequence[tuple[GroupDetail, GroupDetail]],
) -> None:
    rows = ImportedRows(account)
    for policy in new.aws_policies:
        rows.add_aws_policy(policy)
    for policy in new.policies:
        rows.add_policy(policy)
    for group in new.groups:
        rows.add_group(group)
    for role in new.roles:
        rows.add_role(role)
    for user in new.users:
        rows.add_user(user, _ids_of_groups(user, group_ids))
    for old, _ in replaced:
        _free_name(directory, old)
    if rows.insert(directory):
        accounts.raise_revision(directory, account)
    for old, group in replaced:
        _take_on(directory, old, group)
    for role in new.roles:
        note_principals(directory, account, role.role.role_id, role.role.trust_policy)


def _require_policies(directory: Directory, account: AccountId, given: AccountDetails) -> None:
    """Check that each policy that something given has attached or is bounded by is given or there."""
    known = {detail.policy.arn for detail in (*given.policies, *given.aws_policies)}
    used = {arn for detail in given.entities for arn in detail.permissions.attached}
    used |= {detail.user.boundary_arn for detail in given.users if detail.user.boundary_arn}
    used |= {detail.role.boundary_arn for detail in given.roles if detail.role.boundary_arn}
    for arn in sorted(used - known):
        if find_policy(directory, account, arn) is None:
            raise CannotImport(f"the policy {arn} is in use, and is neither in the file nor known here")


def _new(kind: str, there: Iterable[Differing], given: Sequence[Differing]) -> tuple[Differing, ...]:
    """Return what of `given` is not there yet.

    Raises:
        CannotImport: something of the name is there and differs, or two given things share a name.
    """
    named = {_name(detail): detail for detail in there}
    new: dict[str, Differing] = {}
    for detail in given:
        name, other = _name(detail), named.get(_name(detail))
        if name in new:
            raise CannotImport(f"the {kind} {name} is in the file twice")
        if other is None:
            new[name] = detail
        elif _lasting(other) != _lasting(detail):
            raise CannotImport(f"there is a {kind} {name} already, and it differs from the one in the file")
    return tuple(new.values())


def _new_groups(
    there: Iterable[GroupDetail], given: Sequence[GroupDetail]
) -> tuple[tuple[GroupDetail, ...], list[tuple[GroupDetail, GroupDetail]]]:
    """Return the groups that are not there yet, and which of those take the place of one that is."""
    named = {_name(detail): detail for detail in there}
    new = [detail for detail in given if _name(detail) not in named or not _includes(named[_name(detail)], detail)]
    replaced = [(named[_name(detail)], detail) for detail in new if _name(detail) in named]
    for old, detail in replaced:
        if old.group.group_id == detail.group.group_id:
            raise CannotImport(f"there is a group {detail.group.name} already, and it differs from the one in the file")
    if len({_name(detail) for detail in given}) < len(given):
        raise CannotImport("a group is in the file twice")
    return tuple(new), replaced


def _includes(there: GroupDetail, given: GroupDetail) -> bool:
    """Tell whether a group that is there has all that a given one has: groups are added to when they are taken on."""
    return (
        there.group == given.group
        and set(given.permissions.inline) <= set(there.permissions.inline)
        and set(given.permissions.attached) <= set(there.permissions.attached)
    )


def _name(detail: UserDetail | GroupDetail | RoleDetail | PolicyDetail) -> str:
    match detail:
        case UserDetail(user=named) | GroupDetail(group=named) | RoleDetail(role=named):
            return named.name.lower()
        case PolicyDetail(policy=policy):
            return policy.name.lower()


def _lasting(detail: UserDetail | RoleDetail | PolicyDetail) -> tuple[object, ...]:
    """Return what makes a detail what it is: without what changes by use, and without what an export does not tell."""
    match detail:
        case UserDetail(user=user):
            facts = (user.user_id, user.arn, user.created_at, user.boundary_arn)
            return (*facts, *_unordered(detail.permissions), frozenset(map(str.lower, detail.groups)))
        case RoleDetail(role=role):
            facts = (role.role_id, role.arn, role.created_at, role.boundary_arn)
            return (*facts, role.trust_policy, *_unordered(detail.permissions), detail.instance_profiles)
        case PolicyDetail(policy=policy):
            return (
                policy.policy_id,
                policy.arn,
                policy.created_at,
                policy.updated_at,
                policy.attachable,
                detail.versions,
            )


def _unordered(permissions: Permissions) -> tuple[object, ...]:
    return frozenset(permissions.inline), frozenset(permissions.attached), permissions.tags


def _ids_of_groups(user: UserDetail, group_ids: Mapping[str, str]) -> Iterator[str]:
    for name in user.groups:
        if name.lower() not in group_ids:
            raise CannotImport(f"the user {user.user.name} is in the group {name}, which is nowhere")
        yield group_ids[name.lower()]


def _free_name(directory: Directory, old: GroupDetail) -> None:
    groups, group_id = schema.groups, old.group.group_id
    directory.connection.execute(
        update(groups)
        .where(groups.c.account_id == old.group.account, groups.c.group_id == group_id)
        .values(name_key=group_id)
    )


def _take_on(directory: Directory, old: GroupDetail, new: GroupDetail) -> None:
    """Move what hangs on a group to the one that takes its place; of what both have, the new one's stays."""
    account, old_id, new_id = old.group.account, old.group.group_id, new.group.group_id
    memberships, attached, inline = schema.memberships, schema.attachments, schema.inline_policies
    directory.connection.execute(
        update(memberships)
        .where(memberships.c.account_id == account, memberships.c.group_id == old_id)
        .values(group_id=new_id)
    )
    both = {
        attached: attached.c.policy_arn.in_(new.permissions.attached),
        inline: inline.c.name.in_([name for name, _ in new.permissions.inline]),
    }
    for table, doubled in both.items():
        of_old = (table.c.account_id == account) & (table.c.entity_id == old_id)
        directory.connection.execute(delete(table).where(of_old, doubled))
        directory.connection.execute(update(table).where(of_old).values(entity_id=new_id))
    groups = schema.groups
    directory.connection.execute(delete(groups).where(groups.c.account_id == account, groups.c.group_id == old_id))


def _kept(directory: Directory, account: AccountId) -> Iterator[PolicyDetail]:
    for row in aws_policies.list_kept(directory, account):
        if policy := find_policy(directory, account, row.arn):
            yield PolicyDetail(policy, tuple(list_versions(directory, policy)), PolicyUse())


def _all(
    directory: Directory, account: AccountId, fetch: Callable[[Directory, AccountId, PageRequest], Page[Detail]]
) -> Iterator[Detail]:
    after = None
    while True:
        page = fetch(directory, account, PageRequest(_AT_ONCE, after))
        yield from page.items
        if page.next_after is None:
            return
        after = page.next_after
