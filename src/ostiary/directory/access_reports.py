"""Reports on what was last accessed, kept for a week for whoever asked for them.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_reports = schema.access_reports

_KEPT = timedelta(days=7)
_MOST_OF_ONE_IDENTITY = 100


@dataclass(frozen=True, slots=True)
class AccessReport:
    """A report, its content as who made it wrote it."""

    job_id: str
    granularity: str
    created_at: datetime
    content: str


def create_access_report(
    directory: Directory, account: AccountId, owner_id: str, *, arn: str, granularity: str, content: str, now: datetime
) -> AccessReport:
    """Keep a report for its owner; an earlier one that says the same is returned in place of a new one.

    Reports older than a week go, and so do the oldest beyond a hundred of the same user or role, in whichever session.

    Args:
        directory: the transaction to write in.
        account: the account reported on.
        owner_id: the unique ID of who asked, with the session's name.
        arn: what is reported on.
        granularity: AWS's word for how closely.
        content: the report.
        now: when it is made.
    """
    directory.connection.execute(
        delete(_reports).where(_reports.c.account_id == account, _reports.c.created_at <= now - _KEPT)
    )
    same = select(_reports).where(
        _owned(account, owner_id),
        _reports.c.arn == arn,
        _reports.c.granularity == granularity,
        _reports.c.content == content,
    )
    row = directory.connection.execute(same).first()
    if row is not None:
        return AccessReport(row.job_id, row.granularity, row.created_at, row.content)
    _make_room(directory, account, owner_id)
    job_id = str(uuid.uuid4())
    directory.connection.execute(
        insert(_reports).values(
            account_id=account,
            job_id=job_id,
            owner_id=owner_id,
            arn=arn,
            granularity=granularity,
            created_at=now,
            content=content,
        )
    )
    return AccessReport(job_id, granularity, now.replace(microsecond=0), content)


def get_access_report(
    directory: Directory, account: AccountId, owner_id: str, job_id: str, *, now: datetime
) -> AccessReport:
    """Return one of the owner's reports.

    Raises:
        NoSuchEntity: the owner has no such report, or it is older than a week.
    """
    row = directory.connection.execute(
        select(_reports).where(
            _owned(account, owner_id), _reports.c.job_id == job_id, _reports.c.created_at > now - _KEPT
        )
    ).first()
    if row is None:
        raise NoSuchEntity(Noun.ACCESS_REPORT, job_id)
    return AccessReport(row.job_id, row.granularity, row.created_at, row.content)


def _make_room(directory: Directory, account: AccountId, owner_id: str) -> None:
    identity = owner_id.partition(":")[0]
    query = (
        select(_reports.c.job_id)
        .where(_reports.c.account_id == account, func.substr(_reports.c.owner_id, 1, len(identity)) == identity)
        .order_by(_reports.c.created_at.desc(), _reports.c.job_id)
        .offset(_MOST_OF_ONE_IDENTITY - 1)
    )
    surplus = list(directory.connection.scalars(query))
    if surplus:
        directory.connection.execute(
            delete(_reports).where(_reports.c.account_id == account, _reports.c.job_id.in_(surplus))
        )


def _owned(account: AccountId, owner_id: str) -> ColumnElement[bool]:
    return (_reports.c.account_id == account) & (_reports.c.owner_id == owner_id)
