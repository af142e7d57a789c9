"""Trails are verified and pruned without anybody's call, and what comes of it stands in them."""

# ruff: noqa: S608 - the statements are the test's own

import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.audit import BACKGROUND, How, find_events, recorded_deeds, verify_trail, write_events
from ostiary.credentials import MasterKey
from ostiary.directory import accounts
from ostiary.server.jobs.job import Job
from ostiary.server.jobs.keep_heads import JOB as KEEP
from ostiary.server.jobs.prune_trail import JOB as PRUNE
from ostiary.server.jobs.verify_trail import JOB as VERIFY
from ostiary.server.state import State
from ostiary.server.trail_heads import TrailHeads, TrailHeadsBroken
from ostiary.server.trail_verifying import verify_trails
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
    vault = open_vault(MasterKey.generate())
    opened = State(store, vault, lambda: NOW, heads=TrailHeads(tmp_path, vault.sealer))
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
    return state.verified[ACCOUNT][0].sequence


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


def restarted(state: State) -> State:
    return State(state.store, state.vault, state.clock, heads=state.heads)


def test_all_of_it_is_verified_after_a_start(state: State) -> None:
    VERIFY.run(state, NOW)
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 4")
    VERIFY.run(state, NOW + HOUR)
    assert recorded(state, "TrailBroken") == []
    VERIFY.run(restarted(state), NOW + HOUR)
    assert len(recorded(state, "TrailBroken")) == 1


def forged(place: int | None, how: str, about: int | None) -> str:
    """Return a statement that writes what looks as though a break was told of."""
    facts = {"how": how} if about is None else {"how": how, "sequence": about}
    body = json.dumps({"eventName": "TrailBroken", "requestParameters": facts})
    return (
        "INSERT INTO events (account_id, event_id, event_time, event_source, event_name, read_only, body, sequence,"
        f" chain_hash) VALUES ('{ACCOUNT}', '0-{place}-{how}', 0, 'ostiary.amazonaws.com', 'TrailBroken', 0, '{body}',"
        f" {place or 'NULL'}, {'NULL' if place is None else 'zeroblob(32)'})"
    )


def test_what_only_looks_like_an_event_keeps_nothing_from_being_told_of(state: State) -> None:
    tamper(state, f"DELETE FROM events WHERE {MINE} AND sequence IN (4, 7)")
    tamper(state, forged(None, "missing", 4))
    tamper(state, forged(None, "inserted", None))
    tamper(state, forged(7, "missing", 4))
    VERIFY.run(state, NOW)
    told = {(each["requestParameters"]["how"], each["requestParameters"].get("sequence")) for each in proven(state)}
    assert told == {("missing", 4), ("changed", 7), ("changed", 8), ("inserted", None)}
    tamper(state, f"DELETE FROM events WHERE {MINE} AND sequence IS NULL")
    VERIFY.run(restarted(state), NOW)
    assert len(proven(state)) == len(told)


def proven(state: State) -> list[dict[str, Any]]:
    with state.reading() as directory:
        deeds = list(recorded_deeds(directory.connection, directory.sealer, ACCOUNT, "TrailBroken"))
    return [json.loads(each.body or "") for each in deeds]


def set_back(state: State, deeds: int) -> None:
    """Do some deeds and have them undone in the record, as who kept the trail's one row can."""
    with state.writing() as directory:
        row = directory.connection.exec_driver_sql(f"SELECT * FROM trails WHERE {MINE}").one()
    write(state, *range(100, 100 + deeds))
    KEEP.run(state, NOW)
    with state.writing() as directory:
        directory.connection.exec_driver_sql(f"DELETE FROM events WHERE {MINE} AND sequence > {EVENTS}")
        directory.connection.exec_driver_sql(f"DELETE FROM trails WHERE {MINE}")
        marks = ", ".join("?" for _ in row)
        directory.connection.exec_driver_sql(f"INSERT INTO trails VALUES ({marks})", tuple(row))


def wipe(state: State) -> None:
    tamper(state, f"DELETE FROM events WHERE {MINE}")
    tamper(state, f"DELETE FROM trails WHERE {MINE}")


def begin_anew(state: State) -> None:
    tamper(state, f"UPDATE events SET sequence = NULL, chain_hash = NULL WHERE {MINE}")
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND event_id = '{happened(3).event_id}'")
    tamper(state, f"DELETE FROM trails WHERE {MINE}")


@pytest.mark.parametrize("deed", [lambda state: set_back(state, 3), wipe, begin_anew])
@pytest.mark.parametrize("goes_on", [0, 20])
@pytest.mark.parametrize("job", [KEEP, VERIFY])
def test_a_trail_that_was_set_back_is_told_of(
    state: State, deed: Callable[[State], None], goes_on: int, job: Job
) -> None:
    KEEP.run(state, NOW)
    KEEP.run(state, NOW)
    assert recorded(state, "TrailBroken") == []
    deed(state)
    assert state.heads is not None
    kept = state.heads.read()[ACCOUNT]
    write(state, *range(200, 200 + goes_on))
    found = next(each for each in verify_trails(state, ACCOUNT))
    assert (How.SET_BACK, kept.sequence) in [(each.how, each.sequence) for each in found.verdict.breaks]
    for later in (NOW, NOW + HOUR):
        job.run(restarted(state), later)
        told = [each["requestParameters"] for each in recorded(state, "TrailBroken")]
        assert [each["sequence"] for each in told if each["how"] == "set back"] == [kept.sequence]
        # What was once kept is not given up for what the trail has become.
        assert state.heads.read()[ACCOUNT] == kept


def test_what_was_pruned_since_is_not_missed(state: State) -> None:
    KEEP.run(state, NOW)
    retain(state, 90)
    write(state, EVENTS)
    PRUNE.run(state, NOW + 100 * DAY)
    for job in (VERIFY, KEEP, VERIFY):
        job.run(state, NOW)
    assert recorded(state, "TrailBroken") == []
    assert state.heads is not None
    assert state.heads.read()[ACCOUNT].sequence == EVENTS + 3


def test_a_file_that_cannot_be_read_keeps_no_trail_from_being_verified(
    state: State, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    KEEP.run(state, NOW)
    (tmp_path / "trail.heads").write_bytes(b"x" * 100)
    tamper(state, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 4")
    with pytest.raises(TrailHeadsBroken):
        KEEP.run(state, NOW)
    VERIFY.run(state, NOW)
    assert "cannot be compared" in caplog.text
    assert len(recorded(state, "TrailBroken")) == 1


def test_an_account_without_a_trail_is_said_to_have_none(state: State) -> None:
    (found,) = verify_trails(state, ACCOUNT)
    assert found.is_there
    wipe(state)
    (found,) = verify_trails(state, None)
    assert found.verdict.account == ACCOUNT
    assert not found.is_there


def test_a_chain_that_is_begun_in_an_account_that_is_not_new_is_an_event(state: State) -> None:
    wipe(state)
    write(state, 0)
    assert recorded(state, "TrailBegan") == []
    wipe(state)
    write(state, 2 * 86_400)
    (began,) = recorded(state, "TrailBegan")
    assert began["requestParameters"] == {"earlierEvents": 0}


def test_look_alikes_do_not_hide_when_a_chain_was_begun(state: State) -> None:
    wipe(state)
    write(state, 2 * 86_400)
    (before,) = verify_trails(state, ACCOUNT)
    assert before.begun == ("2026-11-26 12:00:00+00:00",)
    with state.writing() as directory:
        refused = [happened(300_000 + each, name="TrailBegan", source="ec2.amazonaws.com") for each in range(60)]
        tried = [happened(400_001 + each, name="TrailBegan", source=BACKGROUND, error_code="E") for each in range(60)]
        write_events(directory.connection, directory.sealer, [*refused, *tried])
    (after,) = verify_trails(state, ACCOUNT)
    assert after.begun == before.begun


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
