"""What people's sign-ins are kept in."""

import sqlalchemy as sa
from alembic import op

from ostiary.store.columns import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_failures",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False, comment="SHA-256 of a name or an address"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", Moment(), nullable=False),
        sa.Column("blocked_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "subject", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_failures_last_failed_at"), ["last_failed_at"], unique=False)

    op.create_table(
        "sign_in_flows",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("flow_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie"),
        sa.Column("content", sa.Text(), nullable=False, comment="how far the sign-in got, as JSON"),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "flow_id", name=op.f("pk_sign_in_flows")),
    )
    with op.batch_alter_table("sign_in_flows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_flows_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "login_codes",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column(
            "code_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the code that `ostiary login` was sent",
        ),
        sa.Column(
            "session_id", sa.String(length=32), nullable=False, comment="of the console's session that granted it"
        ),
        sa.Column("code_challenge", sa.String(length=128), nullable=False),
        sa.Column("redirect_uri", sa.String(length=256), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_login_codes_account_id")),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_login_codes")),
    )
    with op.batch_alter_table("login_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_codes_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "sign_in_sessions",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column(
            "owner_id",
            sa.String(length=32),
            nullable=False,
            comment="the user's unique ID, or the account's for its root user",
        ),
        sa.Column("client", sa.String(length=16), nullable=False, comment="console or command-line"),
        sa.Column("token_hash", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie or refresh token"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("mfa_authenticated_at", Moment(), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("user_agent", sa.String(length=1024), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_sign_in_sessions_account_id")),
        sa.PrimaryKeyConstraint("account_id", "session_id", name=op.f("pk_sign_in_sessions")),
    )
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_sessions_account_id_owner_id"), ["account_id", "owner_id"], unique=False
        )

    # An event's ID tells its time, so nothing is looked for by the time itself.
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_account_id_event_time"))
        for column in ("access_key_id", "event_name", "user_name"):
            batch_op.create_index(
                batch_op.f(f"ix_events_account_id_{column}_event_id"), ["account_id", column, "event_id"], unique=False
            )
        batch_op.create_index(
            "ix_events_changes",
            ["account_id", "event_id"],
            unique=False,
            sqlite_where=sa.text("read_only IS 0"),
            postgresql_where=sa.text("read_only IS false"),
        )

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("root_must_change_password", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column(
                "root_reset_hash",
                sa.Text(),
                nullable=True,
                comment="of the one-time code that the operator had made to set it anew",
            )
        )
        batch_op.add_column(sa.Column("root_reset_expires_at", Moment(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "mfa_required", sa.Boolean(), server_default="0", nullable=False, comment="nobody signs in without"
            )
        )

    with op.batch_alter_table("mfa_devices", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "credential_key",
                sa.String(length=64),
                nullable=True,
                comment="of a FIDO device: SHA-256 of its credential ID, in hexadecimal",
            )
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_mfa_devices_account_id_credential_key"), ["account_id", "credential_key"]
        )


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_changes")
        for column in ("user_name", "event_name", "access_key_id"):
            batch_op.drop_index(batch_op.f(f"ix_events_account_id_{column}_event_id"))
        batch_op.create_index(batch_op.f("ix_events_account_id_event_time"), ["account_id", "event_time"], unique=False)

    with op.batch_alter_table("mfa_devices", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_mfa_devices_account_id_credential_key"), type_="unique")
        batch_op.drop_column("credential_key")

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("mfa_required")
        batch_op.drop_column("root_reset_expires_at")
        batch_op.drop_column("root_reset_hash")
        batch_op.drop_column("root_must_change_password")

    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_account_id_owner_id"))

    op.drop_table("sign_in_sessions")
    with op.batch_alter_table("login_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_codes_expires_at"))

    op.drop_table("login_codes")
    with op.batch_alter_table("sign_in_flows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_flows_expires_at"))

    op.drop_table("sign_in_flows")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failures_last_failed_at"))

    op.drop_table("sign_in_failures")
