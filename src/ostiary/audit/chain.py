"""The chain of a trail: each event's hash covers the event and the hash before it, under a key of the trail's own.

The key is kept sealed, so that who can write to the database and no more cannot change an event, add one or take one
out from between others without its showing. The chain alone does not show that a trail was put back as it once was, or
taken away whole: that shows against the end of each trail as the server keeps it outside of the database, which lags
behind by a minute at most, and against what was exported meanwhile.
"""

import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any

HASH_BYTES = 32
FIRST_HASH = bytes(HASH_BYTES)
"""Stands before the first event of a trail."""


# Made once: it is on every call's way.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class ChainKey:
    """What the events of one trail are hashed under."""

    secret: bytes

    @staticmethod
    def generate() -> "ChainKey":
        """Return a new random key."""
        return ChainKey(secrets.token_bytes(HASH_BYTES))

    def hash_event(self, before: bytes, sequence: int, columns: tuple[Any, ...], body: str) -> bytes:
        """Return an event's hash.

        Args:
            before: the hash of the event before it.
            sequence: its place in the trail.
            columns: what it is looked up by, as it is kept; texts, whole numbers, booleans and None.
            body: the whole of it, as it is kept.
        """
        # A line feed cannot stand in the first line, so no two events are written alike.
        line = _encode([sequence, *columns])
        return hmac.digest(self.secret, before + f"{line}\n{body}".encode(), "sha256")

    def hash_head(self, account: str, head: "TrailHead") -> bytes:
        """Return the hash of where a trail begins and ends."""
        line = f"{account} {head.pruned_sequence} {head.sequence}\n"
        return hmac.digest(self.secret, line.encode() + head.pruned_hash + head.last_hash, "sha256")


@dataclass(frozen=True, slots=True)
class TrailHead:
    """Where a trail begins and ends."""

    sequence: int
    """Of the last event."""
    last_hash: bytes
    pruned_sequence: int
    """Of the last event that is kept no longer; 0 while all are kept."""
    pruned_hash: bytes


EMPTY_HEAD = TrailHead(0, FIRST_HASH, 0, FIRST_HASH)
