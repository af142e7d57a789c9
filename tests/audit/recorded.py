"""A trail to do things to: a database with events of three accounts, and ways to write into it past the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ostiary.audit import AuditEvent, Verdict, verify_trail, write_events
from ostiary.credentials import MasterKey, Sealer
from ostiary.store import Store, open_store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACCOUNT, OTHER = "111122223333", "444455556666"
SEALER = Sealer(MasterKey.generate())


def happened(number: int, account: str = ACCOUNT, **changed: Any) -> AuditEvent:
    """Return an event that happened so many seconds after noon."""
    at = NOW + timedelta(seconds=number)
    facts: dict[str, Any] = {
        "account": account,
        "event_id": f"{account}-{number:06}",
        "time": at,
        "source": "iam.amazonaws.com",
        "name": "GetUser" if number % 2 else "CreateUser",
        "user_name": f"user-{number % 3}",
        "principal_id": None if number % 4 else "AIDA1",
        "access_key_id": "AKIA1",
        "error_code": None if number % 5 else "AccessDenied",
        "read_only": bool(number % 2),
        "body": {"eventSource": "iam.amazonaws.com", "requestParameters": {"userName": f"ü-{number}\n"}},
    }
    return AuditEvent(**{**facts, **changed})


@contextmanager
def recorded(path: Path, events: int = 12) -> Iterator[Store]:
    """Open a database with so many events of one account, half as many of another, and one of a third."""
    store = open_store(f"sqlite:///{path}/trail.db")
    store.create_schema()
    for number in range(events):
        write(store, happened(number), *([happened(number, OTHER)] if number % 2 else []))
    write(store, happened(0, "000000000000"))
    yield store
    store.close()


def write(store: Store, *events: AuditEvent) -> None:
    with store.write() as connection:
        write_events(connection, SEALER, events)


def verdict(store: Store, account: str = ACCOUNT, **options: Any) -> Verdict:
    with store.read() as connection:
        return verify_trail(connection, SEALER, account, **options)


def tamper(store: Store, statement: str, *values: Any) -> int:
    """Do something to the database past the server, as who has its file can."""
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return connection.exec_driver_sql(statement, values).rowcount
