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


@dataclass(frozen=True, slots=True)
class Access:
    """A caller's compiled policies and tags, as of one access revision of the account."""

    revision: int
    policies: PolicySet
    tags: dict[str, str]


class AccessCache:
    """Compiled access by principal and session policies; the least recently used goes first.

    Thread-safe. An entry is good only for the revision that the asking transaction sees, so that a change is in force
    from the next call on, whichever process made it.
    """

    def __init__(self, most: int = _MOST_PRINCIPALS) -> None:
        self._most = most
        self._entries: OrderedDict[tuple[object, ...], Access] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, directory: Directory, caller: Caller) -> Access:
        """Return the caller's access as the directory's transaction sees it."""
        session = caller.session
        key = (
            caller.account,
            caller.identity_id,
            *((session.policies, session.policy_arns) if session else ()),
        )
        revision = accounts.get_access_revision(directory, caller.account)
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.revision == revision:
                self._entries.move_to_end(key)
                return entry
        entry = _compile_access(directory, caller, revision)
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            if len(self._entries) > self._most:
                self._entries.popitem(last=False)
        return entry


def _compile_access(directory: Directory, caller: Caller, revision: int) -> Access:
    found = in_force.policies_in_force(directory, caller)
    return Access(
        revision=revision,
        policies=PolicySet(
            identity=tuple(_compile_text(text, PolicyKind.IDENTITY) for text in found.identity),
            boundary=(_compile_text(found.boundary, PolicyKind.BOUNDARY),) if found.boundary else None,
            session=_compile_session(directory, caller),
        ),
        tags=found.tags,
    )


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
