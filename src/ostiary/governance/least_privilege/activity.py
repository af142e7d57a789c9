"""What a user or role did in some time: each permission that its calls took, once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ostiary.audit.used import UsedCall, find_first_kept, read_used_calls
from ostiary.directory.directory import Directory
from ostiary.directory.roles import Role
from ostiary.directory.users import User

MOST_PERMISSIONS = 20_000
"""Of one principal; more would come to more policies than can be attached to anybody."""

TAKE_NO_PERMISSION = frozenset({("sts.amazonaws.com", "GetCallerIdentity"), ("sts.amazonaws.com", "GetSessionToken")})
"""Calls that nothing is decided of, by source and name."""

_ALLOWED = "allowed"


class Permission(NamedTuple):
    """An action on a resource."""

    action: str
    """Such as `iam:CreateUser`."""
    resource: str
    """The ARN that was decided on, or `*`."""


class TooMuchUsedError(Exception):
    """A principal used more permissions than a policy is made of."""

    def __init__(self) -> None:
        super().__init__(f"more than {MOST_PERMISSIONS} different permissions were used; choose a shorter time")


@dataclass(frozen=True, slots=True)
class Activity:
    """What came of a principal's calls in some time."""

    start: datetime
    end: datetime
    calls: int
    """Those that were made in that time."""
    done: frozenset[Permission]
    """What the calls that succeeded took."""
    refused: frozenset[Permission]
    """What was asked for and denied, and not allowed at another time."""
    undecided: frozenset[str]
    """Calls that succeeded and of which no decision is known, such as `iam:CreateUser`: they were made before decisions
    were recorded."""
    trail_begins: datetime | None
    """When the trail begins, if that is later than what was asked about."""

    @property
    def is_complete(self) -> bool:
        """Nothing is missing that could have been known."""
        return not self.undecided and self.trail_begins is None


def read_activity(
    directory: Directory,
    principal: User | Role,
    *,
    start: datetime,
    end: datetime,
    regions: Collection[str] | None = None,
) -> Activity:
    """Return what a user or role, in all its sessions, did.

    Args:
        directory: the transaction to read in.
        principal: the user or role.
        start: the first moment that counts.
        end: the last moment that counts.
        regions: where; None for everywhere.

    Raises:
        TooMuchUsedError: it used more permissions than are looked at.
    """
    tally = _Tally(set(), set(), set())
    for call in read_used_calls(directory.connection, principal.account, principal.unique_id, start=start, end=end):
        if regions is None or call.region in regions:
            tally.add(call)
    first_kept = find_first_kept(directory.connection, principal.account)
    return Activity(
        start=start,
        end=end,
        calls=tally.calls,
        done=frozenset(tally.done),
        refused=frozenset(tally.refused - tally.done),
        undecided=frozenset(tally.undecided),
        trail_begins=first_kept if first_kept is not None and first_kept > start else None,
    )


@dataclass(slots=True)
class _Tally:
    done: set[Permission]
    refused: set[Permission]
    undecided: set[str]
    calls: int = 0

    def add(self, call: UsedCall) -> None:
        self.calls += 1
        denied = {Permission(each.action, each.resource) for each in call.decided if each.effect != _ALLOWED}
        if denied:
            # What the same call was allowed besides did it no good.
            self.refused |= denied
        elif call.error_code is None:
            self.done.update(Permission(each.action, each.resource) for each in call.decided)
            if not call.decided and (call.source, call.name) not in TAKE_NO_PERMISSION:
                self.undecided.add(f"{call.source.partition('.')[0]}:{call.name}")
        if len(self.done) + len(self.refused) > MOST_PERMISSIONS:
            raise TooMuchUsedError
