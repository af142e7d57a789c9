"""The tables. Each primary key begins with the account, so that accounts can be spread over many databases.

Names are unique without regard to case, so each has a folded twin (`name_key`) that carries the constraint and is what
look-ups and ordered pages use. Attachments, inline policies and tags hang on the unique ID of their user, group, role
or policy, which survives a rename.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ostiary.store.columns import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ACCOUNT_ID = String(12)
_UNIQUE_ID = String(32)
_NAME = String(128)
_PATH = String(512)
_ARN = String(2048)


def _account_key() -> Column[str]:
    return Column("account_id", _ACCOUNT_ID, primary_key=True)


accounts = Table(
    "accounts",
    metadata,
    _account_key(),
    Column("root_email", String(320), nullable=False, unique=True),
    Column("root_password_hash", Text, nullable=False),
    Column("alias", String(63), unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False, comment="goes up with every change to the account"),
    Column("access_revision", Integer, nullable=False, comment="goes up when what somebody may do can change"),
)

users = Table(
    "users",
    metadata,
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("boundary_arn", _ARN),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

login_profiles = Table(
    "login_profiles",
    metadata,
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
)

groups = Table(
    "groups",
    metadata,
    _account_key(),
    Column("group_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

memberships = Table(
    "memberships",
    metadata,
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("group_id", _UNIQUE_ID, primary_key=True),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    ForeignKeyConstraint(["account_id", "group_id"], ["groups.account_id", "groups.group_id"]),
    Index(None, "account_id", "group_id"),
)

roles = Table(
    "roles",
    metadata,
    _account_key(),
    Column("role_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("description", Text),
    Column("trust_policy", Text, nullable=False),
    Column("max_session_duration", Integer, nullable=False, comment="seconds"),
    Column("boundary_arn", _ARN),
    Column("last_used_at", Moment),
    Column("last_used_region", String(64)),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

policies = Table(
    "policies",
    metadata,
    _account_key(),
    Column("policy_id", _UNIQUE_ID, primary_key=True),
    Column("arn", _ARN, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("description", Text),
    Column("default_version", Integer, nullable=False),
    Column("newest_version", Integer, nullable=False, comment="version numbers are not used again"),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

policy_versions = Table(
    "policy_versions",
    metadata,
    _account_key(),
    Column("policy_id", _UNIQUE_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "policy_id"], ["policies.account_id", "policies.policy_id"]),
)

attachments = Table(
    "attachments",
    metadata,
    _account_key(),
    Column("entity_id", _UNIQUE_ID, primary_key=True, comment="a user's, group's or role's unique ID"),
    Column("policy_arn", _ARN, primary_key=True),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "policy_arn"),
)

inline_policies = Table(
    "inline_policies",
    metadata,
    _account_key(),
    Column("entity_id", _UNIQUE_ID, primary_key=True, comment="a user's, group's or role's unique ID"),
    Column("name", _NAME, primary_key=True),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

tags = Table(
    "tags",
    metadata,
    _account_key(),
    Column("entity_id", _UNIQUE_ID, primary_key=True, comment="a user's, role's or policy's unique ID"),
    Column("key_fold", String(128), primary_key=True, comment="tag keys are unique without regard to case"),
    Column("key", String(128), nullable=False),
    Column("value", String(256), nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

access_keys = Table(
    "access_keys",
    metadata,
    _account_key(),
    Column("access_key_id", String(32), primary_key=True),
    Column("user_id", _UNIQUE_ID, comment="null for a key of the root user"),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    Column("last_used_service", String(64)),
    Column("last_used_region", String(64)),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    Index(None, "account_id", "user_id"),
)

events = Table(
    "events",
    metadata,
    _account_key(),
    Column("event_id", String(36), primary_key=True, comment="a UUID that grows with time"),
    Column("event_time", Moment, nullable=False),
    Column("event_source", String(128), nullable=False),
    Column("event_name", String(128), nullable=False),
    Column("user_name", String(256)),
    Column("access_key_id", String(128)),
    Column("error_code", String(128)),
    Column("read_only", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="the whole event as JSON, in CloudTrail's shape"),
    Index(None, "account_id", "event_time"),
)
