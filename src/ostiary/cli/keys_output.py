"""The report on access keys, for people and for programs."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from ostiary.audit import ServiceUse
from ostiary.governance import ReportedKey
from ostiary.questions.printable import printable

_ROOT = "<root_account>"
"""As the credential report calls the root user."""
_COLUMNS = (
    "user",
    "access_key_id",
    "status",
    "created",
    "age_days",
    "last_used",
    "last_used_service",
    "last_used_region",
    "warn_at",
    "rotate_at",
    "deactivate_at",
)
_SERVICE_COLUMNS = ("service", "region", "service_last_used", "calls")
_GAP = "  "


def as_text(reported: Sequence[ReportedKey], now: datetime) -> Iterator[str]:
    """Yield the lines of a table."""
    rows: list[tuple[str, ...]] = [("USER", "ACCESS KEY", "STATUS", "CREATED", "AGE", "LAST USED", "DUE")]
    rows += [_row(each, now) for each in reported]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield printable(_GAP.join(cells).rstrip())
        for use in reported[number - 1].services if number else ():
            calls = f"{use.calls} call" if use.calls == 1 else f"{use.calls} calls"
            yield printable(f"{_GAP * 2}{use.service} in {use.region}: {_day(use.last_used_at)}, {calls}")


def as_json(reported: Sequence[ReportedKey], *, with_services: bool) -> str:
    """Return a list of objects; what is not known, or not due, is null."""
    return json.dumps([_as_object(each, with_services=with_services) for each in reported], indent=2)


def as_csv(reported: Sequence[ReportedKey], *, with_services: bool) -> str:
    """Return a table with a row for each key, or for each service of each key; what is not known is left empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS + (_SERVICE_COLUMNS if with_services else ()))
    for each in reported:
        facts = list(_facts(each).values())
        if not with_services:
            writer.writerow(facts)
            continue
        uses = [list(_service(use).values()) for use in each.services] or [[""] * len(_SERVICE_COLUMNS)]
        writer.writerows(facts + use for use in uses)
    return text.getvalue().removesuffix("\n")


def _row(each: ReportedKey, now: datetime) -> tuple[str, ...]:
    key = each.key
    used = f"{_day(key.last_used_at)} {key.last_used_service} {key.last_used_region}" if key.last_used_at else "never"
    due = ", ".join(f"{what} {'since ' if at <= now else ''}{_day(at)}" for what, at in each.due)
    status = "active" if key.active else "inactive"
    name = each.user_name or _ROOT
    return name, key.access_key_id, status, _day(key.created_at), f"{each.age_days} d", used, due


def _as_object(each: ReportedKey, *, with_services: bool) -> dict[str, Any]:
    return _facts(each) | ({"services": [_service(use) for use in each.services]} if with_services else {})


def _facts(each: ReportedKey) -> dict[str, Any]:
    key = each.key
    facts = (
        each.user_name or _ROOT,
        key.access_key_id,
        "Active" if key.active else "Inactive",
        _moment(key.created_at),
        each.age_days,
        _moment(key.last_used_at),
        key.last_used_service,
        key.last_used_region,
        _moment(each.warn_at),
        _moment(each.rotate_at),
        _moment(each.deactivate_at),
    )
    return dict(zip(_COLUMNS, facts, strict=True))


def _service(use: ServiceUse) -> dict[str, Any]:
    facts = (use.service, use.region, _moment(use.last_used_at), use.calls)
    return dict(zip(_SERVICE_COLUMNS, facts, strict=True))


def _moment(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
