"""Policies that were generated from what somebody did, kept for a week.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListPolicyGenerations.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_generations = schema.policy_generations

_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PolicyGeneration:
    """One job."""

    job_id: str
    principal_arn: str
    status: str
    """AWS's word for it."""
    started_at: datetime
    completed_at: datetime | None


def create_policy_generation(
    directory: Directory, account: AccountId, generation: PolicyGeneration, content: str
) -> None:
    """Keep a job with its content; those older than a week go.

    Args:
        directory: the transaction to write in.
        account: whose it is.
        generation: the job; its ID is new.
        content: what was asked for and what came of it, as who made it wrote it.
    """
    directory.connection.execute(
        delete(_generations).where(
            _generations.c.account_id == account, _generations.c.started_at <= generation.started_at - _KEPT
        )
    )
    directory.connection.execute(
        insert(_generations).values(
            account_id=account,
            job_id=generation.job_id,
            principal_arn=generation.principal_arn,
            status=generation.status,
            started_at=generation.started_at,
            completed_at=generation.completed_at,
            content=content,
        )
    )


def find_policy_generation(
    directory: Directory, account: AccountId, job_id: str, *, now: datetime
) -> tuple[PolicyGeneration, str] | None:
    """Return a job of the last week and its content, or None."""
    row = directory.connection.execute(
        select(_generations).where(_recent(account, now), _generations.c.job_id == job_id)
    ).first()
    return None if row is None else (_build(row), row.content)


def list_policy_generations(
    directory: Directory,
    account: AccountId,
    *,
    principal_arn: str | None = None,
    before: tuple[datetime, str] | None = None,
    size: int,
    now: datetime,
) -> Sequence[PolicyGeneration]:
    """Return the jobs of the last week, the latest first.

    Args:
        directory: the transaction to read in.
        account: whose they are.
        principal_arn: only those about this user or role.
        before: start and ID of the job that they come behind.
        size: how many at most.
        now: the present moment.
    """
    query = select(*(column for column in _generations.c if column.name != "content")).where(_recent(account, now))
    if principal_arn is not None:
        query = query.where(_generations.c.principal_arn == principal_arn)
    if before is not None:
        started_at, job_id = before
        query = query.where(
            or_(
                _generations.c.started_at < started_at,
                and_(_generations.c.started_at == started_at, _generations.c.job_id > job_id),
            )
        )
    ordered = query.order_by(_generations.c.started_at.desc(), _generations.c.job_id)
    return [_build(row) for row in directory.connection.execute(ordered.limit(size))]


def count_policy_generations(directory: Directory, account: AccountId, *, since: datetime) -> int:
    """Return how many jobs were started after a moment."""
    query = (
        select(func.count())
        .select_from(_generations)
        .where(_generations.c.account_id == account, _generations.c.started_at > since)
    )
    return directory.connection.scalar(query) or 0


def _recent(account: AccountId, now: datetime) -> ColumnElement[bool]:
    return (_generations.c.account_id == account) & (_generations.c.started_at > now - _KEPT)


def _build(row: Row[Any]) -> PolicyGeneration:
    return PolicyGeneration(row.job_id, row.principal_arn, row.status, row.started_at, row.completed_at)
