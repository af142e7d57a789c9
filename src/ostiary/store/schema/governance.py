"""What comes of looking after the account, and the work that is done without a call."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from ostiary.store.columns import Moment
from ostiary.store.schema.common import ARN, account_key, metadata

alerts = Table(
    "alerts",
    metadata,
    account_key(),
    Column("alert_id", String(36), primary_key=True, comment="a UUID that grows with time"),
    Column("kind", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", ARN, comment="the ARN of who or what it is about"),
    Column("event_id", String(36), comment="of the event that gave rise to it"),
    Column("content", Text, nullable=False, comment="as JSON"),
    Column("created_at", Moment, nullable=False),
    Column("dispatched", Boolean, nullable=False, comment="it stands in alert_deliveries for each channel"),
)
NOT_DISPATCHED = alerts.c.dispatched.is_(False)
Index("ix_alerts_not_dispatched", alerts.c.created_at, sqlite_where=NOT_DISPATCHED, postgresql_where=NOT_DISPATCHED)

alert_deliveries = Table(
    "alert_deliveries",
    metadata,
    account_key(),
    Column("alert_id", String(36), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("status", String(16), nullable=False, comment="pending, delivered or failed"),
    Column("attempts", Integer, nullable=False),
    Column("begun_after", Integer, nullable=False, comment="how many attempts there were when it was begun anew"),
    Column("next_attempt_at", Moment, comment="null when there is none to come", index=True),
    Column("last_error", Text),
    Column("delivered_at", Moment),
    ForeignKeyConstraint(["account_id", "alert_id"], ["alerts.account_id", "alerts.alert_id"]),
    # How much a channel got in the last hour is asked before each delivery.
    Index(None, "channel", "delivered_at"),
)

findings = Table(
    "findings",
    metadata,
    account_key(),
    Column("finding_id", String(64), primary_key=True, comment="SHA-256 of the control's key and the resource"),
    Column("control", String(64), nullable=False),
    Column("resource_arn", ARN, nullable=False),
    Column("resource_type", String(128), nullable=False),
    Column("status", String(16), nullable=False, comment="PASSED, FAILED or NOT_AVAILABLE"),
    Column("reason", Text, nullable=False),
    Column("workflow", String(16), nullable=False, comment="NEW, NOTIFIED, SUPPRESSED or RESOLVED"),
    Column("note", Text),
    Column("note_by", ARN),
    Column("noted_at", Moment),
    Column("archived", Boolean, nullable=False, comment="the resource or the control is there no longer"),
    Column("first_observed_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False, comment="when the control last found it otherwise"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "control"),
)

finding_changes = Table(
    "finding_changes",
    metadata,
    account_key(),
    Column("finding_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1, for each finding"),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", ARN, nullable=False, comment="an ARN, or the name of the job that did it"),
    Column("changes", Text, nullable=False, comment="fields with their old and new values, as JSON"),
    ForeignKeyConstraint(["account_id", "finding_id"], ["findings.account_id", "findings.finding_id"]),
)

policy_generations = Table(
    "policy_generations",
    metadata,
    account_key(),
    Column("job_id", String(36), primary_key=True),
    Column("principal_arn", ARN, nullable=False),
    Column("status", String(16), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("content", Text, nullable=False, comment="what was asked for and what came of it, as JSON"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "principal_arn"),
)

jobs = Table(
    "jobs",
    metadata,
    account_key(),
    Column("name", String(64), primary_key=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("state", Text, nullable=False, comment="what it has to remember, as JSON"),
)

credential_reports = Table(
    "credential_reports",
    metadata,
    account_key(),
    Column("generated_at", Moment, nullable=False),
    Column("announced", Boolean, nullable=False, comment="somebody was told that it is complete"),
    Column("content", Text, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

access_reports = Table(
    "access_reports",
    metadata,
    account_key(),
    Column("job_id", String(36), primary_key=True),
    Column("owner_id", String(128), nullable=False, comment="the unique ID of who asked, with the session's name"),
    Column("arn", ARN, nullable=False, comment="what is reported on"),
    Column("granularity", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("content", Text, nullable=False, comment="as JSON"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "owner_id"),
)
