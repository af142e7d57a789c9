"""The job that heeds the ages of access keys."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from ostiary.credentials import MasterKey
from ostiary.directory import accounts
from ostiary.governance import enforce_key_limits, set_key_limits
from ostiary.server.jobs import JOBS, Schedule, key_age
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store, schema
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

DAY = timedelta(days=1)
KEYS = 250
"""More than are done in one transaction."""


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    made = State(store, open_vault(MasterKey.generate()), lambda: NOW)
    with made.writing() as directory:
        for account in (ACCOUNT, OTHER_ACCOUNT):
            accounts.create_account(
                directory, account, root_email=f"{account}@a.example", root_password_hash="-", now=NOW
            )
            key = {"account_id": account, "sealed_secret": b"", "active": True, "created_at": NOW}
            directory.connection.execute(
                insert(schema.access_keys), [{**key, "access_key_id": f"{account}-{n}"} for n in range(KEYS)]
            )
        set_key_limits(directory, ACCOUNT, warning_days=10, maximum_days=20, now=NOW)
    yield made
    store.close()


def count(state: State, account: str) -> tuple[int, int]:
    """Return how many keys of an account are active, and how many events it has but that of the trail's beginning."""
    keys, events = schema.access_keys, schema.events
    with state.reading() as directory:
        active = select(func.count()).where(keys.c.account_id == account, keys.c.active)
        recorded = select(func.count()).where(events.c.account_id == account, events.c.event_name != "TrailBegan")
        return directory.connection.scalar(active) or 0, directory.connection.scalar(recorded) or 0


def is_needed(state: State, now: datetime) -> bool:
    assert key_age.JOB.is_needed is not None
    with state.reading() as directory:
        return key_age.JOB.is_needed(directory, now)


def test_all_keys_are_seen_to_however_many_there_are(state: State) -> None:
    for day, needed, found in ((9, False, (KEYS, 0)), (10, True, (KEYS, KEYS)), (20, True, (0, 2 * KEYS))):
        now = NOW + day * DAY
        assert is_needed(state, now) is needed
        key_age.JOB.run(state, now)
        assert count(state, ACCOUNT) == found
        assert not is_needed(state, now)
    assert count(state, OTHER_ACCOUNT) == (KEYS, 0)


def test_what_was_done_before_it_ended_half_way_is_not_done_twice(state: State) -> None:
    now = NOW + 10 * DAY
    with state.writing() as directory:
        assert enforce_key_limits(directory, ACCOUNT, now=now, most=100) == 100
    key_age.JOB.run(state, now)
    assert count(state, ACCOUNT) == (KEYS, KEYS)


def test_it_is_among_those_that_a_server_does(state: State) -> None:
    assert key_age.JOB in JOBS
    now = NOW + 20 * DAY
    Schedule(State(state.store, state.vault, lambda: now), [key_age.JOB]).do_what_is_due()
    assert count(state, ACCOUNT) == (0, KEYS)
