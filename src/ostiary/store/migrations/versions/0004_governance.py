"""What governance is kept in: the chained trail, findings, alerts, and the work that is done without a call."""

import sqlalchemy as sa
from alembic import op

from ostiary.store.columns import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("alert_id", sa.String(length=36), nullable=False, comment="a UUID that grows with time"),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(length=2048), nullable=True, comment="the ARN of who or what it is about"),
        sa.Column("event_id", sa.String(length=36), nullable=True, comment="of the event that gave rise to it"),
        sa.Column("content", sa.Text(), nullable=False, comment="as JSON"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("dispatched", sa.Boolean(), nullable=False, comment="it stands in alert_deliveries for each channel"),
        sa.PrimaryKeyConstraint("account_id", "alert_id", name=op.f("pk_alerts")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alerts_not_dispatched",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("dispatched IS 0"),
            postgresql_where=sa.text("dispatched IS 0"),
        )

    op.create_table(
        "jobs",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="what it has to remember, as JSON"),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_due_at"), ["due_at"], unique=False)

    op.create_table(
        "trail_signers",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False, comment="what files of the trail are signed with"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_trail_signers")),
    )
    op.create_table(
        "trails",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False, comment="what its events are hashed under"),
        sa.Column("sequence", sa.BigInteger(), nullable=False, comment="of the last event"),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "pruned_sequence", sa.BigInteger(), nullable=False, comment="of the last event that is kept no longer"
        ),
        sa.Column("pruned_hash", sa.LargeBinary(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False, comment="of the four before, under the same key"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_trails")),
    )
    op.create_table(
        "alert_deliveries",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("alert_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, comment="pending, delivered or failed"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "begun_after", sa.Integer(), nullable=False, comment="how many attempts there were when it was begun anew"
        ),
        sa.Column("next_attempt_at", Moment(), nullable=True, comment="null when there is none to come"),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("delivered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "alert_id"],
            ["alerts.account_id", "alerts.alert_id"],
            name=op.f("fk_alert_deliveries_account_id_alert_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "alert_id", "channel", name=op.f("pk_alert_deliveries")),
    )
    with op.batch_alter_table("alert_deliveries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alert_deliveries_channel_delivered_at"), ["channel", "delivered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_alert_deliveries_next_attempt_at"), ["next_attempt_at"], unique=False)

    op.create_table(
        "findings",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column(
            "finding_id", sa.String(length=64), nullable=False, comment="SHA-256 of the control's key and the resource"
        ),
        sa.Column("control", sa.String(length=64), nullable=False),
        sa.Column("resource_arn", sa.String(length=2048), nullable=False),
        sa.Column("resource_type", sa.String(length=128), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, comment="PASSED, FAILED or NOT_AVAILABLE"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("workflow", sa.String(length=16), nullable=False, comment="NEW, NOTIFIED, SUPPRESSED or RESOLVED"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_by", sa.String(length=2048), nullable=True),
        sa.Column("noted_at", Moment(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False, comment="the resource or the control is there no longer"),
        sa.Column("first_observed_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False, comment="when the control last found it otherwise"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_findings_account_id")),
        sa.PrimaryKeyConstraint("account_id", "finding_id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_account_id_control"), ["account_id", "control"], unique=False)

    op.create_table(
        "policy_generations",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column("principal_arn", sa.String(length=2048), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("completed_at", Moment(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False, comment="what was asked for and what came of it, as JSON"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_policy_generations_account_id")),
        sa.PrimaryKeyConstraint("account_id", "job_id", name=op.f("pk_policy_generations")),
    )
    with op.batch_alter_table("policy_generations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_policy_generations_account_id_principal_arn"), ["account_id", "principal_arn"], unique=False
        )

    op.create_table(
        "finding_changes",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("finding_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="from 1, for each finding"),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column(
            "changed_by", sa.String(length=2048), nullable=False, comment="an ARN, or the name of the job that did it"
        ),
        sa.Column("changes", sa.Text(), nullable=False, comment="fields with their old and new values, as JSON"),
        sa.ForeignKeyConstraint(
            ["account_id", "finding_id"],
            ["findings.account_id", "findings.finding_id"],
            name=op.f("fk_finding_changes_account_id_finding_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "finding_id", "number", name=op.f("pk_finding_changes")),
    )
    with op.batch_alter_table("access_keys", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age_warned_at", Moment(), nullable=True, comment="when its age was warned of"))

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "access_key_warning_days",
                sa.Integer(),
                nullable=True,
                comment="the age at which an access key is warned of; null: never",
            )
        )
        batch_op.add_column(
            sa.Column(
                "access_key_maximum_days",
                sa.Integer(),
                nullable=True,
                comment="the age at which an access key is deactivated; null: never",
            )
        )
        batch_op.add_column(
            sa.Column(
                "trail_retention_days", sa.Integer(), nullable=True, comment="how long events are kept; null: for ever"
            )
        )

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "sequence",
                sa.BigInteger(),
                nullable=True,
                comment="its place in the account's trail, from 1; null until the trail is chained",
            )
        )
        batch_op.add_column(
            sa.Column(
                "chain_hash",
                sa.LargeBinary(),
                nullable=True,
                comment="of the event and the one before it, under the trail's key",
            )
        )
        batch_op.create_index(batch_op.f("ix_events_account_id_sequence"), ["account_id", "sequence"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_account_id_sequence"))
        batch_op.drop_column("chain_hash")
        batch_op.drop_column("sequence")

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("trail_retention_days")
        batch_op.drop_column("access_key_maximum_days")
        batch_op.drop_column("access_key_warning_days")

    with op.batch_alter_table("access_keys", schema=None) as batch_op:
        batch_op.drop_column("age_warned_at")

    op.drop_table("finding_changes")
    with op.batch_alter_table("policy_generations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_generations_account_id_principal_arn"))

    op.drop_table("policy_generations")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_account_id_control"))

    op.drop_table("findings")
    with op.batch_alter_table("alert_deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_deliveries_next_attempt_at"))
        batch_op.drop_index(batch_op.f("ix_alert_deliveries_channel_delivered_at"))

    op.drop_table("alert_deliveries")
    op.drop_table("trails")
    op.drop_table("trail_signers")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_due_at"))

    op.drop_table("jobs")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_alerts_not_dispatched",
            sqlite_where=sa.text("dispatched IS 0"),
            postgresql_where=sa.text("dispatched IS 0"),
        )

    op.drop_table("alerts")
