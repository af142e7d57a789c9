"""Accounts with their settings, and who is in them."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, UniqueConstraint

from ostiary.store.columns import Moment
from ostiary.store.schema.common import ARN, NAME, PATH, UNIQUE_ID, account_key, metadata, position

accounts = Table(
    "accounts",
    metadata,
    account_key(),
    Column("root_email", String(320), nullable=False, unique=True),
    Column("root_password_hash", Text, nullable=False),
    Column("alias", String(63), unique=True),
    Column("created_at", Moment, nullable=False),
    Column("root_password_changed_at", Moment, comment="null while it is the account's first"),
    Column("root_password_last_used_at", Moment),
    Column("root_must_change_password", Boolean, nullable=False, server_default="0"),
    Column("root_reset_hash", Text, comment="of the one-time code that the operator had made to set it anew"),
    Column("root_reset_expires_at", Moment),
    Column("mfa_required", Boolean, nullable=False, server_default="0", comment="nobody signs in without"),
    Column("access_key_warning_days", Integer, comment="the age at which an access key is warned of; null: never"),
    Column("access_key_maximum_days", Integer, comment="the age at which an access key is deactivated; null: never"),
    Column("trail_retention_days", Integer, comment="how long events are kept; null: for ever"),
    Column("global_token_version", Integer, nullable=False, server_default="1"),
    Column("revision", Integer, nullable=False, comment="goes up with every change to the account"),
    Column("access_revision", Integer, nullable=False, comment="goes up when what somebody may do can change"),
)

users = Table(
    "users",
    metadata,
    account_key(),
    Column("user_id", UNIQUE_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
    Column("boundary_arn", ARN),
    Column("created_at", Moment, nullable=False),
    Column("password_last_used_at", Moment),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "path"),
)

login_profiles = Table(
    "login_profiles",
    metadata,
    account_key(),
    Column("user_id", UNIQUE_ID, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, comment="when the password was last set; null until it was set anew"),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
)

groups = Table(
    "groups",
    metadata,
    account_key(),
    Column("group_id", UNIQUE_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

memberships = Table(
    "memberships",
    metadata,
    account_key(),
    Column("user_id", UNIQUE_ID, primary_key=True),
    Column("group_id", UNIQUE_ID, primary_key=True),
    position(),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    ForeignKeyConstraint(["account_id", "group_id"], ["groups.account_id", "groups.group_id"]),
    # With the user in it, a group's members are found in the index alone.
    Index(None, "account_id", "group_id", "user_id"),
)

roles = Table(
    "roles",
    metadata,
    account_key(),
    Column("role_id", UNIQUE_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
    Column("description", Text),
    Column("trust_policy", Text, nullable=False),
    Column("max_session_duration", Integer, nullable=False, comment="seconds"),
    Column("boundary_arn", ARN),
    Column("last_used_at", Moment),
    Column("last_used_region", String(64)),
    Column("created_at", Moment, nullable=False),
    Column("service", String(128), comment="the service that a service-linked role is linked to"),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

trust_principals = Table(
    "trust_principals",
    metadata,
    account_key(),
    Column("role_id", UNIQUE_ID, primary_key=True),
    Column("principal", ARN, primary_key=True, comment="a user's or role's ARN that stands in the trust policy"),
    ForeignKeyConstraint(["account_id", "role_id"], ["roles.account_id", "roles.role_id"]),
    # A principal may be named by the roles of any account.
    Index(None, "principal"),
)

tags = Table(
    "tags",
    metadata,
    account_key(),
    Column("entity_id", UNIQUE_ID, primary_key=True, comment="a user's, role's or policy's unique ID"),
    Column("key_fold", String(128), primary_key=True, comment="tag keys are unique without regard to case"),
    Column("key", String(128), nullable=False),
    Column("value", String(256), nullable=False),
    position(),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

quotas = Table(
    "quotas",
    metadata,
    account_key(),
    Column("quota", String(64), primary_key=True, comment="by AWS's name"),
    Column("value", Integer, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

instance_profiles = Table(
    "instance_profiles",
    metadata,
    account_key(),
    Column("instance_profile_id", UNIQUE_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
    Column("role_id", UNIQUE_ID, comment="of its only role"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id", "role_id"], ["roles.account_id", "roles.role_id"]),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "role_id"),
)

role_deletions = Table(
    "role_deletions",
    metadata,
    account_key(),
    Column("task_id", String(1000), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("reason", Text, comment="why it failed, as JSON"),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

account_properties = Table(
    "account_properties",
    metadata,
    account_key(),
    Column("name", String(50), primary_key=True, comment="Namespace/PropertyName"),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)
