"""Managed policies: the account's own, with their versions, and AWS's from the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from ostiary import catalogue
from ostiary.credentials import mint_unique_id
from ostiary.directory import aws_policies, rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import (
    DeleteConflict,
    Hanger,
    NoSuchEntity,
    NotAllowed,
    Noun,
    Quota,
)
from ostiary.directory.quotas import policy_size, require_room
from ostiary.store import schema
from ostiary.values.arn import ArnError, iam_arn, parse_arn
from ostiary.values.identifiers import AccountId

_SERVICE_LINKED_PATH = "/aws-service-role/"

_policies = schema.policies
_versions = schema.policy_versions


@dataclass(frozen=True, slots=True)
class Policy:
    """A managed policy."""

    account: AccountId | None
    """None for one of AWS's."""
    policy_id: str
    arn: str
    name: str
    path: str
    default_version: int
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    attachable: bool = True
    """What IAM says of it: false of some that AWS gave up. Of those that it keeps for its service-linked roles it says
    true, but attaches them to nothing else."""
    kept_by: AccountId | None = None
    """The account that has this one of AWS's as AWS once had it, whatever the catalogue says of it."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of a managed policy."""

    version: int
    document: str
    is_default: bool
    created_at: datetime


def create_policy(
    directory: Directory,
    account: AccountId,
    name: str,
    *,
    document: str,
    path: str = "/",
    description: str | None = None,
    now: datetime,
) -> Policy:
    """Create a managed policy whose first version is the default.

    Raises:
        EntityAlreadyExists: a policy of that name exists, without regard to case.
        LimitExceeded: the quota of policies is full, or the document too long.
    """
    require_room(directory, account, Quota.POLICY_SIZE, policy_size(document))
    moment = now.replace(microsecond=0)
    arn = iam_arn(account, "policy", path, name)
    policy = Policy(account, mint_unique_id("ANPA", account), arn, name, path, 1, moment, moment, description)
    rows.insert_named(
        directory,
        _policies,
        Noun.POLICY,
        {
            "account_id": account,
            "policy_id": policy.policy_id,
            "arn": arn,
            "name": name,
            "path": path,
            "description": description,
            "default_version": 1,
            "newest_version": 1,
            "created_at": now,
            "updated_at": now,
        },
    )
    require_room(directory, account, Quota.POLICIES, rows.count(directory, _policies, account))
    _insert_version(directory, policy, 1, document, now)
    return policy


def find_policy(directory: Directory, account: AccountId, arn: str) -> Policy | None:
    """Return the policy at `arn`, the account's own or one of AWS's, or None."""
    try:
        parsed = parse_arn(arn)
    except ArnError:
        return None
    if parsed.account == "aws":
        return _find_aws_policy(directory, account, arn)
    row = rows.find_named(directory, _policies, account, arn.rpartition("/")[2])
    return build_policy(row) if row and row.arn == arn else None


def get_policy(directory: Directory, account: AccountId, arn: str, *, wanted: Noun = Noun.POLICY) -> Policy:
    """Return the policy at `arn`, the account's own or one of AWS's.

    Raises:
        NoSuchEntity: there is none; the error speaks of `wanted`.
    """
    if policy := find_policy(directory, account, arn):
        return policy
    raise NoSuchEntity(wanted, arn)


def get_own_policy(directory: Directory, account: AccountId, arn: str) -> Policy:
    """Return the policy at `arn` if the account may change it.

    Raises:
        NoSuchEntity: there is none.
        NotAllowed: it is one of AWS's.
    """
    policy = get_policy(directory, account, arn)
    _owner(policy)
    return policy


def get_attachable_policy(
    directory: Directory, account: AccountId, arn: str, *, wanted: Noun = Noun.ATTACHABLE_POLICY
) -> Policy:
    """Return the policy at `arn` if it can be attached or set as a boundary.

    Raises:
        NoSuchEntity: there is none; the error speaks of `wanted`.
        NotAllowed: AWS keeps it for its service-linked roles.
    """
    policy = find_policy(directory, account, arn)
    if policy is None:
        raise NoSuchEntity(wanted, arn)
    if not policy.attachable or (policy.account is None and policy.path == _SERVICE_LINKED_PATH):
        raise NotAllowed(Noun.ATTACHABLE_POLICY, arn)
    return policy


def list_policies(directory: Directory, account: AccountId, *, own: bool = True, managed: bool = True) -> list[Policy]:
    """Return the account's own policies, AWS's, or both, by name without regard to case."""
    found: list[Policy] = []
    if own:
        found += map(
            build_policy, directory.connection.execute(select(_policies).where(_policies.c.account_id == account))
        )
    if managed:
        kept = {row.arn: _build_kept(row) for row in aws_policies.list_kept(directory, account)}
        known = map(_from_catalogue, catalogue.list_managed_policies())
        found += {**{policy.arn: policy for policy in known}, **kept}.values()
    return sorted(found, key=lambda policy: (policy.name.lower(), policy.arn))


def delete_policy(directory: Directory, policy: Policy) -> None:
    """Delete one of the account's own policies, once it is attached nowhere and has its default version alone.

    Raises:
        NotAllowed: it is one of AWS's.
        DeleteConflict: it is attached, bounds someone, or has other versions.
    """
    account = _owner(policy)
    for column, owner in (
        (schema.attachments.c.policy_arn, schema.attachments),
        (schema.users.c.boundary_arn, schema.users),
        (schema.roles.c.boundary_arn, schema.roles),
    ):
        if rows.count(directory, owner, account, column == policy.arn):
            raise DeleteConflict(Hanger.ENTITIES)
    if rows.count(directory, _versions, account, _versions.c.policy_id == policy.policy_id) > 1:
        raise DeleteConflict(Hanger.VERSIONS)
    for column in (schema.tags.c.entity_id, _versions.c.policy_id, _policies.c.policy_id):
        rows.delete_row(directory, column, account, policy.policy_id)


def create_version(
    directory: Directory, policy: Policy, document: str, *, set_as_default: bool, now: datetime
) -> PolicyVersion:
    """Add a version to one of the account's own policies; version numbers are never used twice.

    Raises:
        NotAllowed: the policy is one of AWS's.
        LimitExceeded: the policy has as many versions as it may, or the document is too long.
    """
    account = _owner(policy)
    require_room(directory, account, Quota.POLICY_SIZE, policy_size(document))
    count = rows.count(directory, _versions, account, _versions.c.policy_id == policy.policy_id)
    require_room(directory, account, Quota.VERSIONS_PER_POLICY, count + 1)
    newest = directory.connection.scalar(select(_policies.c.newest_version).where(_is(policy)))
    version = int(newest or 0) + 1
    _insert_version(directory, policy, version, document, now)
    _set(directory, policy, newest_version=version, updated_at=now)
    if set_as_default:
        set_default_version(directory, policy, version, now=now)
    return PolicyVersion(version, document, set_as_default, now.replace(microsecond=0))


def get_version(directory: Directory, policy: Policy, version: int) -> PolicyVersion:
    """Return one version of a policy.

    Raises:
        NoSuchEntity: it has no such version.
    """
    for found in _versions_where(directory, policy, _versions.c.version == version):
        if found.version == version:
            return found
    raise NoSuchEntity(Noun.POLICY_VERSION, f"{policy.arn} version v{version}")


def list_versions(directory: Directory, policy: Policy) -> list[PolicyVersion]:
    """Return a policy's versions, the newest first; of AWS's policies the catalogue knows only the default one."""
    return _versions_where(directory, policy)


def set_default_version(directory: Directory, policy: Policy, version: int, *, now: datetime) -> None:
    """Make a version the one in force.

    Raises:
        NoSuchEntity: the policy has no such version.
        NotAllowed: it is one of AWS's.
    """
    _owner(policy)
    get_version(directory, policy, version)
    _set(directory, policy, default_version=version, updated_at=now)


def delete_version(directory: Directory, policy: Policy, version: int) -> None:
    """Delete a version that is not the default.

    Raises:
        NoSuchEntity: the policy has no such version.
        DeleteConflict: it is the default one.
        NotAllowed: the policy is one of AWS's.
    """
    account = _owner(policy)
    if get_version(directory, policy, version).is_default:
        raise DeleteConflict(Hanger.DEFAULT_VERSION)
    directory.connection.execute(
        delete(_versions).where(
            _versions.c.account_id == account,
            _versions.c.policy_id == policy.policy_id,
            _versions.c.version == version,
        )
    )


def _versions_where(directory: Directory, policy: Policy, *where: ColumnElement[bool]) -> list[PolicyVersion]:
    if policy.account is None:
        if policy.kept_by is not None:
            return [
                PolicyVersion(row.version, row.document, row.version == policy.default_version, row.created_at)
                for row in aws_policies.list_kept_versions(directory, policy.kept_by, policy.arn)
            ]
        managed = catalogue.find_managed_policy(policy.arn)
        if managed is None:
            return []
        return [PolicyVersion(policy.default_version, managed.document, is_default=True, created_at=policy.updated_at)]
    query = (
        select(_versions)
        .where(_versions.c.account_id == policy.account, _versions.c.policy_id == policy.policy_id, *where)
        .order_by(_versions.c.version.desc())
    )
    return [
        PolicyVersion(row.version, row.document, row.version == policy.default_version, row.created_at)
        for row in directory.connection.execute(query)
    ]


def _owner(policy: Policy) -> AccountId:
    if policy.account is None:
        raise NotAllowed(Noun.POLICY, policy.arn)
    return policy.account


def _insert_version(directory: Directory, policy: Policy, version: int, document: str, now: datetime) -> None:
    directory.connection.execute(
        insert(_versions).values(
            account_id=policy.account,
            policy_id=policy.policy_id,
            version=version,
            document=document,
            created_at=now,
        )
    )


def _set(directory: Directory, policy: Policy, **values: Any) -> None:
    directory.connection.execute(update(_policies).where(_is(policy)).values(**values))


def _is(policy: Policy) -> ColumnElement[bool]:
    return (_policies.c.account_id == policy.account) & (_policies.c.policy_id == policy.policy_id)


def build_policy(row: Row[Any]) -> Policy:
    """Return the policy in a row of the table of policies."""
    return Policy(
        account=row.account_id,
        policy_id=row.policy_id,
        arn=row.arn,
        name=row.name,
        path=row.path,
        default_version=row.default_version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        description=row.description,
    )


def _find_aws_policy(directory: Directory, account: AccountId, arn: str) -> Policy | None:
    if kept := aws_policies.find_kept(directory, account, arn):
        return _build_kept(kept)
    managed = catalogue.find_managed_policy(arn)
    return _from_catalogue(managed) if managed else None


def _build_kept(row: Row[Any]) -> Policy:
    path, _, name = parse_arn(row.arn).resource.removeprefix("policy").rpartition("/")
    return Policy(
        account=None,
        policy_id=row.policy_id,
        arn=row.arn,
        name=name,
        path=f"{path}/",
        default_version=row.default_version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        attachable=row.attachable,
        kept_by=row.account_id,
    )


def _from_catalogue(managed: catalogue.ManagedPolicy) -> Policy:
    return Policy(
        account=None,
        policy_id=managed.policy_id,
        arn=managed.arn,
        name=managed.name,
        path=managed.path,
        default_version=int(managed.default_version_id.removeprefix("v")),
        created_at=managed.created,
        updated_at=managed.updated,
        description=managed.description,
    )
