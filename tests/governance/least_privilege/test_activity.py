"""What is read from the trail of what a principal did."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from ostiary.audit import AuditEvent, write_events
from ostiary.credentials import MasterKey, Sealer
from ostiary.directory.directory import Directory
from ostiary.directory.users import User
from ostiary.governance.least_privilege import TAKE_NO_PERMISSION, Activity, Permission, TooMuchUsedError, read_activity
from ostiary.governance.least_privilege import activity as module
from ostiary.server.vault import open_vault
from ostiary.services import find_operation, served_operations
from ostiary.store import open_store, schema
from ostiary.values.identifiers import AccountId

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACCOUNT = AccountId("111122223333")
KEY = MasterKey.generate()
SEALER = Sealer(KEY)
ALICE = User(ACCOUNT, "AIDA1", "alice", "/", NOW)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = open_store(f"sqlite:///{tmp_path}/trail.db")
    store.create_schema()
    with store.write() as opened:
        yield opened
    store.close()


def call(number: int, *decided: tuple[str, str], region: str = "us-east-1", **changed: Any) -> AuditEvent:
    """Return the event of a call that was decided so; what is decided is an action and a decision."""
    body = {
        "eventType": "AwsApiCall",
        "awsRegion": region,
        "additionalEventData": {
            "authorization": [
                {"action": action, "resource": f"arn:{action}", "decision": effect} for action, effect in decided
            ]
        },
    }
    facts: dict[str, Any] = {
        "account": ACCOUNT,
        "event_id": f"{number:06}",
        "time": NOW,
        "source": "iam.amazonaws.com",
        "name": "CreateUser",
        "user_name": "alice",
        "principal_id": "AIDA1",
        "access_key_id": None,
        "error_code": None,
        "read_only": False,
        "body": body,
    }
    return AuditEvent(**(facts | changed))


def activity(connection: Connection, *events: AuditEvent, **asked: Any) -> Activity:
    if events:
        write_events(connection, SEALER, events)
    directory = Directory(connection, SEALER, open_vault(KEY).tokens)
    return read_activity(directory, ALICE, **({"start": NOW - HOUR, "end": NOW + HOUR} | asked))


def permissions(*actions: str) -> frozenset[Permission]:
    return frozenset(Permission(action, f"arn:{action}") for action in actions)


def test_what_succeeded_took_all_that_was_decided(connection: Connection) -> None:
    found = activity(connection, call(1, ("a:One", "allowed"), ("a:Two", "allowed")), call(2, ("a:One", "allowed")))
    assert (found.done, found.refused, found.calls) == (permissions("a:One", "a:Two"), frozenset(), 2)
    assert found.is_complete


def test_what_a_refused_call_was_allowed_besides_does_not_count(connection: Connection) -> None:
    found = activity(
        connection,
        call(1, ("a:One", "allowed"), ("a:Two", "implicitDeny"), error_code="AccessDenied"),
        call(2, ("a:Three", "explicitDeny"), error_code="AccessDenied"),
        call(3, ("a:Three", "allowed")),
    )
    assert (found.done, found.refused) == (permissions("a:Three"), permissions("a:Two"))


def test_what_failed_otherwise_does_not_count(connection: Connection) -> None:
    found = activity(connection, call(1, ("a:One", "allowed"), error_code="NoSuchEntity"))
    assert (found.done, found.refused, found.is_complete) == (frozenset(), frozenset(), True)


def test_others_other_times_and_other_accounts_do_not_count(connection: Connection) -> None:
    found = activity(
        connection,
        call(1, ("a:One", "allowed"), time=NOW - HOUR - timedelta(seconds=1)),
        call(2, ("a:Two", "allowed"), time=NOW - HOUR),
        call(3, ("a:Three", "allowed"), time=NOW + HOUR),
        call(4, ("a:Four", "allowed"), time=NOW + HOUR + timedelta(seconds=1)),
        call(5, ("a:Five", "allowed"), principal_id="AIDA2"),
        call(6, ("a:Six", "allowed"), account="444455556666"),
    )
    assert found.done == permissions("a:Two", "a:Three")


def test_of_some_regions_the_others_do_not_count(connection: Connection) -> None:
    events = [call(1, ("a:One", "allowed")), call(2, ("a:Two", "allowed"), region="eu-west-1")]
    found = activity(connection, *events, regions={"eu-west-1"})
    assert found.done == permissions("a:Two")


def test_what_was_not_decided_is_told_unless_it_takes_nothing(connection: Connection) -> None:
    found = activity(
        connection,
        call(1),
        call(2, source="sts.amazonaws.com", name="GetCallerIdentity"),
        call(3, name="ConsoleLogin", body={"eventType": "AwsConsoleSignIn"}),
        call(4, name="DeleteUser", body={"eventType": "AwsApiCall"}),
        call(5, error_code="ValidationError"),
    )
    assert (found.undecided, found.is_complete, found.calls) == (
        frozenset({"iam:CreateUser", "iam:DeleteUser"}),
        False,
        4,
    )


def test_what_takes_nothing_is_what_needs_nothing() -> None:
    free = {
        (f"{service}.amazonaws.com", name)
        for service, names in served_operations().items()
        for name in names
        if (operation := find_operation(service, name)) is not None and operation.needs is None
    }
    assert free == TAKE_NO_PERMISSION


def test_a_trail_that_begins_later_is_told(connection: Connection) -> None:
    write_events(connection, SEALER, [call(1, ("a:One", "allowed"), time=NOW)])
    assert activity(connection).trail_begins is None
    connection.execute(update(schema.trails).values(pruned_sequence=1))
    assert activity(connection).trail_begins == NOW
    assert not activity(connection).is_complete
    assert activity(connection, start=NOW).is_complete


def test_more_than_is_looked_at(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PERMISSIONS", 2)
    events = [call(number, (f"a:{number}", "allowed")) for number in range(3)]
    with pytest.raises(TooMuchUsedError, match="more than 2 different permissions were used"):
        activity(connection, *events)


def test_more_events_than_are_in_memory_at_a_time(connection: Connection) -> None:
    row = {
        "account_id": ACCOUNT,
        "event_time": NOW,
        "event_source": "iam.amazonaws.com",
        "event_name": "GetUser",
        "principal_id": "AIDA1",
        "read_only": True,
        "body": json.dumps(call(0, ("iam:GetUser", "allowed")).body),
    }
    connection.execute(schema.events.insert(), [{**row, "event_id": f"{number:06}"} for number in range(2_500)])
    found = activity(connection)
    assert (found.calls, found.done) == (2_500, permissions("iam:GetUser"))
