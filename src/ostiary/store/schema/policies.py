"""Policies, and whom they are attached to."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, UniqueConstraint

from ostiary.store.columns import Moment
from ostiary.store.schema.common import ARN, NAME, PATH, UNIQUE_ID, account_key, metadata, position

policies = Table(
    "policies",
    metadata,
    account_key(),
    Column("policy_id", UNIQUE_ID, primary_key=True),
    Column("arn", ARN, nullable=False),
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False),
    Column("path", PATH, nullable=False),
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
    account_key(),
    Column("policy_id", UNIQUE_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "policy_id"], ["policies.account_id", "policies.policy_id"]),
)

aws_policies = Table(
    "aws_policies",
    metadata,
    account_key(),
    Column("arn", ARN, primary_key=True, comment="of a policy of AWS's that the account has as AWS once had it"),
    Column("policy_id", UNIQUE_ID, nullable=False),
    Column("default_version", Integer, nullable=False),
    Column("attachable", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

aws_policy_versions = Table(
    "aws_policy_versions",
    metadata,
    account_key(),
    Column("arn", ARN, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account_id", "arn"], ["aws_policies.account_id", "aws_policies.arn"]),
)

attachments = Table(
    "attachments",
    metadata,
    account_key(),
    Column("entity_id", UNIQUE_ID, primary_key=True, comment="a user's, group's or role's unique ID"),
    Column("policy_arn", ARN, primary_key=True),
    position(),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index(None, "account_id", "policy_arn"),
)

inline_policies = Table(
    "inline_policies",
    metadata,
    account_key(),
    Column("entity_id", UNIQUE_ID, primary_key=True, comment="a user's, group's or role's unique ID"),
    Column("name", NAME, primary_key=True),
    Column("document", Text, nullable=False),
    position(),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)
