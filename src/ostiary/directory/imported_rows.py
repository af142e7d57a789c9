"""The rows that imported users, groups, roles and policies come to, inserted many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert

from ostiary.directory.authorization_details import GroupDetail, Permissions, PolicyDetail, RoleDetail, UserDetail
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

# What others point to comes first.
_ORDER = (
    schema.aws_policies,
    schema.aws_policy_versions,
    schema.policies,
    schema.policy_versions,
    schema.groups,
    schema.users,
    schema.roles,
    schema.instance_profiles,
    schema.memberships,
    schema.attachments,
    schema.inline_policies,
    schema.tags,
)


class ImportedRows:
    """Rows to insert into an account."""

    def __init__(self, account: AccountId) -> None:
        self._account = account
        self._rows = defaultdict[Table, list[dict[str, Any]]](list)

    def insert(self, directory: Directory) -> bool:
        """Insert the rows; tell whether there were any."""
        for table in _ORDER:
            if rows := self._rows[table]:
                directory.connection.execute(insert(table), rows)
        return any(self._rows.values())

    def add_user(self, detail: UserDetail, group_ids: Iterable[str]) -> None:
        """Take a user with permissions, as a member of groups."""
        user = detail.user
        self._add_named(schema.users, user, user_id=user.user_id, boundary_arn=user.boundary_arn)
        self._add_permissions(user.user_id, detail.permissions, Tagged.USER)
        for position, group_id in enumerate(group_ids):
            self._add(schema.memberships, user_id=user.user_id, group_id=group_id, position=position)

    def add_group(self, detail: GroupDetail) -> None:
        """Take a group with its permissions."""
        self._add_named(schema.groups, detail.group, group_id=detail.group.group_id)
        self._add_permissions(detail.group.group_id, detail.permissions, None)

    def add_role(self, detail: RoleDetail) -> None:
        """Take a role with its permissions and instance profiles."""
        role = detail.role
        self._add_named(
            schema.roles,
            role,
            role_id=role.role_id,
            description=role.description,
            trust_policy=role.trust_policy,
            max_session_duration=role.max_session_duration,
            boundary_arn=role.boundary_arn,
            last_used_at=role.last_used_at,
            last_used_region=role.last_used_region,
            service=role.service,
        )
        self._add_permissions(role.role_id, detail.permissions, Tagged.ROLE)
        for profile in detail.instance_profiles:
            self._add_named(
                schema.instance_profiles,
                profile,
                instance_profile_id=profile.instance_profile_id,
                role_id=role.role_id,
            )

    def add_policy(self, detail: PolicyDetail) -> None:
        """Take a policy of the account's own with its versions."""
        policy = detail.policy
        self._add_named(
            schema.policies,
            policy,
            policy_id=policy.policy_id,
            arn=policy.arn,
            description=policy.description,
            default_version=policy.default_version,
            newest_version=max(version.version for version in detail.versions),
            updated_at=policy.updated_at,
        )
        self._add_versions(schema.policy_versions, detail, policy_id=policy.policy_id)

    def add_aws_policy(self, detail: PolicyDetail) -> None:
        """Take a policy of AWS's as it was."""
        policy = detail.policy
        self._add(
            schema.aws_policies,
            arn=policy.arn,
            policy_id=policy.policy_id,
            default_version=policy.default_version,
            attachable=policy.attachable,
            created_at=policy.created_at,
            updated_at=policy.updated_at,
        )
        self._add_versions(schema.aws_policy_versions, detail, arn=policy.arn)

    def _add_versions(self, table: Table, detail: PolicyDetail, **of: str) -> None:
        for version in detail.versions:
            self._add(table, version=version.version, document=version.document, created_at=version.created_at, **of)

    def _add_permissions(self, entity_id: str, permissions: Permissions, tagged: Tagged | None) -> None:
        for position, (name, document) in enumerate(permissions.inline):
            self._add(schema.inline_policies, entity_id=entity_id, name=name, document=document, position=position)
        for position, arn in enumerate(permissions.attached):
            self._add(schema.attachments, entity_id=entity_id, policy_arn=arn, position=position)
        if tagged is not None:
            for position, (key, value) in enumerate(permissions.tags.items()):
                row = {"entity_id": entity_id, "key_fold": tagged.fold(key), "key": key, "value": value}
                self._add(schema.tags, **row, position=position)

    def _add_named(self, table: Table, named: Any, **values: str | int | datetime | None) -> None:
        facts: Mapping[str, Any] = {"name": named.name, "path": named.path, "created_at": named.created_at}
        self._add(table, name_key=named.name.lower(), **facts, **values)

    def _add(self, table: Table, **values: Any) -> None:
        self._rows[table].append({"account_id": self._account, **values})
