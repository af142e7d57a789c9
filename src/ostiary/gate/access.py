"""What a caller's policies come to, compiled once and kept until the account changes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from ostiary.directory import accounts, in_force
from ostiary.directory.directory import Directory
from ostiary.directory.in_force import PolicyText
from ostiary.policy import (
    CompiledPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    ResourcePolicies,
    compile_policy,
    parse_policy,
)
from ostiary.values.caller import Caller, CallerKind

_MOST_PRINCIPALS = 10_000
_MOST_POLICIES = 10_000
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
    policies = PolicySet(
        identity=tuple(_compile_text(text, PolicyKind.IDENTITY) for text in found.identity),
        boundary=(_compile_text(found.boundary, PolicyKind.BOUNDARY),) if found.boundary else None,
        session=_compile_session(directory, caller),
    )
    every = (*policies.identity, *(policies.boundary or ()), *(policies.session or ()))
    statements = [statement for policy in every for statement in policy.statements]
    size = sum(1 + len(statement.resource.anchors or ()) for statement in statements)
    return Access(revision, policies, found.tags, size)


def _compile_session(directory: Directory, caller: Caller) -> tuple[CompiledPolicy, ...] | None:
    session = caller.session
    if session is None:
        return None
    if not (session.policies or session.policy_arns):
        # Without session policies a federated user's session may do only what resources' own policies let it.
        return () if caller.kind is CallerKind.FEDERATED_USER else None
    texts = [PolicyText("session", "session policy", document) for document in session.policies]
    for arn in session.policy_arns:
        text = in_force.managed_text(directory, caller.account, arn)
        if text is None:
            # The policy was deleted since. What it denied is not known any more, so the session may do nothing.
            return ()
        texts.append(text)
    return tuple(_compile_text(text, PolicyKind.SESSION) for text in texts)


@lru_cache(maxsize=_MOST_POLICIES)
def trust_policies(role_arn: str, document: str) -> ResourcePolicies:
    """Return what guards a role; like the rest it is kept, as it seldom changes."""
    policy = _compile_text(PolicyText(role_arn, "trust policy", document), PolicyKind.TRUST)
    return ResourcePolicies(policy, must_allow=True)


@lru_cache(maxsize=_MOST_POLICIES)
def _compile_text(text: PolicyText, kind: PolicyKind) -> CompiledPolicy:
    """Return a policy compiled for a place; a change to the account seldom changes it, so the result is kept."""
    return compile_policy(parse_policy(text.document, kind), PolicySource(kind, text.policy_id, text.name))
