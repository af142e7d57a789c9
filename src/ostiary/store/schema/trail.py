"""What happened."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, String, Table, Text

from ostiary.store.columns import Moment
from ostiary.store.schema.common import UNIQUE_ID, account_key, metadata

events = Table(
    "events",
    metadata,
    account_key(),
    Column("event_id", String(36), primary_key=True, comment="a UUID that grows with time"),
    Column("event_time", Moment, nullable=False),
    Column("event_source", String(128), nullable=False),
    Column("event_name", String(128), nullable=False),
    Column("user_name", String(256)),
    Column("principal_id", UNIQUE_ID, comment="the unique ID of the user or role behind the caller"),
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
    account_key(),
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
    account_key(),
    Column("sealed_key", LargeBinary, nullable=False, comment="what files of the trail are signed with"),
)
