"""Jobs are done when they are due, by one process at a time, whatever happens to the others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ostiary.credentials import MasterKey
from ostiary.directory.directory import Directory
from ostiary.server.jobs import Job, Schedule
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    yield State(store, open_vault(MasterKey.generate()), clock)
    store.close()


def noting(done: list[datetime], name: str = "count") -> Job:
    return Job(name, MINUTE, lambda _state, now: done.append(now))


def fails(_state: State, _now: datetime) -> None:
    raise ValueError("as it may happen")


def test_a_job_is_done_at_once_and_then_when_its_time_has_come(state: State, clock: Clock) -> None:
    done: list[datetime] = []
    schedule = Schedule(state, [noting(done)])
    for seconds in (0, 1, 59, 60, 61, 200):
        clock.now = NOON + timedelta(seconds=seconds)
        schedule.do_what_is_due()
    assert done == [NOON, NOON + MINUTE, NOON + timedelta(seconds=200)]


def test_of_several_processes_one_does_it(state: State, clock: Clock) -> None:
    done: list[datetime] = []
    schedules = [Schedule(state, [noting(done)]) for _ in range(3)]
    for minute in range(3):
        clock.now = NOON + minute * MINUTE
        for schedule in schedules:
            schedule.do_what_is_due()
    assert done == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_a_job_that_fails_keeps_no_other_from_its_work(
    state: State, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []
    schedule = Schedule(state, [Job("broken", MINUTE, fails), noting(done)])
    schedule.do_what_is_due()
    clock.now += MINUTE
    schedule.do_what_is_due()
    assert done == [NOON, NOON + MINUTE]
    assert [record.getMessage() for record in caplog.records] == 2 * ["the job broken was not done"]


def test_what_need_not_be_done_is_not(state: State, clock: Clock) -> None:
    done: list[datetime] = []
    needed = False

    def is_needed(_directory: Directory, _now: datetime) -> bool:
        return needed

    schedule = Schedule(state, [Job("count", MINUTE, lambda _state, now: done.append(now), is_needed)])
    schedule.do_what_is_due()
    assert done == []
    needed = True
    clock.now += MINUTE
    schedule.do_what_is_due()
    assert done == [NOON + MINUTE]


@pytest.mark.parametrize("due_at", [10**11, 10**17, "'never'", 1795608000 + 121])
def test_what_was_put_off_further_than_it_can_be_is_done(state: State, due_at: int | str) -> None:
    done: list[datetime] = []
    Schedule(state, [noting(done)]).do_what_is_due()
    with state.writing() as directory:
        directory.connection.exec_driver_sql(f"UPDATE jobs SET due_at = {due_at}")  # noqa: S608 - the test's own
    # As another process, that did not look yet.
    Schedule(state, [noting(done)]).do_what_is_due()
    Schedule(state, [noting(done)]).do_what_is_due()
    assert done == [NOON, NOON]


def test_a_clock_that_is_behind_does_nothing_twice(state: State, clock: Clock) -> None:
    done: list[datetime] = []
    Schedule(state, [noting(done)]).do_what_is_due()
    clock.now -= MINUTE
    Schedule(state, [noting(done)]).do_what_is_due()
    assert done == [NOON]


def test_the_thread_begins_and_ends(state: State) -> None:
    schedule = Schedule(state, [])
    schedule.start()
    schedule.stop()
