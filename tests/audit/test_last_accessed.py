"""What principals last accessed, read from the trail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.audit import Access, AuditEvent, find_last_accesses, find_region, write_events
from ostiary.credentials import MasterKey, Sealer
from ostiary.store import Store, open_store

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ACCOUNT = "111122223333"
LONG_AGO = NOW - timedelta(days=400)
HOUR = timedelta(hours=1)
SEALER = Sealer(MasterKey.generate())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/trail.db")
    opened.create_schema()
    yield opened
    opened.close()


def event(number: int, **changed: Any) -> AuditEvent:
    facts: dict[str, Any] = {
        "account": ACCOUNT,
        "event_id": f"{number:06}",
        "time": NOW,
        "source": "sts.amazonaws.com",
        "name": "GetCallerIdentity",
        "user_name": None,
        "principal_id": "AIDA1",
        "access_key_id": None,
        "error_code": None,
        "read_only": True,
        "body": {"awsRegion": "eu-west-1"},
    }
    return AuditEvent(**{**facts, **changed})


def found(store: Store, *principals: str) -> list[Access]:
    with store.read() as connection:
        return sorted(
            find_last_accesses(connection, ACCOUNT, principals, since=LONG_AGO),
            key=lambda access: (access.principal_id, access.name),
        )


def write(store: Store, *events: AuditEvent) -> None:
    with store.write() as connection:
        write_events(connection, SEALER, events)


def test_the_last_call_of_each_operation_counts(store: Store) -> None:
    write(
        store,
        event(1, time=NOW - HOUR),
        event(2, time=NOW + HOUR, body={"awsRegion": "us-west-2"}),
        event(3),
        event(4, name="AssumeRole", error_code="AccessDenied"),
        event(5, principal_id="AROA1"),
        event(6, principal_id=None),
        event(7, account="444455556666", time=NOW + 2 * HOUR),
    )
    last = Access("AIDA1", "sts.amazonaws.com", "GetCallerIdentity", NOW + HOUR)
    assert found(store, "AIDA1") == [Access("AIDA1", "sts.amazonaws.com", "AssumeRole", NOW), last]
    assert found(store, "AROA1") == [Access("AROA1", "sts.amazonaws.com", "GetCallerIdentity", NOW)]
    assert found(store, "AIDA2") == found(store) == []
    with store.read() as connection:
        assert find_region(connection, ACCOUNT, last) == "us-west-2"
        assert find_region(connection, ACCOUNT, Access("AIDA1", last.source, last.name, NOW + 9 * HOUR)) is None


def test_what_happened_before_the_period_is_left_out(store: Store) -> None:
    write(store, event(1, time=LONG_AGO), event(2, time=LONG_AGO + HOUR, name="AssumeRole"))
    assert [access.name for access in found(store, "AIDA1")] == ["AssumeRole"]


def test_many_principals_are_asked_about_at_once(store: Store) -> None:
    names = [f"AIDA{number:05}" for number in range(2_500)]
    write(store, *(event(number, principal_id=name) for number, name in enumerate(names)))
    assert [access.principal_id for access in found(store, *names)] == names
