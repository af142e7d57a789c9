"""People's sign-ins."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from ostiary.store.columns import Moment
from ostiary.store.schema.common import UNIQUE_ID, account_key, metadata

sign_in_sessions = Table(
    "sign_in_sessions",
    metadata,
    account_key(),
    Column("session_id", UNIQUE_ID, primary_key=True),
    Column("owner_id", UNIQUE_ID, nullable=False, comment="the user's unique ID, or the account's for its root user"),
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
    account_key(),
    Column("flow_id", UNIQUE_ID, primary_key=True),
    Column("token_hash", String(64), nullable=False, comment="SHA-256 of the cookie"),
    Column("content", Text, nullable=False, comment="how far the sign-in got, as JSON"),
    Column("expires_at", Moment, nullable=False, index=True),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    account_key(),
    Column("subject", String(64), primary_key=True, comment="SHA-256 of a name or an address"),
    Column("failures", Integer, nullable=False),
    Column("last_failed_at", Moment, nullable=False, index=True),
    Column("blocked_until", Moment),
)

login_codes = Table(
    "login_codes",
    metadata,
    account_key(),
    Column("code_hash", String(64), primary_key=True, comment="SHA-256 of the code that `ostiary login` was sent"),
    Column("session_id", UNIQUE_ID, nullable=False, comment="of the console's session that granted it"),
    Column("code_challenge", String(128), nullable=False),
    Column("redirect_uri", String(256), nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)
