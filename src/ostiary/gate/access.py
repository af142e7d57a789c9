"""What a caller's policies come to, compiled once and kept until the account changes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from ostiary.directory import accounts, in_force
from ostiary.directory.deciding import binding, session_policies
from ostiary.directory.directory import Directory
from ostiary.policy import PolicySet
from ostiary.values.caller import Caller

_MOST_PRINCIPALS = 10_000
_MOST_KEPT = 500_000
"""How many statements and patterns, each counted for every action asked about, are kept in all: some 400 MB."""


@dataclass(frozen=True, slots=True)
class Access:
    """A caller's compiled policies and tags, as of one access revision of the account."""

    revision: int
    policies: PolicySet
    tags: dict[str, str]
    size: int
    """How many statements and resource patterns the policies have."""

    @property
    def kept(self) -> int:
        """At most how much was worked out of the policies so far: all of them, for each action asked about."""
        return self.size * sum(map(len, self.policies.plans))


class AccessCache:
    """Compiled access by principal and session policies; the least recently used goes first when it is too much.

    Thread-safe. An entry is good only for the revision that the asking transaction sees, so that a change is in force
    from the next call on, whichever process made it.
    """

    def __init__(self, most: int = _MOST_PRINCIPALS, most_kept: int = _MOST_KEPT) -> None:
        self._most = most
        self._most_kept = most_kept
        self._entries: OrderedDict[tuple[object, ...], Access] = OrderedDict()
        self._kept: dict[tuple[object, ...], int] = {}
        self._kept_in_all = 0
        self._lock = threading.Lock()

    def get(self, directory: Directory, caller: Caller) -> Access:
        """Return the caller's access as the directory's transaction sees it."""
        session = caller.session
        key = (
            caller.account,
            caller.kind,
            caller.identity_id,
            session.issuer_id if session else None,
            *((session.policies, session.policy_arns) if session else ()),
        )
        revision = accounts.get_access_revision(directory, caller.account)
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.revision == revision:
                self._touch(key, entry)
                return entry
        entry = _compile_access(directory, caller, revision)
        with self._lock:
            self._touch(key, entry)
        return entry

    def _touch(self, key: tuple[object, ...], entry: Access) -> None:
        """Put an entry last in the row, and drop from its front what is too much."""
        self._entries[key] = entry
        self._entries.move_to_end(key)
        kept = entry.kept
        self._kept_in_all += kept - self._kept.get(key, 0)
        self._kept[key] = kept
        while len(self._entries) > self._most or (self._kept_in_all > self._most_kept and len(self._entries) > 1):
            oldest, _ = self._entries.popitem(last=False)
            self._kept_in_all -= self._kept.pop(oldest)


def _compile_access(directory: Directory, caller: Caller, revision: int) -> Access:
    found = in_force.policies_in_force(directory, caller)
    policies = binding(found, session_policies(directory, caller))
    every = (*policies.identity, *(policies.boundary or ()), *(policies.session or ()))
    statements = [statement for policy in every for statement in policy.statements]
    size = sum(1 + len(statement.resource.anchors or ()) for statement in statements)
    return Access(revision, policies, found.tags, size)
