"""Roles, which are assumed and have no credentials of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Hanger, NoSuchEntity, NotAllowed, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page, under_path
from ostiary.directory.quotas import policy_size, require_room
from ostiary.directory.trust import forget_principals, note_principals, rename_principal
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_roles = schema.roles

_HANGERS = {
    schema.attachments.c.entity_id: Hanger.ATTACHED_POLICIES,
    schema.inline_policies.c.entity_id: Hanger.INLINE_POLICIES,
    schema.instance_profiles.c.role_id: Hanger.INSTANCE_PROFILES,
}

DEFAULT_SESSION_SECONDS = 3600

_SERVICE_LINKED_PATH = "/aws-service-role/"


@dataclass(frozen=True, slots=True)
class Role:
    """An IAM role."""

    account: AccountId
    role_id: str
    name: str
    path: str
    created_at: datetime
    trust_policy: str
    """The document that says who may assume the role."""
    description: str | None = None
    max_session_duration: int = DEFAULT_SESSION_SECONDS
    """Seconds."""
    boundary_arn: str | None = None
    last_used_at: datetime | None = None
    last_used_region: str | None = None
    service: str | None = None
    """The service that it is linked to, which alone may change it."""

    @property
    def arn(self) -> str:
        """The role's ARN, path included."""
        return iam_arn(self.account, "role", self.path, self.name)

    @property
    def unique_id(self) -> str:
        """What policies and tags hang on; it stays when the role is renamed and is never used again."""
        return self.role_id


def create_role(
    directory: Directory,
    account: AccountId,
    name: str,
    *,
    trust_policy: str,
    path: str = "/",
    description: str | None = None,
    max_session_duration: int = DEFAULT_SESSION_SECONDS,
    boundary_arn: str | None = None,
    service: str | None = None,
    now: datetime,
) -> Role:
    """Create a role that may do nothing yet; one that is linked to a service may exceed the quota of roles.

    Raises:
        EntityAlreadyExists: a role of that name exists, without regard to case.
        LimitExceeded: the quota of roles is full, or the trust policy is too long.
        NotAllowed: the path is one of service-linked roles, and this is none.
    """
    if service is None and path.startswith(_SERVICE_LINKED_PATH):
        raise NotAllowed(Noun.ROLE_PATH, path)
    require_room(directory, account, Quota.ASSUME_ROLE_POLICY_SIZE, policy_size(trust_policy))
    role = Role(
        account=account,
        role_id=mint_unique_id("AROA", account),
        name=name,
        path=path,
        created_at=now.replace(microsecond=0),
        trust_policy=trust_policy,
        description=description,
        max_session_duration=max_session_duration,
        boundary_arn=boundary_arn,
        service=service,
    )
    rows.insert_named(
        directory,
        _roles,
        Noun.ROLE,
        {
            "account_id": account,
            "role_id": role.role_id,
            "name": name,
            "path": path,
            "description": description,
            "trust_policy": trust_policy,
            "max_session_duration": max_session_duration,
            "boundary_arn": boundary_arn,
            "service": service,
            "created_at": now,
        },
    )
    if service is None:
        require_room(directory, account, Quota.ROLES, rows.count(directory, _roles, account))
    note_principals(directory, account, role.role_id, trust_policy)
    return role


def find_role(directory: Directory, account: AccountId, name: str) -> Role | None:
    """Return the role called `name`, without regard to case, or None."""
    row = rows.find_named(directory, _roles, account, name)
    return build_role(row) if row else None


def find_role_by_id(directory: Directory, account: AccountId, role_id: str) -> Role | None:
    """Return the role whose unique ID is `role_id` (`AROA…`), or None."""
    row = directory.connection.execute(select(_roles).where(_is(account, role_id))).first()
    return build_role(row) if row else None


def find_roles_by_id(directory: Directory, account: AccountId, role_ids: Iterable[str]) -> dict[str, Role]:
    """Return the roles with those unique IDs, by them."""
    query = select(_roles).where(_roles.c.account_id == account, _roles.c.role_id.in_(list(role_ids)))
    return {row.role_id: build_role(row) for row in directory.connection.execute(query)}


def get_role(directory: Directory, account: AccountId, name: str) -> Role:
    """Return the role called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    if role := find_role(directory, account, name):
        return role
    raise NoSuchEntity(Noun.ROLE, name)


def get_modifiable_role(directory: Directory, account: AccountId, name: str) -> Role:
    """Return the role called `name`, without regard to case, if the account may change it.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html

    Raises:
        NoSuchEntity: there is none.
        NotAllowed: it is linked to a service, which alone may change it.
    """
    role = get_role(directory, account, name)
    if role.service is not None:
        raise NotAllowed(Noun.ROLE, role.name)
    return role


def list_roles(directory: Directory, account: AccountId, page: PageRequest, path_prefix: str = "/") -> Page[Role]:
    """Return the roles whose path begins with `path_prefix`, by name without regard to case."""
    query = select(_roles).where(_roles.c.account_id == account, under_path(_roles.c.path, path_prefix))
    return fetch_page(directory, query, page, sort_key=_roles.c.name_key, build=build_role)


def update_role(
    directory: Directory, role: Role, *, description: str | None = None, max_session_duration: int | None = None
) -> None:
    """Change a role's description or its longest session; None leaves a value as it is."""
    changes = {"description": description, "max_session_duration": max_session_duration}
    _set(directory, role, **{name: value for name, value in changes.items() if value is not None})


def set_trust_policy(directory: Directory, role: Role, document: str) -> None:
    """Replace the document that says who may assume the role.

    Raises:
        LimitExceeded: it is too long.
    """
    require_room(directory, role.account, Quota.ASSUME_ROLE_POLICY_SIZE, policy_size(document))
    _set(directory, role, trust_policy=document)
    forget_principals(directory, role.account, role.role_id)
    note_principals(directory, role.account, role.role_id, document)


def set_boundary(directory: Directory, role: Role, boundary_arn: str | None) -> None:
    """Set the managed policy that bounds the role's permissions, or take it away with None."""
    _set(directory, role, boundary_arn=boundary_arn)


def delete_role(directory: Directory, role: Role) -> None:
    """Delete a role on which no policy hangs; tags go with it, and the trust of other roles in it ends.

    Raises:
        DeleteConflict: a policy still hangs on it.
    """
    rows.require_nothing_on(directory, role.account, role.role_id, _HANGERS)
    rows.delete_row(directory, schema.tags.c.entity_id, role.account, role.role_id)
    forget_principals(directory, role.account, role.role_id)
    rows.delete_row(directory, _roles.c.role_id, role.account, role.role_id)
    rename_principal(directory, role.arn, role.role_id)


def _set(directory: Directory, role: Role, **values: Any) -> None:
    if values:
        directory.connection.execute(update(_roles).where(_is(role.account, role.role_id)).values(**values))


def _is(account: AccountId, role_id: str) -> ColumnElement[bool]:
    return (_roles.c.account_id == account) & (_roles.c.role_id == role_id)


def build_role(row: Row[Any]) -> Role:
    """Return the role in a row of the table of roles."""
    return Role(
        account=row.account_id,
        role_id=row.role_id,
        name=row.name,
        path=row.path,
        created_at=row.created_at,
        trust_policy=row.trust_policy,
        description=row.description,
        max_session_duration=row.max_session_duration,
        boundary_arn=row.boundary_arn,
        last_used_at=row.last_used_at,
        last_used_region=row.last_used_region,
        service=row.service,
    )
