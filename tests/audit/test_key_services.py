"""What keys were used for, read from the trail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.audit import AuditEvent, ServiceUse, find_key_services, write_events
from ostiary.audit.key_services import USES
from ostiary.credentials import MasterKey, Sealer
from ostiary.store import Store, open_store

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ACCOUNT, KEY = "111122223333", "AKIAONE"
SEALER = Sealer(MasterKey.generate())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/trail.db")
    opened.create_schema()
    yield opened
    opened.close()


def event(number: int, service: str = "sts", region: str = "us-east-1", **changed: Any) -> AuditEvent:
    facts: dict[str, Any] = {
        "account": ACCOUNT,
        "event_id": f"{number:06}",
        "time": NOW + timedelta(hours=number),
        "source": f"{service}.amazonaws.com",
        "name": "GetCallerIdentity",
        "user_name": None,
        "principal_id": "AIDA1",
        "access_key_id": KEY,
        "error_code": None,
        "read_only": True,
        "body": {"awsRegion": region},
    }
    return AuditEvent(**{**facts, **changed})


def found(store: Store, *events: AuditEvent) -> list[ServiceUse]:
    with store.write() as connection:
        write_events(connection, SEALER, events)
    with store.read() as connection:
        return find_key_services(connection, ACCOUNT, KEY)


def test_each_service_is_told_once_with_its_last_call(store: Store) -> None:
    assert found(
        store,
        event(1, "sts", "eu-west-1"),
        event(2, "iam"),
        event(3, "sts", "eu-central-1"),
        event(4, "sts", "us-west-2", error_code="AccessDenied"),
    ) == [
        ServiceUse("sts", "us-west-2", NOW + timedelta(hours=4), 3),
        ServiceUse("iam", "us-east-1", NOW + timedelta(hours=2), 1),
    ]


@pytest.mark.parametrize(
    "other",
    [
        # The signature did not hold, so nobody is known to have had the key.
        {"principal_id": None},
        {"access_key_id": "AKIATWO"},
        {"account": "444455556666"},
    ],
)
def test_what_is_no_use_of_the_key_does_not_count(store: Store, other: dict[str, Any]) -> None:
    assert found(store, event(1, **other)) == []


def test_it_is_read_from_the_index_on_the_key(store: Store) -> None:
    with store.read() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {USES.compile(connection)}", (ACCOUNT, KEY, ACCOUNT)
        ).all()
    steps = [step[-1] for step in plan if "events" in step[-1]]
    assert "ix_events_account_id_access_key_id_event_id (account_id=? AND access_key_id=?)" in steps[0]
    assert all(step.startswith("SEARCH") for step in steps)
