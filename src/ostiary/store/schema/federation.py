"""Identity providers, and what the account signs tokens with."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, LargeBinary, String, Table, Text, UniqueConstraint

from ostiary.store.columns import Moment
from ostiary.store.schema.common import NAME, UNIQUE_ID, account_key, metadata

oidc_providers = Table(
    "oidc_providers",
    metadata,
    account_key(),
    Column("provider_id", UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
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
    account_key(),
    Column("provider_id", UNIQUE_ID, primary_key=True, comment="ours alone: what tags hang on"),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
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
    account_key(),
    Column("issuer_id", String(64), nullable=False, unique=True, comment="the last part of the issuer's URL"),
    Column("enabled", Boolean, nullable=False),
    Column("sealed_keys", LargeBinary, nullable=False, comment="signing keys as JSON"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)
