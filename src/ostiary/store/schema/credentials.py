"""What users prove themselves with, and the rules for passwords."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ostiary.store.columns import Moment
from ostiary.store.schema.common import NAME, PATH, UNIQUE_ID, account_key, metadata

access_keys = Table(
    "access_keys",
    metadata,
    account_key(),
    Column("access_key_id", String(32), primary_key=True),
    Column("user_id", UNIQUE_ID, comment="null for a key of the root user"),
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

password_policies = Table(
    "password_policies",
    metadata,
    account_key(),
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
    account_key(),
    Column("user_id", UNIQUE_ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="goes up with each password"),
    Column("password_hash", Text, nullable=False),
    ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.user_id"]),
)

mfa_devices = Table(
    "mfa_devices",
    metadata,
    account_key(),
    Column("device_id", UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
    Column("serial_number", String(256), nullable=False, comment="the ARN"),
    Column("serial_key", String(256), nullable=False, comment="the ARN in lower case"),
    Column("name", String(226), nullable=False),
    Column("path", PATH, nullable=False),
    Column("owner_id", UNIQUE_ID, comment="the user's unique ID, or the account's for its root user"),
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
    account_key(),
    Column("key_id", UNIQUE_ID, primary_key=True),
    Column("user_id", UNIQUE_ID, nullable=False),
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
    account_key(),
    Column("certificate_id", UNIQUE_ID, primary_key=True),
    Column("owner_id", UNIQUE_ID, nullable=False, comment="the user's unique ID, or the account's for its root user"),
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
    account_key(),
    Column("certificate_id", UNIQUE_ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
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
    account_key(),
    Column("credential_id", UNIQUE_ID, primary_key=True),
    Column("user_id", UNIQUE_ID, nullable=False),
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
