"""The one credential report that an account keeps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_reports = schema.credential_reports


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """A credential report as it was made."""

    generated_at: datetime
    content: str
    announced: bool
    """Somebody was told that it is complete."""


def find_credential_report(directory: Directory, account: AccountId) -> CredentialReport | None:
    """Return the account's latest credential report, or None when none was made yet."""
    row = directory.connection.execute(select(_reports).where(_reports.c.account_id == account)).first()
    return CredentialReport(row.generated_at, row.content, row.announced) if row else None


def put_credential_report(directory: Directory, account: AccountId, content: str, *, now: datetime) -> None:
    """Keep a new report in place of the one before."""
    directory.connection.execute(delete(_reports).where(_reports.c.account_id == account))
    directory.connection.execute(
        insert(_reports).values(account_id=account, generated_at=now, announced=False, content=content)
    )


def note_announced(directory: Directory, account: AccountId) -> None:
    """Note that somebody was told that the report is complete."""
    directory.connection.execute(update(_reports).where(_reports.c.account_id == account).values(announced=True))
