"""A trail is pruned from its beginning, stays verifiable, and is not pruned where it is not what was recorded."""

# ruff: noqa: S608 - the statements are the test's own

from collections.abc import Iterator
from datetime import timedelta

import pytest

from ostiary.audit import How, Pruned, TrailDamaged, prune_portion, resume_trail
from ostiary.store import Store
from tests.audit.recorded import ACCOUNT, NOW, OTHER, SEALER, happened, recorded, tamper, verdict, write

EVENTS = 12
MINE = f"account_id = '{ACCOUNT}'"
ALWAYS = NOW + timedelta(days=1)


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with recorded(tmp_path_factory.mktemp("trail"), EVENTS) as opened:
        yield opened


def prune(store: Store, seconds: int | None = None, *, breaks_too: bool = False) -> Pruned | None:
    before = ALWAYS if seconds is None else NOW + timedelta(seconds=seconds)
    with store.write() as connection:
        return prune_portion(connection, SEALER, ACCOUNT, before, breaks_too=breaks_too)


def test_what_is_old_goes_and_the_rest_is_intact(store: Store) -> None:
    assert prune(store, 0) is None
    assert prune(store, 5) == Pruned(5, 5)
    assert prune(store, 5) is None
    found = verdict(store)
    assert found.is_intact
    assert found.events == EVENTS - 5
    assert found.first is not None
    assert found.first.event_id == f"{ACCOUNT}-000005"
    write(store, happened(EVENTS))
    assert verdict(store).is_intact
    assert verdict(store, OTHER).events == EVENTS // 2


def test_the_last_event_stays(store: Store) -> None:
    assert prune(store) == Pruned(EVENTS - 1, EVENTS - 1)
    assert prune(store) is None
    assert verdict(store).events == 1


def test_what_stands_behind_a_younger_event_stays(store: Store) -> None:
    write(store, happened(-100), happened(EVENTS + 1))
    assert prune(store, EVENTS - 1) == Pruned(EVENTS - 1, EVENTS - 1)


def test_so_much_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostiary.audit.prune._PORTION", 5)
    assert [prune(store) for _ in range(4)] == [Pruned(5, 5), Pruned(5, 10), Pruned(1, 11), None]
    assert verdict(store).is_intact


def test_what_is_not_what_was_recorded_stays(store: Store) -> None:
    tamper(store, f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 4")
    assert prune(store) == Pruned(3, 3)
    with pytest.raises(TrailDamaged, match=r"not pruned: event 4 .* is not what was recorded"):
        prune(store)
    assert [(each.how, each.sequence) for each in verdict(store).breaks] == [(How.CHANGED, 4)]
    assert prune(store, breaks_too=True) == Pruned(8, 11)
    assert verdict(store).is_intact


def test_what_is_missing_is_not_pruned_over(store: Store) -> None:
    tamper(store, f"DELETE FROM events WHERE {MINE} AND sequence <= 2")
    with pytest.raises(TrailDamaged, match="each of events 1 to 2 is missing"):
        prune(store)
    assert prune(store, 8, breaks_too=True) == Pruned(6, 8)
    assert verdict(store).is_intact


def resume(store: Store) -> bool:
    with store.write() as connection:
        return resume_trail(connection, SEALER, ACCOUNT)


def test_a_trail_that_goes_on_tells_of_what_was_done_to_it(store: Store) -> None:
    assert not resume(store)
    tamper(store, f"DELETE FROM events WHERE {MINE} AND sequence > 9")
    tamper(store, f"UPDATE trails SET sequence = 9 WHERE {MINE}")
    with pytest.raises(TrailDamaged):
        write(store, happened(EVENTS))
    assert resume(store)
    assert not resume(store)
    write(store, happened(EVENTS), happened(EVENTS + 1))
    assert [(each.how, each.sequence) for each in verdict(store).breaks] == [(How.MISSING, 10)]
    assert verdict(store).end.sequence == 12


@pytest.mark.parametrize(
    "deed",
    [
        f"DELETE FROM trails WHERE {MINE}",
        f"UPDATE trails SET sequence = 'x' WHERE {MINE}",
        f"UPDATE trails SET sealed_key = x'00' WHERE {MINE}",
    ],
)
def test_a_trail_whose_head_is_lost_goes_on_under_another_key(store: Store, deed: str) -> None:
    tamper(store, deed)
    assert resume(store)
    write(store, happened(EVENTS), happened(EVENTS + 1))
    breaks = verdict(store).breaks
    assert [each.sequence for each in breaks] == list(range(1, EVENTS + 2))
    assert breaks[-1].how is How.MISSING


def test_there_is_nothing_to_resume_where_nothing_was_recorded(store: Store) -> None:
    tamper(store, f"DELETE FROM events WHERE {MINE}")
    tamper(store, f"DELETE FROM trails WHERE {MINE}")
    assert not resume(store)
