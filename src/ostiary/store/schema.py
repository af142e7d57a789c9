"""The tables. Each primary key begins with the account, so that accounts can be spread over many databases.

Names are unique without regard to case, so each has a folded twin (`name_key`) that carries the constraint and is what
look-ups and ordered pages use. Attachments, inline policies and tags hang on the unique ID of their user, group, role
or policy, which survives a rename. Things that AWS knows by their ARN alone have a unique ID of our own for that.
"""

from sqlalchemy import (
    BigInteger,
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


def _position() -> Column[int]:
    return Column("position", Integer, comment="among its like, of what was imported; null sorts last")


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
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("boundary_arn", _ARN),
    Column("created_at", Moment, nullable=False),
    Column("password_last_used_at", Moment),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "path"),
)

login_profiles = Table(
    "login_profiles",
    metadata,
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, comment="when the password was last set; null until it was set anew"),
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
    _position(),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    ForeignKeyConstraint(["account_id", "group_id"], ["groups.account_id", "groups.group_id"]),
    # With the user in it, a group's members are found in the index alone.
    Index(None, "account_id", "group_id", "user_id"),
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
    Column("service", String(128), comment="the service that a service-linked role is linked to"),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

trust_principals = Table(
    "trust_principals",
    metadata,
    _account_key(),
    Column("role_id", _UNIQUE_ID, primary_key=True),
    Column("principal", _ARN, primary_key=True, comment="a user's or role's ARN that stands in the trust policy"),
    ForeignKeyConstraint(["account_id", "role_id"], ["roles.account_id", "roles.role_id"]),
    # A principal may be named by the roles of any account.
    Index(None, "principal"),
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

aws_policies = Table(
    "aws_policies",
    metadata,
    _account_key(),
    Column("arn", _ARN, primary_key=True, comment="of a policy of AWS's that the account has as AWS once had it"),
    Column("policy_id", _UNIQUE_ID, nullable=False),
    Column("default_version", Integer, nullable=False),
    Column("attachable", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

aws_policy_versions = Table(
    "aws_policy_versions",
    metadata,
    _account_key(),
    Column("arn", _ARN, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "arn"], ["aws_policies.account_id", "aws_policies.arn"]),
)

attachments = Table(
    "attachments",
    metadata,
    _account_key(),
    Column("entity_id", _UNIQUE_ID, primary_key=True, comment="a user's, group's or role's unique ID"),
    Column("policy_arn", _ARN, primary_key=True),
    _position(),
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
    _position(),
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
    _position(),
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
    Column("age_warned_at", Moment, comment="when its age was warned of"),
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
    Column("principal_id", _UNIQUE_ID, comment="the unique ID of the user or role behind the caller"),
    Column("access_key_id", String(128)),
    Column("error_code", String(128)),
    Column("read_only", Boolean, nullable=False),
    Column("body", Text, nullable=False, comment="the whole event as JSON, in CloudTrail's shape"),
    Column("sequence", BigInteger, comment="its place in the account's trail, from 1; null until the trail is chained"),
    Column("chain_hash", LargeBinary, comment="of the event and the one before it, under the trail's key"),
    # Which services and actions a principal last used is read from this index alone.
    Index("ix_events_last_accessed", "account_id", "principal_id", "event_source", "event_name", "event_time"),
    # Who did it, what was done, and with which key: what a trail is asked, newest first.
    Index(None, "account_id", "user_name", "event_id"),
    Index(None, "account_id", "event_name", "event_id"),
    Index(None, "account_id", "access_key_id", "event_id"),
    Index(None, "account_id", "sequence", unique=True),
)
# Changes are what a trail is asked for most, and are few among reads, which do not pay for this index.
CHANGES = events.c.read_only.is_(False)
"""As a database wants to see it to use the index."""
Index("ix_events_changes", events.c.account_id, events.c.event_id, sqlite_where=CHANGES, postgresql_where=CHANGES)

# Calls that name no account of this server have a trail too, so that these need not be of an account that is there.
trails = Table(
    "trails",
    metadata,
    _account_key(),
    Column("sealed_key", LargeBinary, nullable=False, comment="what its events are hashed under"),
    Column("sequence", BigInteger, nullable=False, comment="of the last event"),
    Column("last_hash", LargeBinary, nullable=False),
    Column("pruned_sequence", BigInteger, nullable=False, comment="of the last event that is kept no longer"),
    Column("pruned_hash", LargeBinary, nullable=False),
    Column("head_hash", LargeBinary, nullable=False, comment="of the four before, under the same key"),
)

trail_signers = Table(
    "trail_signers",
    metadata,
    _account_key(),
    Column("sealed_key", LargeBinary, nullable=False, comment="what files of the trail are signed with"),
)

alerts = Table(
    "alerts",
    metadata,
    _account_key(),
    Column("alert_id", String(36), primary_key=True, comment="a UUID that grows with time"),
    Column("kind", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", _ARN, comment="the ARN of who or what it is about"),
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
    _account_key(),
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
    _account_key(),
    Column("finding_id", String(64), primary_key=True, comment="SHA-256 of the control's key and the resource"),
    Column("control", String(64), nullable=False),
    Column("resource_arn", _ARN, nullable=False),
    Column("resource_type", String(128), nullable=False),
    Column("status", String(16), nullable=False, comment="PASSED, FAILED or NOT_AVAILABLE"),
    Column("reason", Text, nullable=False),
    Column("workflow", String(16), nullable=False, comment="NEW, NOTIFIED, SUPPRESSED or RESOLVED"),
    Column("note", Text),
    Column("note_by", _ARN),
    Column("noted_at", Moment),
    Column("archived", Boolean, nullable=False, comment="the resource or the control is there no longer"),
    Column("first_observed_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False, comment="when status, workflow or note last changed"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "control"),
)

finding_changes = Table(
    "finding_changes",
    metadata,
    _account_key(),
    Column("finding_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1, for each finding"),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", _ARN, nullable=False, comment="an ARN, or the name of the job that did it"),
    Column("changes", Text, nullable=False, comment="fields with their old and new values, as JSON"),
    ForeignKeyConstraint(["account_id", "finding_id"], ["findings.account_id", "findings.finding_id"]),
)

policy_generations = Table(
    "policy_generations",
    metadata,
    _account_key(),
    Column("job_id", String(36), primary_key=True),
    Column("principal_arn", _ARN, nullable=False),
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
    _account_key(),
    Column("name", String(64), primary_key=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("state", Text, nullable=False, comment="what it has to remember, as JSON"),
)

quotas = Table(
    "quotas",
    metadata,
    _account_key(),
    Column("quota", String(64), primary_key=True, comment="by AWS's name"),
    Column("value", Integer, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

password_policies = Table(
    "password_policies",
    metadata,
    _account_key(),
    Column("minimum_length", Integer, nullable=False),
    Column("require_symbols", Boolean, nullable=False),
    Column("require_numbers", Boolean, nullable=False),
    Column("require_uppercase", Boolean, nullable=False),
    Column("require_lowercase", Boolean, nullable=False),
    Column("allow_users_to_change", Boolean, nullable=False),
    Column("max_age", Integer, comment="days; null when passwords do not expire"),
    Column("reuse_prevention", Integer, comment="how many of a user's last passwords may not be used again"),
    Column("hard_expiry", Boolean),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

former_passwords = Table(
    "former_passwords",
    metadata,
    _account_key(),
    Column("user_id", _UNIQUE_ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="goes up with each password"),
    Column("password_hash", Text, nullable=False),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
)

mfa_devices = Table(
    "mfa_devices",
    metadata,
    _account_key(),
    Column("device_id", _UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
    Column("serial_number", String(256), nullable=False, comment="the ARN"),
    Column("serial_key", String(256), nullable=False, comment="the ARN in lower case"),
    Column("name", String(226), nullable=False),
    Column("path", _PATH, nullable=False),
    Column("owner_id", _UNIQUE_ID, comment="the user's unique ID, or the account's for its root user"),
    Column("enabled_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("sealed_seed", LargeBinary, comment="of a virtual device"),
    Column("last_step", BigInteger, comment="the time step of the last code that was taken; none up to it is again"),
    Column("drift", Integer, nullable=False, server_default="0", comment="time steps that the device is ahead"),
    Column("passkey", Text, comment="of a FIDO device: its public key, counter and facts as JSON"),
    Column("credential_key", String(64), comment="of a FIDO device: SHA-256 of its credential ID, in hexadecimal"),
    UniqueConstraint("account_id", "serial_key"),
    UniqueConstraint("account_id", "credential_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "owner_id"),
)

ssh_public_keys = Table(
    "ssh_public_keys",
    metadata,
    _account_key(),
    Column("key_id", _UNIQUE_ID, primary_key=True),
    Column("user_id", _UNIQUE_ID, nullable=False),
    Column("fingerprint", String(48), nullable=False),
    Column("body", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    Index(None, "account_id", "user_id"),
)

signing_certificates = Table(
    "signing_certificates",
    metadata,
    _account_key(),
    Column("certificate_id", _UNIQUE_ID, primary_key=True),
    Column("owner_id", _UNIQUE_ID, nullable=False, comment="the user's unique ID, or the account's for its root user"),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the certificate, in hexadecimal"),
    Column("body", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    UniqueConstraint("account_id", "digest"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "owner_id"),
)

server_certificates = Table(
    "server_certificates",
    metadata,
    _account_key(),
    Column("certificate_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("body", Text, nullable=False),
    Column("chain", Text),
    Column("sealed_private_key", LargeBinary, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

service_credentials = Table(
    "service_credentials",
    metadata,
    _account_key(),
    Column("credential_id", _UNIQUE_ID, primary_key=True),
    Column("user_id", _UNIQUE_ID, nullable=False),
    Column("service", String(128), nullable=False, comment="such as codecommit.amazonaws.com"),
    Column("service_user_name", String(200), nullable=False, comment="what goes with the password or secret"),
    Column("secret_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    UniqueConstraint("account_id", "service", "service_user_name"),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
    Index(None, "account_id", "user_id"),
)

instance_profiles = Table(
    "instance_profiles",
    metadata,
    _account_key(),
    Column("instance_profile_id", _UNIQUE_ID, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("path", _PATH, nullable=False),
    Column("role_id", _UNIQUE_ID, comment="of its only role"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id", "role_id"], ["roles.account_id", "roles.role_id"]),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "role_id"),
)

role_deletions = Table(
    "role_deletions",
    metadata,
    _account_key(),
    Column("task_id", String(1000), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("reason", Text, comment="why it failed, as JSON"),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

oidc_providers = Table(
    "oidc_providers",
    metadata,
    _account_key(),
    Column("provider_id", _UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
    Column("url", String(255), nullable=False, comment="without https://"),
    Column("client_ids", Text, nullable=False, comment="as a JSON list"),
    Column("thumbprints", Text, nullable=False, comment="as a JSON list"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "url"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

saml_providers = Table(
    "saml_providers",
    metadata,
    _account_key(),
    Column("provider_id", _UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
    Column("name", _NAME, nullable=False),
    Column("name_key", _NAME, nullable=False),
    Column("uuid", String(64), nullable=False),
    Column("metadata", Text, nullable=False),
    Column("valid_until", Moment),
    Column("assertion_encryption", String(16)),
    Column("sealed_private_keys", LargeBinary, comment="key IDs, times and keys as JSON"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "name_key"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

outbound_federation = Table(
    "outbound_federation",
    metadata,
    _account_key(),
    Column("issuer_id", String(64), nullable=False, unique=True, comment="the last part of the issuer's URL"),
    Column("enabled", Boolean, nullable=False),
    Column("sealed_keys", LargeBinary, nullable=False, comment="signing keys as JSON"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

account_properties = Table(
    "account_properties",
    metadata,
    _account_key(),
    Column("name", String(50), primary_key=True, comment="Namespace/PropertyName"),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

credential_reports = Table(
    "credential_reports",
    metadata,
    _account_key(),
    Column("generated_at", Moment, nullable=False),
    Column("announced", Boolean, nullable=False, comment="somebody was told that it is complete"),
    Column("content", Text, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

access_reports = Table(
    "access_reports",
    metadata,
    _account_key(),
    Column("job_id", String(36), primary_key=True),
    Column("owner_id", String(128), nullable=False, comment="the unique ID of who asked, with the session's name"),
    Column("arn", _ARN, nullable=False, comment="what is reported on"),
    Column("granularity", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("content", Text, nullable=False, comment="as JSON"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "owner_id"),
)

sign_in_sessions = Table(
    "sign_in_sessions",
    metadata,
    _account_key(),
    Column("session_id", _UNIQUE_ID, primary_key=True),
    Column("owner_id", _UNIQUE_ID, nullable=False, comment="the user's unique ID, or the account's for its root user"),
    Column("client", String(16), nullable=False, comment="console or command-line"),
    Column("token_hash", String(64), nullable=False, comment="SHA-256 of the cookie or refresh token"),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("mfa_authenticated_at", Moment),
    Column("address", String(64), nullable=False),
    Column("user_agent", String(1024), nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "owner_id"),
)

# Who is not known yet has no account, so that the two below name one that need not be there.
sign_in_flows = Table(
    "sign_in_flows",
    metadata,
    _account_key(),
    Column("flow_id", _UNIQUE_ID, primary_key=True),
    Column("token_hash", String(64), nullable=False, comment="SHA-256 of the cookie"),
    Column("content", Text, nullable=False, comment="how far the sign-in got, as JSON"),
    Column("expires_at", Moment, nullable=False, index=True),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    _account_key(),
    Column("subject", String(64), primary_key=True, comment="SHA-256 of a name or an address"),
    Column("failures", Integer, nullable=False),
    Column("last_failed_at", Moment, nullable=False, index=True),
    Column("blocked_until", Moment),
)

login_codes = Table(
    "login_codes",
    metadata,
    _account_key(),
    Column("code_hash", String(64), primary_key=True, comment="SHA-256 of the code that `ostiary login` was sent"),
    Column("session_id", _UNIQUE_ID, nullable=False, comment="of the console's session that granted it"),
    Column("code_challenge", String(128), nullable=False),
    Column("redirect_uri", String(256), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)
