"""What controls said of an account's resources: one finding for each control and resource, and how it came to be so."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_findings, _changes = schema.findings, schema.finding_changes

_FINDING_ID = re.compile(r"[0-9a-f]{64}")

_AT_ONCE = 500
"""Rows named in one statement."""


class Workflow(Enum):
    """How far somebody has looked into a finding, by Security Hub's words."""

    NEW = "NEW"
    NOTIFIED = "NOTIFIED"
    SUPPRESSED = "SUPPRESSED"
    RESOLVED = "RESOLVED"


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """What a control says of a resource, and what somebody made of it."""

    finding_id: str
    control: str
    """The control's key."""
    resource_arn: str
    resource_type: str
    status: str
    """`PASSED`, `FAILED` or `NOT_AVAILABLE`."""
    reason: str
    workflow: Workflow
    note: str | None
    note_by: str | None
    """The ARN of who wrote the note."""
    noted_at: datetime | None
    archived: bool
    """The resource or the control is there no longer."""
    first_observed_at: datetime
    updated_at: datetime
    """When the control last found it to be otherwise than before."""


@dataclass(frozen=True, slots=True)
class Step:
    """A finding before and after something changed of it; None before there was one."""

    before: KeptFinding | None
    after: KeptFinding


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What changed of a finding at one moment."""

    number: int
    """From 1, which is when it was first found."""
    changed_at: datetime
    changed_by: str
    """An ARN, or the name of what did it by itself."""
    changes: Mapping[str, tuple[str | bool | None, str | bool | None]]
    """By the name of the field, what it was before and after; before there was a finding it was None."""


class Glance(NamedTuple):
    """As much of a kept finding as tells whether it has to change; a named tuple, since there may be very many."""

    finding_id: str
    control: str
    status: str
    reason: str
    archived: bool


FOLLOWED = ("status", "workflow", "note", "note_by", "archived")
"""The fields whose changes are kept. The reason is not among them: it grows older every day and says nothing new."""


def finding_id(control: str, resource_arn: str) -> str:
    """Return the ID of what a control, by its key, says of a resource: the same whenever it is asked."""
    # Whoever looks for a finding may name what no resource is called.
    return hashlib.sha256(f"{control}\n{resource_arn}".encode(errors="surrogatepass")).hexdigest()


def is_finding_id(text: str) -> bool:
    """Tell whether a text can be the ID of a finding; callers name them, and may name anything."""
    return _FINDING_ID.fullmatch(text) is not None


def glance_at_findings(directory: Directory, account: AccountId) -> Iterator[Glance]:
    """Go through all findings of an account, in no order, a few rows in memory at a time."""
    query = select(*(_findings.c[name] for name in Glance._fields)).where(_findings.c.account_id == account)
    for row in directory.connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield Glance(*row)


def get_findings(directory: Directory, account: AccountId, ids: Collection[str]) -> Mapping[str, KeptFinding]:
    """Return those findings of an account that there are, by their IDs."""
    found: dict[str, KeptFinding] = {}
    for some in _portions(sorted(filter(is_finding_id, ids))):
        query = select(_findings).where(_findings.c.account_id == account, _findings.c.finding_id.in_(some))
        found |= {row.finding_id: build_finding(row) for row in directory.connection.execute(query)}
    return found


def keep_steps(directory: Directory, account: AccountId, steps: Iterable[Step], *, by: str, now: datetime) -> None:
    """Keep findings as they are after a change, and what changed.

    Args:
        directory: a writing transaction; each `before` was read in it.
        account: whose findings they are.
        steps: no finding twice.
        by: an ARN, or the name of what does it by itself.
        now: when.
    """
    for some in _portions(list(steps)):
        _keep(directory, account, some, by, now)


def list_finding_changes(directory: Directory, account: AccountId, finding: str) -> tuple[FindingChange, ...]:
    """Return what changed of a finding, the oldest first; nothing when there is no such finding."""
    query = select(_changes).where(_changes.c.account_id == account, _changes.c.finding_id == finding)
    rows = directory.connection.execute(query.order_by(_changes.c.number))
    return tuple(
        FindingChange(
            row.number,
            row.changed_at,
            row.changed_by,
            {name: (before, after) for name, (before, after) in json.loads(row.changes).items()},
        )
        for row in rows
    )


def count_findings(directory: Directory, account: AccountId) -> Mapping[tuple[str, str], int]:
    """Return how many resources have each status by each control: by the control's key and the status."""
    query = select(_findings.c.control, _findings.c.status, func.count()).where(
        _findings.c.account_id == account, _findings.c.archived.is_(False)
    )
    rows = directory.connection.execute(query.group_by(_findings.c.control, _findings.c.status))
    return {(control, status): number for control, status, number in rows}


def delete_archived_findings(directory: Directory, account: AccountId, *, before: datetime, most: int) -> int:
    """Delete findings that were archived before a moment, with all that is known of them; return how many.

    Args:
        directory: a writing transaction.
        account: whose.
        before: the moment.
        most: no more than so many.
    """
    old = select(_findings.c.finding_id).where(
        _findings.c.account_id == account, _findings.c.archived.is_(True), _findings.c.updated_at < before
    )
    ids = directory.connection.scalars(old.limit(most)).all()
    for some in _portions(ids):
        for table in (_changes, _findings):
            directory.connection.execute(
                delete(table).where(table.c.account_id == account, table.c.finding_id.in_(some))
            )
    return len(ids)


def has_archived_findings(directory: Directory, account: AccountId, *, before: datetime) -> bool:
    """Tell whether any finding was archived before a moment."""
    old = select(_findings.c.finding_id).where(
        _findings.c.account_id == account, _findings.c.archived.is_(True), _findings.c.updated_at < before
    )
    return directory.connection.execute(old.limit(1)).first() is not None


def build_finding(row: Row[Any]) -> KeptFinding:
    """Return a row of the table as a value."""
    return KeptFinding(
        finding_id=row.finding_id,
        control=row.control,
        resource_arn=row.resource_arn,
        resource_type=row.resource_type,
        status=row.status,
        reason=row.reason,
        workflow=Workflow(row.workflow),
        note=row.note,
        note_by=row.note_by,
        noted_at=row.noted_at,
        archived=row.archived,
        first_observed_at=row.first_observed_at,
        updated_at=row.updated_at,
    )


def _keep(directory: Directory, account: AccountId, steps: Sequence[Step], by: str, now: datetime) -> None:
    made = [_columns(account, step.after) for step in steps if step.before is None]
    if made:
        directory.connection.execute(insert(_findings), made)
    changed = [
        {f"new_{name}": value for name, value in _columns(account, step.after).items()}
        for step in steps
        if step.before not in {None, step.after}
    ]
    if changed:
        directory.connection.execute(_UPDATE, changed)
    numbers = _last_numbers(directory, account, [step.after.finding_id for step in steps if step.before is not None])
    rows = [
        {
            "account_id": account,
            "finding_id": step.after.finding_id,
            "number": numbers.get(step.after.finding_id, 0) + 1,
            "changed_at": now,
            "changed_by": by,
            "changes": json.dumps(changes),
        }
        for step in steps
        if (changes := _differences(step))
    ]
    if rows:
        directory.connection.execute(insert(_changes), rows)


def _differences(step: Step) -> Mapping[str, tuple[Any, Any]]:
    before, after = step.before, step.after
    pairs = {
        name: (None if before is None else _plain(getattr(before, name)), _plain(getattr(after, name)))
        for name in FOLLOWED
    }
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Workflow) else value


def _last_numbers(directory: Directory, account: AccountId, ids: Sequence[str]) -> Mapping[str, int]:
    query = select(_changes.c.finding_id, func.max(_changes.c.number).label("last")).where(
        _changes.c.account_id == account, _changes.c.finding_id.in_(ids)
    )
    rows = directory.connection.execute(query.group_by(_changes.c.finding_id)) if ids else ()
    return {row.finding_id: row.last for row in rows}


def _columns(account: AccountId, finding: KeptFinding) -> dict[str, Any]:
    return {
        "account_id": account,
        **{name: _plain(getattr(finding, name)) for name in KeptFinding.__slots__},
    }


_KEY = ("account_id", "finding_id")
_UPDATE = (
    update(_findings)
    .where(*(_findings.c[name] == bindparam(f"new_{name}") for name in _KEY))
    .values({column.name: bindparam(f"new_{column.name}") for column in _findings.c if column.name not in _KEY})
)


def _portions(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
