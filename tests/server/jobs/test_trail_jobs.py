"""Trails are verified and pruned without anybody's call, and what comes of it stands in them."""

# ruff: noqa: S608 - the statements are the test's own

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.audit import find_events, verify_trail, write_events
from ostiary.credentials import MasterKey
from ostiary.directory import accounts
from ostiary.directory.jobs import find_job_state, set_job_state
from ostiary.server.jobs.prune_trail import JOB as PRUNE
from ostiary.server.jobs.verify_trail import JOB as VERIFY
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store
from ostiary.values.identifiers import AccountId
from tests.audit.recorded import NOW, happened

ACCOUNT = AccountId("111122223333")
MINE = f"account_id = '{ACCOUNT}'"
EVENTS = 10
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    opened = State(store, open_vault(MasterKey.generate()), lambda: NOW)
    with opened.writing() as directory:
        accounts.create_account(directory, ACCOUNT, root_email="a@example.com", root_password_hash="-", now=NOW)
    write(opened, *range(EVENTS))
    yield opened
    store.close()


def write(state: State, *seconds: int) -> None:
    with state.writing() as directory:
        write_events(directory.connection, directory.sealer, [happened(each) for each in seconds])


def tamper(state: State, statement: str) -> None:
    with state.writing() as directory:
        directory.connection.exec_driver_sql(statement)


def recorded(state: State, name: str) -> list[dict[str, Any]]:
    with state.reading() as directory:
        found = find_events(directory.connection, ACCOUNT, limit=100)
    return [event for event in reversed(found) if event.get("eventName") == name]


def verified_to(state: State) -> int:
    with state.reading() as directory:
        return int(find_job_state(directory, VERIFY.name, account=ACCOUNT)["sequence"])


def test_what_is_intact_is_no_event(state: State) -> None:
    VERIFY.run(state, NOW)
    VERIFY.run(state, NOW + HOUR)
    assert recorded(state, "TrailBroken") == []
    assert verified_to(state) == EVENTS


def test_a_break_is_told_of_once(state: State) -> None:
    VERIFY.run(state, NOW)
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 4")
    VERIFY.run(state, NOW + HOUR)
    assert recorded(state, "TrailBroken") == []
    for later in (DAY, DAY + HOUR, 3 * DAY):
        VERIFY.run(state, NOW + later)
        (told,) = recorded(state, "TrailBroken")
    assert told["eventSource"] == "ostiary.amazonaws.com"
    assert told["userIdentity"] == {"type": "AWSService", "invokedBy": "ostiary.amazonaws.com"}
    assert told["requestParameters"] == {
        "how": "changed",
        "sequence": 4,
        "events": 1,
        "brokenEventId": happened(3).event_id,
        "brokenEventTime": "2026-11-24T12:00:03Z",
        "brokenEventName": "GetUser",
        "message": f"event 4 ({happened(3).event_id}, 2026-11-24 12:00:03+00:00, GetUser) is not what was recorded",
    }
    tamper(state, f"DELETE FROM events WHERE {MINE} AND sequence = 6")
    VERIFY.run(state, NOW + 5 * DAY)
    assert [each["requestParameters"]["how"] for each in recorded(state, "TrailBroken")] == ["changed", "missing"]


def test_what_came_since_is_verified_every_hour(state: State) -> None:
    VERIFY.run(state, NOW)
    write(state, EVENTS, EVENTS + 1)
    tamper(state, f"DELETE FROM events WHERE {MINE} AND sequence = {EVENTS + 1}")
    VERIFY.run(state, NOW + HOUR)
    assert [each["requestParameters"]["sequence"] for each in recorded(state, "TrailBroken")] == [EVENTS + 1]


@pytest.mark.parametrize("kept", [{}, {"sequence": "x"}, {"sequence": 9, "hash": "x", "all_at": 5}, {"all_at": "9999"}])
def test_what_is_kept_of_it_need_not_be_its_own(state: State, kept: dict[str, Any]) -> None:
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 4")
    with state.writing() as directory:
        set_job_state(directory, VERIFY.name, kept, now=NOW, account=ACCOUNT)
    VERIFY.run(state, NOW)
    assert len(recorded(state, "TrailBroken")) == 1


def test_what_cannot_be_recorded_is_on_the_log(state: State, caplog: pytest.LogCaptureFixture) -> None:
    tamper(state, f"UPDATE trails SET sequence = 5 WHERE {MINE}")
    with caplog.at_level(logging.ERROR):
        VERIFY.run(state, NOW)
    assert "is not what was recorded" in caplog.text
    assert "cannot be recorded in it" in caplog.text


def retain(state: State, days: int | None) -> None:
    with state.writing() as directory:
        accounts.set_trail_retention(directory, ACCOUNT, days)


def needed(state: State) -> bool:
    assert PRUNE.is_needed is not None
    with state.reading() as directory:
        return PRUNE.is_needed(directory, NOW)


def test_events_are_kept_for_ever_unless_the_account_says_otherwise(state: State) -> None:
    assert not needed(state)
    PRUNE.run(state, NOW + 9_000 * DAY)
    assert recorded(state, "PruneTrail") == []
    retain(state, 90)
    assert needed(state)
    PRUNE.run(state, NOW + 89 * DAY)
    assert recorded(state, "PruneTrail") == []
    at = NOW + 90 * DAY + timedelta(seconds=4)
    PRUNE.run(state, at)
    PRUNE.run(state, at)
    (pruned,) = recorded(state, "PruneTrail")
    assert pruned["requestParameters"] == {"before": "2026-11-24T12:00:04Z", "trailRetentionDays": 90}
    assert pruned["responseElements"] == {"events": 4, "lastSequence": 4}
    with state.reading() as directory:
        verdict = verify_trail(directory.connection, directory.sealer, ACCOUNT)
    assert verdict.is_intact
    assert verdict.events == EVENTS - 4 + 1


def test_verifying_goes_on_behind_what_was_pruned(state: State) -> None:
    VERIFY.run(state, NOW)
    retain(state, 90)
    PRUNE.run(state, NOW + 100 * DAY)
    VERIFY.run(state, NOW + HOUR)
    assert recorded(state, "TrailBroken") == []
    # The last event of the old ones stays until another is behind it, which that of the first pruning is.
    assert verified_to(state) == EVENTS + 2


def test_what_may_be_evidence_is_not_pruned(state: State, caplog: pytest.LogCaptureFixture) -> None:
    retain(state, 90)
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 1")
    PRUNE.run(state, NOW + 100 * DAY)
    assert recorded(state, "PruneTrail") == []
    assert "not pruned: event 1" in caplog.text
