"""When an account was last looked at, at which of its revisions, and which controls broke."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.directory.jobs import find_job_state, list_job_states, set_job_state, take_job
from ostiary.values.identifiers import AccountId

_NAME = "evaluate-account"

_AT_LEAST_EVERY = timedelta(hours=1)
"""Keys and passwords grow older without anybody's doing."""

_LONGEST = timedelta(minutes=10)
"""After so long, who began an evaluation is taken to be gone."""

_SHORTEST_PAUSE = timedelta(seconds=5)
_SHARE = 10
"""What is changed all the time is looked at for a tenth of the time at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an account's last evaluation."""

    revision: int
    """Of the account, when it was looked at."""
    evaluated_at: datetime
    failures: Mapping[str, str]
    """By the key of each control that broke, the kind of error."""


def list_accounts_due(directory: Directory, *, now: datetime) -> tuple[AccountId, ...]:
    """Return the accounts that changed since they were last looked at, or were not looked at for an hour."""
    known = list_job_states(directory, _NAME)
    due = []
    for account, revision in accounts.list_revisions(directory).items():
        due_at, state = known.get(account, (now, {}))
        if due_at > now:
            continue
        standing = _standing(state)
        if standing is None or standing.revision != revision or standing.evaluated_at + _AT_LEAST_EVERY <= now:
            due.append(account)
    return tuple(due)


def find_standing(directory: Directory, account: AccountId) -> Standing | None:
    """Return what is known of an account's last evaluation; None before the first."""
    return _standing(find_job_state(directory, _NAME, account=account))


def begin_evaluation(directory: Directory, account: AccountId, *, now: datetime) -> bool:
    """Say, in a writing transaction, that an account is looked at; False when somebody else does already."""
    return take_job(directory, _NAME, account=account, now=now, next_due=now + _LONGEST)


def end_evaluation(
    directory: Directory,
    account: AccountId,
    *,
    revision: int,
    failures: Mapping[str, str],
    now: datetime,
    took: timedelta,
) -> None:
    """Say, in a writing transaction, that an account was looked at.

    Args:
        directory: the transaction.
        account: the account.
        revision: at which of its revisions.
        failures: by the key of each control that broke, the kind of error.
        now: when it was looked at.
        took: how long that took.
    """
    state = {"revision": revision, "evaluated_at": int(now.timestamp()), "failures": dict(failures)}
    set_job_state(directory, _NAME, state, account=account, now=now, next_due=now + max(_SHORTEST_PAUSE, took * _SHARE))


def _standing(state: Mapping[str, Any]) -> Standing | None:
    if not state:
        return None
    return Standing(state["revision"], datetime.fromtimestamp(state["evaluated_at"], UTC), state["failures"])
