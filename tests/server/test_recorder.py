"""The record of reads and refusals: written in batches, in order, and missed loudly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ostiary.audit import AuditEvent, find_events
from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory.directory import Directory
from ostiary.server.recorder import Recorder, RecordingFailed
from ostiary.store import Store, open_store

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SEALER = Sealer(MasterKey.generate())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/x.db")
    store.create_schema()
    yield store
    store.close()


@pytest.fixture
def recorder(store: Store) -> Iterator[Recorder]:
    recorder = Recorder(store, lambda connection: Directory(connection, SEALER, SessionTokenCodec(SEALER)))
    yield recorder
    recorder.close()


def event(number: int, body: object = None) -> AuditEvent:
    return AuditEvent(
        account="111122223333",
        event_id=f"{number:04}",
        time=NOW,
        source="iam.amazonaws.com",
        name="GetUser",
        user_name=None,
        principal_id=None,
        access_key_id=None,
        error_code=None,
        read_only=True,
        body={"number": number, "more": body},
    )


def written(store: Store) -> list[int]:
    with store.read() as connection:
        return [body["number"] for body in reversed(find_events(connection, "111122223333"))]


def test_who_waits_finds_all_before_written_too(store: Store, recorder: Recorder) -> None:
    for number in range(9):
        recorder.record(event(number), None, wait=False)
    recorder.record(event(9), None, wait=True)
    assert written(store) == list(range(10))


def test_closing_writes_what_waits(store: Store) -> None:
    recorder = Recorder(store, lambda connection: Directory(connection, SEALER, SessionTokenCodec(SEALER)))
    recorder.record(event(1), None, wait=False)
    recorder.close()
    assert written(store) == [1]


def test_what_cannot_be_written_is_said_and_goes_on_afterwards(store: Store, recorder: Recorder) -> None:
    recorder.record(event(1), None, wait=True)
    # The same event twice breaks the key of the table.
    with pytest.raises(RecordingFailed):
        recorder.record(event(1), None, wait=True)
    with pytest.raises(RecordingFailed):
        recorder.record(event(3), None, wait=False)
    recorder.record(event(4), None, wait=True)
    recorder.record(event(5), None, wait=False)
    recorder.record(event(6), None, wait=True)
    assert written(store) == [1, 3, 4, 5, 6]


def test_one_event_that_cannot_be_written_keeps_nobody_from_reading(store: Store, recorder: Recorder) -> None:
    with pytest.raises(RecordingFailed):
        recorder.record(event(1, object()), None, wait=True)
    recorder.record(event(2), None, wait=False)
    recorder.record(event(3), None, wait=True)
    assert written(store) == [2, 3]


def test_what_cannot_be_written_takes_nothing_else_with_it(store: Store, recorder: Recorder) -> None:
    for number in range(5):
        recorder.record(event(number), None, wait=False)
    with pytest.raises(RecordingFailed):
        recorder.record(event(5, object()), None, wait=True)
    recorder.record(event(6), None, wait=True)
    assert written(store) == [0, 1, 2, 3, 4, 6]


def test_whatever_text_a_caller_sends_can_be_written(store: Store, recorder: Recorder) -> None:
    hostile = "\ud800\0" + "x" * 9_000
    sent = replace(event(1, {hostile: hostile}), user_name=hostile, access_key_id=hostile, source=hostile, name=hostile)
    recorder.record(sent, None, wait=True)
    assert written(store) == [1]
