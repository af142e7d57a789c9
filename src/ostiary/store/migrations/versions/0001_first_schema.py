"""The first schema."""

import sqlalchemy as sa
from alembic import op

from ostiary.store.columns import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("root_email", sa.String(length=320), nullable=False),
        sa.Column("root_password_hash", sa.Text(), nullable=False),
        sa.Column("alias", sa.String(length=63), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, comment="goes up with every change to the account"),
        sa.Column(
            "access_revision", sa.Integer(), nullable=False, comment="goes up when what somebody may do can change"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("alias", name=op.f("uq_accounts_alias")),
        sa.UniqueConstraint("root_email", name=op.f("uq_accounts_root_email")),
    )
    op.create_table(
        "events",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False, comment="a UUID that grows with time"),
        sa.Column("event_time", Moment(), nullable=False),
        sa.Column("event_source", sa.String(length=128), nullable=False),
        sa.Column("event_name", sa.String(length=128), nullable=False),
        sa.Column("user_name", sa.String(length=256), nullable=True),
        sa.Column("access_key_id", sa.String(length=128), nullable=True),
        sa.Column("error_code", sa.String(length=128), nullable=True),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole event as JSON, in CloudTrail's shape"),
        sa.PrimaryKeyConstraint("account_id", "event_id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_account_id_event_time"), ["account_id", "event_time"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("entity_id", sa.String(length=32), nullable=False, comment="a user's, group's or role's unique ID"),
        sa.Column("policy_arn", sa.String(length=2048), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_attachments_account_id")),
        sa.PrimaryKeyConstraint("account_id", "entity_id", "policy_arn", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachments_account_id_policy_arn"), ["account_id", "policy_arn"], unique=False
        )

    op.create_table(
        "groups",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_groups_account_id")),
        sa.PrimaryKeyConstraint("account_id", "group_id", name=op.f("pk_groups")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_groups_account_id_name_key")),
    )
    op.create_table(
        "inline_policies",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("entity_id", sa.String(length=32), nullable=False, comment="a user's, group's or role's unique ID"),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_inline_policies_account_id")),
        sa.PrimaryKeyConstraint("account_id", "entity_id", "name", name=op.f("pk_inline_policies")),
    )
    op.create_table(
        "policies",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("policy_id", sa.String(length=32), nullable=False),
        sa.Column("arn", sa.String(length=2048), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("default_version", sa.Integer(), nullable=False),
        sa.Column("newest_version", sa.Integer(), nullable=False, comment="version numbers are not used again"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_policies_account_id")),
        sa.PrimaryKeyConstraint("account_id", "policy_id", name=op.f("pk_policies")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_policies_account_id_name_key")),
    )
    op.create_table(
        "roles",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("role_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("trust_policy", sa.Text(), nullable=False),
        sa.Column("max_session_duration", sa.Integer(), nullable=False, comment="seconds"),
        sa.Column("boundary_arn", sa.String(length=2048), nullable=True),
        sa.Column("last_used_at", Moment(), nullable=True),
        sa.Column("last_used_region", sa.String(length=64), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_roles_account_id")),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_roles")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_roles_account_id_name_key")),
    )
    op.create_table(
        "tags",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("entity_id", sa.String(length=32), nullable=False, comment="a user's, role's or policy's unique ID"),
        sa.Column(
            "key_fold", sa.String(length=128), nullable=False, comment="tag keys are unique without regard to case"
        ),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("value", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_tags_account_id")),
        sa.PrimaryKeyConstraint("account_id", "entity_id", "key_fold", name=op.f("pk_tags")),
    )
    op.create_table(
        "users",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("boundary_arn", sa.String(length=2048), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_users_account_id")),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_users")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_users_account_id_name_key")),
    )
    op.create_table(
        "access_keys",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("access_key_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True, comment="null for a key of the root user"),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=True),
        sa.Column("last_used_service", sa.String(length=64), nullable=True),
        sa.Column("last_used_region", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_access_keys_account_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_access_keys_account_id")),
        sa.PrimaryKeyConstraint("account_id", "access_key_id", name=op.f("pk_access_keys")),
    )
    with op.batch_alter_table("access_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_keys_account_id_user_id"), ["account_id", "user_id"], unique=False)

    op.create_table(
        "login_profiles",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_login_profiles_account_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_login_profiles")),
    )
    op.create_table(
        "memberships",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "group_id"],
            ["groups.account_id", "groups.group_id"],
            name=op.f("fk_memberships_account_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_memberships_account_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "group_id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_memberships_account_id_group_id"), ["account_id", "group_id"], unique=False
        )

    op.create_table(
        "policy_versions",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("policy_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "policy_id"],
            ["policies.account_id", "policies.policy_id"],
            name=op.f("fk_policy_versions_account_id_policy_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "policy_id", "version", name=op.f("pk_policy_versions")),
    )


def downgrade() -> None:
    op.drop_table("policy_versions")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_account_id_group_id"))

    op.drop_table("memberships")
    op.drop_table("login_profiles")
    with op.batch_alter_table("access_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_keys_account_id_user_id"))

    op.drop_table("access_keys")
    op.drop_table("users")
    op.drop_table("tags")
    op.drop_table("roles")
    op.drop_table("policies")
    op.drop_table("inline_policies")
    op.drop_table("groups")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachments_account_id_policy_arn"))

    op.drop_table("attachments")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_account_id_event_time"))

    op.drop_table("events")
    op.drop_table("accounts")
