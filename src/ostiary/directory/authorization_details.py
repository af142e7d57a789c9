"""All that says who may do what, read for a page of users, groups, roles or policies at once.

What hangs on the entities of a page takes one query a kind, however many entities there are. What was imported keeps
the order that it had; what came since follows by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, select

from ostiary.directory.attachments import PolicyUse, count_uses
from ostiary.directory.directory import Directory
from ostiary.directory.groups import Group, list_groups
from ostiary.directory.instance_profiles import InstanceProfile, build_instance_profile
from ostiary.directory.pages import Page, PageRequest, fetch_page, sorted_afterwards
from ostiary.directory.policies import Policy, PolicyVersion, build_policy, find_policy, list_versions
from ostiary.directory.roles import Role, list_roles
from ostiary.directory.users import User, list_users
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_AWS_PREFIX = "arn:aws:iam::aws:"


@dataclass(frozen=True, slots=True)
class Permissions:
    """What hangs on a user, group or role."""

    inline: tuple[tuple[str, str], ...]
    """Names and documents."""
    attached: tuple[str, ...]
    """ARNs of managed policies."""
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UserDetail:
    """A user with permissions and the names of its groups."""

    user: User
    permissions: Permissions
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """A group with its permissions."""

    group: Group
    permissions: Permissions


@dataclass(frozen=True, slots=True)
class RoleDetail:
    """A role with its permissions and the instance profiles it is in."""

    role: Role
    permissions: Permissions
    instance_profiles: tuple[InstanceProfile, ...]


@dataclass(frozen=True, slots=True)
class PolicyDetail:
    """A managed policy with its versions, the newest first."""

    policy: Policy
    versions: tuple[PolicyVersion, ...]
    use: PolicyUse


def list_user_details(directory: Directory, account: AccountId, page: PageRequest) -> Page[UserDetail]:
    """Return users with all that hangs on them, by name without regard to case."""
    found = list_users(directory, account, page)
    ids = [user.user_id for user in found.items]
    permissions, groups = _permissions(directory, account, ids), _group_names(directory, account, ids)
    details = (UserDetail(user, permissions[user.user_id], tuple(groups[user.user_id])) for user in found.items)
    return Page(tuple(details), found.next_after)


def list_group_details(directory: Directory, account: AccountId, page: PageRequest) -> Page[GroupDetail]:
    """Return groups with all that hangs on them, by name without regard to case."""
    found = list_groups(directory, account, page)
    permissions = _permissions(directory, account, [group.group_id for group in found.items])
    return Page(tuple(GroupDetail(group, permissions[group.group_id]) for group in found.items), found.next_after)


def list_role_details(directory: Directory, account: AccountId, page: PageRequest) -> Page[RoleDetail]:
    """Return roles with all that hangs on them, by name without regard to case."""
    found = list_roles(directory, account, page)
    ids = [role.role_id for role in found.items]
    permissions, profiles = _permissions(directory, account, ids), _profiles(directory, account, ids)
    details = (RoleDetail(role, permissions[role.role_id], tuple(profiles[role.role_id])) for role in found.items)
    return Page(tuple(details), found.next_after)


def list_own_policy_details(directory: Directory, account: AccountId, page: PageRequest) -> Page[PolicyDetail]:
    """Return the account's own managed policies with all their versions, by name without regard to case."""
    policies, versions = schema.policies, schema.policy_versions
    query = select(policies).where(policies.c.account_id == account)
    found = fetch_page(directory, query, page, sort_key=policies.c.name_key, build=build_policy)
    uses = count_uses(directory, account)
    by_id = _grouped(
        directory,
        _hanging(versions, account, versions.c.policy_id, [policy.policy_id for policy in found.items]).order_by(
            versions.c.version.desc()
        ),
        "policy_id",
    )
    return Page(
        tuple(
            PolicyDetail(
                policy,
                tuple(
                    PolicyVersion(row.version, row.document, row.version == policy.default_version, row.created_at)
                    for row in by_id[policy.policy_id]
                ),
                uses.get(policy.arn, PolicyUse()),
            )
            for policy in found.items
        ),
        found.next_after,
    )


def list_aws_policy_details(directory: Directory, account: AccountId, page: PageRequest) -> Page[PolicyDetail]:
    """Return those of AWS's managed policies that the account uses, by ARN."""
    uses = count_uses(directory, account)
    arns = sorted(arn for arn in uses if arn.startswith(_AWS_PREFIX) and arn > (page.after or ""))
    shown = arns[: page.size]
    found = [policy for arn in shown if (policy := find_policy(directory, account, arn))]
    details = (PolicyDetail(policy, tuple(list_versions(directory, policy)), uses[policy.arn]) for policy in found)
    return Page(tuple(details), shown[-1] if len(arns) > page.size else None)


def _permissions(directory: Directory, account: AccountId, ids: Sequence[str]) -> Mapping[str, Permissions]:
    inline, attached, tags = schema.inline_policies, schema.attachments, schema.tags
    inlines = _grouped(
        directory,
        _hanging(inline, account, inline.c.entity_id, ids).order_by(*_in_order(inline, inline.c.name)),
        "entity_id",
    )
    attachments = _grouped(
        directory,
        _hanging(attached, account, attached.c.entity_id, ids).order_by(
            *_in_order(attached, sorted_afterwards(attached.c.policy_arn))
        ),
        "entity_id",
    )
    tagged = _grouped(
        directory,
        _hanging(tags, account, tags.c.entity_id, ids).order_by(*_in_order(tags, tags.c.key_fold)),
        "entity_id",
    )
    return {
        unique_id: Permissions(
            tuple((row.name, row.document) for row in inlines[unique_id]),
            tuple(row.policy_arn for row in attachments[unique_id]),
            {row.key: row.value for row in tagged[unique_id]},
        )
        for unique_id in ids
    }


def _group_names(directory: Directory, account: AccountId, user_ids: Sequence[str]) -> Mapping[str, Iterable[str]]:
    groups, memberships = schema.groups, schema.memberships
    query = (
        select(memberships.c.user_id, groups.c.name)
        .join(groups, (groups.c.account_id == memberships.c.account_id) & (groups.c.group_id == memberships.c.group_id))
        .where(memberships.c.account_id == account, memberships.c.user_id.in_(user_ids))
        .order_by(*_in_order(memberships, sorted_afterwards(groups.c.name_key)))
    )
    names = defaultdict[str, list[str]](list)
    for row in directory.connection.execute(query):
        names[row.user_id].append(row.name)
    return names


def _profiles(
    directory: Directory, account: AccountId, role_ids: Sequence[str]
) -> Mapping[str, Iterable[InstanceProfile]]:
    profiles = schema.instance_profiles
    query = _hanging(profiles, account, profiles.c.role_id, role_ids).order_by(sorted_afterwards(profiles.c.name_key))
    found = defaultdict[str, list[InstanceProfile]](list)
    for row in directory.connection.execute(query):
        found[row.role_id].append(build_instance_profile(row))
    return found


def _in_order(table: Table, name: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    return table.c.position.is_(None), table.c.position, name


def _hanging(table: Table, account: AccountId, column: ColumnElement[str], ids: Sequence[str]) -> Select[Any]:
    return select(table).where(table.c.account_id == account, column.in_(ids))


def _grouped(directory: Directory, query: Select[Any], column: str) -> Mapping[str, Sequence[Row[Any]]]:
    """Return the rows of a query by what they have in a column."""
    found = defaultdict[str, list[Row[Any]]](list)
    for row in directory.connection.execute(query):
        found[getattr(row, column)].append(row)
    return found
