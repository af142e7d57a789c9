"""Findings looked for, in an order, from where the last page ended."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, and_, case, or_, select, type_coerce

from ostiary.directory.directory import Directory
from ostiary.directory.findings import KeptFinding, Workflow, build_finding
from ostiary.store import schema
from ostiary.store.columns import Moment
from ostiary.values.identifiers import AccountId

_findings = schema.findings
_CHUNK = 200
_MOST_IDS = 2_000
"""More are not named in a statement; the caller has to look at what it gets anyway."""

Key = str | int | None


@dataclass(frozen=True, slots=True)
class SortedBy:
    """One thing that findings are sorted by."""

    column: str
    descending: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)
    """In place of the column's own order: of each of its values the place, and of all others zero."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What narrows down which findings are looked at; None where all are. Who asks still looks at each."""

    controls: Collection[str] | None = None
    statuses: Collection[str] | None = None
    workflows: Collection[Workflow] | None = None
    archived: Collection[bool] | None = None
    ids: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and where a page goes on that ends with it."""

    finding: KeptFinding
    place: tuple[Key, ...]


def search_findings(
    directory: Directory,
    account: AccountId,
    sought: Sought,
    *,
    order: Sequence[SortedBy] = (),
    after: Sequence[Key] | None = None,
) -> Iterator[Found]:
    """Go through an account's findings in an order, and where that does not tell in the order of their IDs.

    They are read as they are asked for, within the transaction.

    Args:
        directory: the transaction to read in.
        account: whose.
        sought: which.
        order: what they are sorted by.
        after: the `place` of the finding to go on behind, found in the same order; None from the first.
    """
    expressions = [(_expression(by), by.descending) for by in order] + [(_findings.c.finding_id, False)]
    query = select(_findings, *(expression.label(f"key_{n}") for n, (expression, _) in enumerate(expressions)))
    query = query.where(_findings.c.account_id == account, *_conditions(sought))
    if after is not None:
        query = query.where(_behind(expressions, after))
    query = query.order_by(*(expression.desc() if down else expression for expression, down in expressions))
    for row in directory.connection.execute(query.execution_options(yield_per=_CHUNK)):
        yield Found(build_finding(row), tuple(getattr(row, f"key_{n}") for n in range(len(expressions))))


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.controls is not None:
        yield _findings.c.control.in_(sorted(sought.controls))
    if sought.statuses is not None:
        yield _findings.c.status.in_(sorted(sought.statuses))
    if sought.workflows is not None:
        yield _findings.c.workflow.in_(sorted(workflow.value for workflow in sought.workflows))
    if sought.archived is not None:
        yield _findings.c.archived.in_(sorted(sought.archived))
    if sought.ids is not None and len(sought.ids) <= _MOST_IDS:
        yield _findings.c.finding_id.in_(sorted(sought.ids))


def _expression(by: SortedBy) -> ColumnElement[Any]:
    column = _findings.c[by.column]
    if by.ranks:
        return case(dict(by.ranks), value=column, else_=0)
    if isinstance(column.type, Boolean):
        # No database puts truth values before and behind each other by comparing them.
        return case((column.is_(True), 1), else_=0)
    return type_coerce(column, BigInteger) if isinstance(column.type, Moment) else column


def _behind(expressions: Sequence[tuple[ColumnElement[Any], bool]], place: Sequence[Key]) -> ColumnElement[bool]:
    """Return the condition that a row comes behind a place: equal in what comes first, and then beyond it."""
    return or_(
        *(
            and_(
                *(earlier == place[m] for m, (earlier, _) in enumerate(expressions[:n])),
                expression < place[n] if down else expression > place[n],
            )
            for n, (expression, down) in enumerate(expressions)
        )
    )
