"""When work that nobody calls for is due, and what it has to remember; one process of all that run does it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_jobs = schema.jobs

EVERY_ACCOUNT = AccountId("000000000000")
"""Whose work it is that looks through all accounts."""


def is_due(
    directory: Directory, name: str, *, now: datetime, every: timedelta, account: AccountId = EVERY_ACCOUNT
) -> bool:
    """Tell whether a job is due: it was never done, its time has come, or is further off than it can be.

    Args:
        directory: a reading transaction.
        name: the job's.
        now: the present moment.
        every: how long after it was done it is due again.
        account: whose it is.
    """
    # Asked of the database as a whole, where due times may be no times.
    is_later = (_jobs.c.due_at > now) & (_jobs.c.due_at <= _furthest(now, now + every))
    return directory.connection.scalar(select(_jobs.c.name).where(_is(account, name), is_later)) is None


def take_job(
    directory: Directory, name: str, *, now: datetime, next_due: datetime, account: AccountId = EVERY_ACCOUNT
) -> bool:
    """Take a job that is due, so that nobody else does it before its next time; False when somebody has.

    Args:
        directory: a writing transaction.
        name: the job's.
        now: the present moment.
        next_due: when it is due again, however this time ends. A job that is due much later than that is due now:
            it was put off by who can write to the database, or by a clock that was wrong.
        account: whose it is.
    """
    known = directory.connection.scalar(select(_jobs.c.name).where(_is(account, name)))
    if known is None:
        directory.connection.execute(insert(_jobs).values(account_id=account, name=name, due_at=next_due, state="{}"))
        return True
    is_due_now = or_(_jobs.c.due_at <= now, _jobs.c.due_at > _furthest(now, next_due))
    taken = update(_jobs).where(_is(account, name), is_due_now).values(due_at=next_due)
    return directory.connection.execute(taken).rowcount == 1


def find_job_state(directory: Directory, name: str, *, account: AccountId = EVERY_ACCOUNT) -> Mapping[str, Any]:
    """Return what a job remembers; nothing when it was never done."""
    state = directory.connection.scalar(select(_jobs.c.state).where(_is(account, name)))
    return {} if state is None else dict(json.loads(state))


def list_job_states(directory: Directory, name: str) -> Mapping[AccountId, tuple[datetime, Mapping[str, Any]]]:
    """Return of each account that a job was done for when it is due again, and what it remembers."""
    rows = directory.connection.execute(select(_jobs).where(_jobs.c.name == name))
    return {row.account_id: (row.due_at, json.loads(row.state)) for row in rows}


def set_job_state(
    directory: Directory,
    name: str,
    state: Mapping[str, Any],
    *,
    now: datetime,
    account: AccountId = EVERY_ACCOUNT,
    next_due: datetime | None = None,
) -> None:
    """Keep what a job has to remember: texts, numbers and booleans, in lists and by names; and when it is due again.

    Args:
        directory: a writing transaction.
        name: the job's.
        state: what it has to remember.
        now: the present moment.
        account: whose it is.
        next_due: when it is due again; as it was when that is not given.
    """
    written = json.dumps(state)
    values = {"state": written} if next_due is None else {"state": written, "due_at": next_due}
    kept = directory.connection.execute(update(_jobs).where(_is(account, name)).values(**values))
    if kept.rowcount == 0:
        directory.connection.execute(insert(_jobs).values(account_id=account, name=name, due_at=now, state=written))


def _furthest(now: datetime, next_due: datetime) -> datetime:
    """Return how late a job can be due; twice as far off as it is put, since processes' clocks are not one."""
    return next_due + (next_due - now)


def _is(account: AccountId, name: str) -> Any:
    return (_jobs.c.account_id == account) & (_jobs.c.name == name)
