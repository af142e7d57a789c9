"""The trail is looked up in indexes, and where there is none, so much of it at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event

from ostiary.audit import AuditEvent, Sought, look_up_events, write_events
from ostiary.audit.event_ids import first_event_id, new_event_id
from ostiary.credentials import MasterKey, Sealer
from ostiary.store import Store, open_store
from tests.directory.facts import ACCOUNT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVENTS = 12_000
SEALER = Sealer(MasterKey.generate())


def happened(number: int) -> AuditEvent:
    """Return the event that happened a number of seconds before noon: every thousandth is a change."""
    at, read_only = NOON - timedelta(seconds=number), number % 1_000 != 0
    body = {"eventSource": "iam.amazonaws.com", "requestParameters": {"userName": f"user-{number}"}}
    name = "GetUser" if read_only else "CreateUser"
    return AuditEvent(
        ACCOUNT,
        new_event_id(at),
        at,
        body["eventSource"],
        name,
        f"user-{number % 7}",
        None,
        f"KEY{number % 5}",
        None,
        read_only,
        body,
    )


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    store: Store = open_store(f"sqlite:///{tmp_path_factory.mktemp('trail')}/store.db")
    store.create_schema()
    with store.write() as writing:
        write_events(writing, SEALER, [happened(number) for number in range(EVENTS)])
    with store.read() as reading:
        yield reading
    store.close()


def pages(connection: Connection, sought: Sought) -> list[list[str]]:
    """Return the names of the users that each page's events are about."""
    found, before = [], None
    while True:
        page = look_up_events(connection, ACCOUNT, sought, before=before)
        found.append([resource.name for each in page.events for resource in each.resources])
        before = page.before
        if before is None:
            return found


INDEXES = {
    Sought("AccessKeyId", "KEY1"): "ix_events_account_id_access_key_id_event_id",
    Sought("EventName", "GetUser"): "ix_events_account_id_event_name_event_id",
    Sought("Username", "user-1"): "ix_events_account_id_user_name_event_id",
    Sought("ReadOnly", "false"): "ix_events_changes",
    Sought(): "sqlite_autoindex_events_1",
}


@pytest.mark.parametrize("sought", INDEXES, ids=INDEXES.values())
@pytest.mark.parametrize("before", [None, first_event_id(int(NOON.timestamp()) - 60)])
@pytest.mark.parametrize("days", [None, 1])
def test_an_index_is_read(connection: Connection, sought: Sought, before: str | None, days: int | None) -> None:
    run: list[tuple[str, tuple[object, ...]]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        run.append((statement, parameters))

    start = NOON - timedelta(days=days) if days else None
    event.listen(connection, "before_cursor_execute", note)
    look_up_events(
        connection, ACCOUNT, Sought(sought.attribute, sought.value, start, NOON if days else None), before=before
    )
    event.remove(connection, "before_cursor_execute", note)
    ((statement, parameters),) = run
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert len(plan) == 1
    assert f"USING INDEX {INDEXES[sought]} " in plan[0]


def test_what_is_seldom_is_found_over_pages_that_are_nearly_empty(connection: Connection) -> None:
    assert pages(connection, Sought("ResourceName", "user-7000")) == [[], ["user-7000"], []]
    assert pages(connection, Sought("ResourceName", "user-70000")) == [[], [], []]
    assert pages(connection, Sought("ResourceType", "AWS::IAM::Role")) == [[], [], []]
    assert pages(connection, Sought("EventSource", "sts.amazonaws.com")) == [[], [], []]
    assert pages(connection, Sought("EventSource", "sts.amazonaws.com", start=NOON - timedelta(hours=1))) == [[]]


def test_each_event_is_on_one_page(connection: Connection) -> None:
    everyone = [f"user-{number}" for number in range(EVENTS)]
    for sought in (Sought(), Sought("ResourceType", "AWS::IAM::User"), Sought("EventSource", "iam.amazonaws.com")):
        assert [name for page in pages(connection, sought) for name in page] == everyone
    changes = [f"user-{number}" for number in range(0, EVENTS, 1_000)]
    assert pages(connection, Sought("ReadOnly", "false")) == [changes]
    reads = [name for page in pages(connection, Sought("ReadOnly", "true")) for name in page]
    assert sorted([*changes, *reads]) == sorted(everyone)


def test_the_second_that_a_time_begins_and_ends_with_counts(connection: Connection) -> None:
    at, second = NOON - timedelta(seconds=30), timedelta(seconds=1)
    assert pages(connection, Sought(start=at, end=at)) == [["user-30"]]
    assert pages(connection, Sought(start=at - second, end=at + second)) == [["user-29", "user-30", "user-31"]]
    assert pages(connection, Sought(start=at + second / 2, end=at + second)) == [["user-29"]]
    assert pages(connection, Sought("Username", "user-2", at, at + second / 2)) == [["user-30"]]
    assert pages(connection, Sought("EventSource", "iam.amazonaws.com", at, at)) == [["user-30"]]
    assert pages(connection, Sought(end=datetime(1, 1, 1, tzinfo=UTC))) == [[]]
    assert pages(connection, Sought(start=datetime(9999, 12, 31, tzinfo=UTC))) == [[]]
