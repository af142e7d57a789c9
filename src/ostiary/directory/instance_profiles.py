"""Instance profiles: how a role gets to an EC2 instance.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import DeleteConflict, Hanger, LimitExceeded, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page, sorted_afterwards, under_path
from ostiary.directory.quotas import AWS_DEFAULTS, require_room
from ostiary.directory.roles import Role
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId

_profiles = schema.instance_profiles


@dataclass(frozen=True, slots=True)
class InstanceProfile:
    """An instance profile."""

    account: AccountId
    instance_profile_id: str
    name: str
    path: str
    created_at: datetime
    role_id: str | None = None
    """The unique ID of its only role."""

    @property
    def arn(self) -> str:
        """The profile's ARN, path included."""
        return iam_arn(self.account, "instance-profile", self.path, self.name)

    @property
    def unique_id(self) -> str:
        """What tags hang on; it is never used again."""
        return self.instance_profile_id


def create_instance_profile(
    directory: Directory, account: AccountId, name: str, *, path: str = "/", now: datetime
) -> InstanceProfile:
    """Create an instance profile without a role.

    Raises:
        EntityAlreadyExists: a profile of that name exists, without regard to case.
        LimitExceeded: the account's quota of profiles is full.
    """
    profile = InstanceProfile(account, mint_unique_id("AIPA", account), name, path, now.replace(microsecond=0))
    rows.insert_named(
        directory,
        _profiles,
        Noun.INSTANCE_PROFILE,
        {
            "account_id": account,
            "instance_profile_id": profile.instance_profile_id,
            "name": name,
            "path": path,
            "created_at": now,
        },
    )
    require_room(directory, account, Quota.INSTANCE_PROFILES, rows.count(directory, _profiles, account))
    return profile


def find_instance_profile(directory: Directory, account: AccountId, name: str) -> InstanceProfile | None:
    """Return the profile called `name`, without regard to case, or None."""
    row = rows.find_named(directory, _profiles, account, name)
    return build_instance_profile(row) if row else None


def get_instance_profile(directory: Directory, account: AccountId, name: str) -> InstanceProfile:
    """Return the profile called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    if profile := find_instance_profile(directory, account, name):
        return profile
    raise NoSuchEntity(Noun.INSTANCE_PROFILE, name)


def list_instance_profiles(
    directory: Directory, account: AccountId, page: PageRequest, path_prefix: str = "/"
) -> Page[InstanceProfile]:
    """Return the profiles whose path begins with `path_prefix`, by name without regard to case."""
    query = select(_profiles).where(_profiles.c.account_id == account, under_path(_profiles.c.path, path_prefix))
    return fetch_page(directory, query, page, sort_key=_profiles.c.name_key, build=build_instance_profile)


def list_instance_profiles_of(directory: Directory, role: Role, page: PageRequest) -> Page[InstanceProfile]:
    """Return the profiles that a role is in, by name without regard to case."""
    query = select(_profiles).where(_profiles.c.account_id == role.account, _profiles.c.role_id == role.role_id)
    sort_key = sorted_afterwards(_profiles.c.name_key)
    return fetch_page(directory, query, page, sort_key=sort_key, build=build_instance_profile)


def add_role(directory: Directory, profile: InstanceProfile, role: Role) -> None:
    """Put a role into a profile.

    Raises:
        LimitExceeded: the profile has a role, be it the same one.
    """
    if profile.role_id is not None:
        quota = Quota.ROLES_PER_INSTANCE_PROFILE
        raise LimitExceeded(quota, AWS_DEFAULTS[quota])
    _set_role(directory, profile, role.role_id)


def remove_role(directory: Directory, profile: InstanceProfile, role: Role) -> None:
    """Take a role out of a profile.

    Raises:
        NoSuchEntity: the role is not in it.
    """
    if profile.role_id != role.role_id:
        raise NoSuchEntity(Noun.ROLE_IN_INSTANCE_PROFILE, f"{role.name} in Instance Profile {profile.name}")
    _set_role(directory, profile, None)


def delete_instance_profile(directory: Directory, profile: InstanceProfile) -> None:
    """Delete a profile without a role, and its tags.

    Raises:
        DeleteConflict: it has a role.
    """
    if profile.role_id is not None:
        raise DeleteConflict(Hanger.ROLES)
    for column in (schema.tags.c.entity_id, _profiles.c.instance_profile_id):
        rows.delete_row(directory, column, profile.account, profile.instance_profile_id)


def build_instance_profile(row: Row[Any]) -> InstanceProfile:
    """Return the profile in a row of the table of instance profiles."""
    return InstanceProfile(
        account=row.account_id,
        instance_profile_id=row.instance_profile_id,
        name=row.name,
        path=row.path,
        created_at=row.created_at,
        role_id=row.role_id,
    )


def _set_role(directory: Directory, profile: InstanceProfile, role_id: str | None) -> None:
    directory.connection.execute(update(_profiles).where(_is(profile)).values(role_id=role_id))


def _is(profile: InstanceProfile) -> ColumnElement[bool]:
    return (_profiles.c.account_id == profile.account) & (
        _profiles.c.instance_profile_id == profile.instance_profile_id
    )
