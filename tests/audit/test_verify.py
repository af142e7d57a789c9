"""Whatever is done to a trail past the server shows, and where; nothing shows in one that was left alone."""

# ruff: noqa: S608 - the statements are the test's own

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from ostiary.audit import BEGINNING, How, Place, TrailDamaged, Verdict, trail_accounts, verify_trail, write_events
from ostiary.audit.chain import ChainKey
from ostiary.audit.kept import _IN_ORDER, kept_events
from ostiary.audit.trails import COLUMNS
from ostiary.credentials import MasterKey, Sealer
from ostiary.store import Store
from tests.audit.recorded import ACCOUNT, NOW, OTHER, SEALER, happened, recorded, tamper, verdict, write

EVENTS = 12
MINE = f"account_id = '{ACCOUNT}'"
EACH_COLUMN = (*COLUMNS, "account_id", "body", "sequence", "chain_hash")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with recorded(tmp_path_factory.mktemp("trail"), EVENTS) as opened:
        yield opened


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with recorded(tmp_path_factory.mktemp("trail"), EVENTS) as opened:
        yield opened


def after(store: Store, *statements: str | tuple[str, Any], account: str = ACCOUNT) -> Verdict:
    """Return what verifying says once something was done, which is then undone."""
    with store.write() as connection:
        nested = connection.begin_nested()
        for each in statements:
            statement, *values = (each,) if isinstance(each, str) else each
            connection.exec_driver_sql(statement, tuple(values))
        found = verify_trail(connection, SEALER, account)
        nested.rollback()
    return found


def first_break(found: Verdict) -> tuple[How, int | None]:
    assert found.breaks
    return found.breaks[0].how, found.breaks[0].sequence


def value(store: Store, column: str, place: int) -> Any:
    with store.read() as connection:
        query = f"SELECT {column} FROM events WHERE {MINE} AND sequence = {place}"
        return connection.exec_driver_sql(query).scalar()


def test_what_was_left_alone_is_intact(store: Store) -> None:
    for account, events in ((ACCOUNT, EVENTS), (OTHER, EVENTS // 2), ("000000000000", 1)):
        found = verdict(store, account)
        assert found.is_intact
        assert found.events == found.end.sequence == events
        assert found.first is not None
        assert found.first.sequence == 1
        assert found.last is not None
        assert found.last.sequence == events
    assert verdict(store, "999999999999").is_intact
    with store.read() as connection:
        assert list(trail_accounts(connection)) == ["000000000000", ACCOUNT, OTHER]


@pytest.mark.parametrize("column", EACH_COLUMN)
def test_a_byte_of_any_column_of_any_row(store: Store, column: str) -> None:
    for place in (1, 2, 7, EVENTS):
        there = value(store, column, place)
        match there:
            case None:
                changed: list[Any] = ["", "x"]
            case bytes():
                changed = [bytes([there[0] ^ 1]) + there[1:], there[:-1], b"", "text", None]
            case int() if column == "read_only":
                changed = [1 - there, 2, 0.5, "x"]
            case int():
                changed = [there + EVENTS, there - EVENTS, b"x"]
            case _:
                middle = len(there) // 2
                other = chr(ord(there[middle]) ^ 1)
                changed = [there[:middle] + other + there[middle + 1 :], there + " ", there.encode(), ""]
        for instead in changed:
            update = f"UPDATE events SET {column} = ? WHERE {MINE} AND sequence = {place}"
            how, where = first_break(after(store, (update, instead)))
            if column in {"account_id", "sequence"}:
                assert how in {How.MISSING, How.CUT_OFF}
            else:
                assert how is How.CHANGED
            assert where == place


def test_text_that_is_none(store: Store) -> None:
    garbled = f"UPDATE events SET body = CAST(x'7bff7d' AS TEXT) WHERE {MINE} AND sequence IN (4, 9)"
    found = after(store, garbled)
    assert [(each.how, each.sequence) for each in found.breaks] == [(How.CHANGED, 4), (How.CHANGED, 9)]
    assert found.events == EVENTS
    assert found.breaks[0].sentence == "event 4 is not what was recorded"


@pytest.mark.parametrize("place", range(1, EVENTS + 1))
def test_a_deleted_row(store: Store, place: int) -> None:
    found = after(store, f"DELETE FROM events WHERE {MINE} AND sequence = {place}")
    assert first_break(found) == (How.CUT_OFF if place == EVENTS else How.MISSING, place)
    assert len(found.breaks) == 1


def test_several_deleted_rows(store: Store) -> None:
    found = after(store, f"DELETE FROM events WHERE {MINE} AND sequence IN (3, 4, 5, 11, 12)")
    assert [each.sentence for each in found.breaks] == [
        "each of events 3 to 5 is missing",
        "each of events 11 to 12 is cut off the end",
    ]


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 9), (11, 12)])
def test_a_swapped_pair(store: Store, one: int, other: int) -> None:
    swap = (
        f"UPDATE events SET sequence = -1 WHERE {MINE} AND sequence = {one}",
        f"UPDATE events SET sequence = {one} WHERE {MINE} AND sequence = {other}",
        f"UPDATE events SET sequence = {other} WHERE {MINE} AND sequence = -1",
    )
    assert first_break(after(store, *swap)) == (How.CHANGED, one)


def copy(place: int, to: str, *, account: str = ACCOUNT, origin: str = ACCOUNT) -> str:
    columns = ["account_id", *COLUMNS, "body", "sequence", "chain_hash"]
    chosen = {"account_id": f"'{account}'", "event_id": "'copied'", "sequence": to}
    values = ", ".join(chosen.get(name, name) for name in columns)
    return (
        f"INSERT INTO events ({', '.join(columns)}) "
        f"SELECT {values} FROM events WHERE account_id = '{origin}' AND sequence = {place}"
    )


@pytest.mark.parametrize("to", ["NULL", "0", "-5", str(EVENTS + 1), "1e6", "x'00'"])
@pytest.mark.parametrize("origin", [ACCOUNT, OTHER])
def test_a_row_that_was_never_recorded(store: Store, to: str, origin: str) -> None:
    found = after(store, copy(3, to, origin=origin))
    assert [each.how for each in found.breaks] == [How.INSERTED]
    assert found.breaks[0].event_id == "copied"


def test_a_place_that_is_taken_twice(store: Store) -> None:
    found = after(store, "DROP INDEX ix_events_account_id_sequence", copy(3, "3"))
    assert not found.is_intact


def test_a_row_of_another_account_in_place_of_one(store: Store) -> None:
    take = f"DELETE FROM events WHERE {MINE} AND sequence = 4"
    assert first_break(after(store, take, copy(4, "4", origin=OTHER))) == (How.CHANGED, 4)


def test_a_whole_trail_of_another_account(store: Store) -> None:
    swap = [
        f"UPDATE {table} SET account_id = '{to}' WHERE account_id = '{one}'"
        for table in ("events", "trails")
        for one, to in ((ACCOUNT, "x"), (OTHER, ACCOUNT), ("x", OTHER))
    ]
    assert first_break(after(store, *swap)) == (How.KEY, None)
    with store.read() as connection:
        assert verify_trail(connection, Sealer(MasterKey.generate()), ACCOUNT).breaks[0].how is How.KEY


HEADS: dict[str, Any] = {
    "sequence": [0, EVENTS - 1, EVENTS + 1, "x", None],
    "last_hash": [b"", bytes(32), "text"],
    "pruned_sequence": [1, -1, EVENTS, b"x"],
    "pruned_hash": [b"", b"x" * 32],
    "head_hash": [b"", bytes(32), "text"],
    "sealed_key": [b"", bytes(60), "text"],
}


@pytest.mark.parametrize(("column", "instead"), [(name, each) for name, values in HEADS.items() for each in values])
def test_what_is_kept_of_beginning_and_end(store: Store, column: str, instead: Any) -> None:
    if instead is None:
        assert first_break(after(store, f"DELETE FROM trails WHERE {MINE}")) == (How.NO_HEAD, None)
        return
    assert not after(store, (f"UPDATE trails SET {column} = ? WHERE {MINE}", instead)).is_intact


def cut_back(to: int) -> tuple[str, ...]:
    last = f"coalesce((SELECT chain_hash FROM events WHERE {MINE} AND sequence = {to}), zeroblob(32))"
    return (
        f"DELETE FROM events WHERE {MINE} AND sequence > {to}",
        f"UPDATE trails SET sequence = {to}, last_hash = {last} WHERE {MINE}",
    )


@pytest.mark.parametrize("to", [1, EVENTS - 1])
def test_the_end_set_back_and_what_was_behind_it_deleted(store: Store, to: int) -> None:
    found = after(store, *cut_back(to))
    assert first_break(found) == (How.HEAD, to)
    assert "where the trail begins or ends was changed" in found.breaks[0].sentence


def test_the_beginning_set_forward_and_what_was_before_it_deleted(store: Store) -> None:
    pruned = f"(SELECT chain_hash FROM events WHERE {MINE} AND sequence = 5)"
    found = after(
        store,
        f"UPDATE trails SET pruned_sequence = 5, pruned_hash = {pruned} WHERE {MINE}",
        f"DELETE FROM events WHERE {MINE} AND sequence <= 5",
    )
    assert [each.how for each in found.breaks] == [How.HEAD]


@pytest.mark.parametrize(
    "deeds",
    [cut_back(5), (f"DELETE FROM trails WHERE {MINE}",), (f"UPDATE trails SET sequence = 'x' WHERE {MINE}",)],
)
def test_the_server_does_not_make_it_good_by_going_on(own: Store, deeds: tuple[str, ...]) -> None:
    for each in deeds:
        tamper(own, each)
    with pytest.raises(TrailDamaged, match="`ostiary trail resume`"):
        write(own, happened(EVENTS))
    write(own, happened(EVENTS, OTHER))
    assert verdict(own, OTHER).is_intact


def test_events_from_before_are_taken_on_and_that_is_recorded(own: Store) -> None:
    tamper(own, f"UPDATE events SET sequence = NULL, chain_hash = NULL WHERE {MINE}")
    tamper(own, f"DELETE FROM trails WHERE {MINE}")
    assert first_break(verdict(own)) == (How.NO_HEAD, None)
    write(own, happened(EVENTS))
    assert verdict(own).is_intact
    assert value(own, "event_name", EVENTS + 1) == "TrailBegan"
    assert '"requestParameters":{"earlierEvents":12}' in value(own, "body", EVENTS + 1)
    assert value(own, "event_id", EVENTS + 2) == happened(EVENTS).event_id


def test_what_comes_behind_a_place_is_verified_alone(store: Store) -> None:
    seventh = Place(7, value(store, "chain_hash", 7))
    assert verdict(store, after=seventh).is_intact
    assert verdict(store, after=seventh).events == EVENTS - 7
    assert verdict(store, after=verdict(store).end).events == 0
    assert first_break(verdict(store, after=Place(7, bytes(32)))) == (How.CHANGED, 8)


def test_a_break_does_not_hide_the_next(store: Store) -> None:
    found = after(
        store,
        f"UPDATE events SET user_name = 'eve' WHERE {MINE} AND sequence = 3",
        f"UPDATE events SET chain_hash = x'00' WHERE {MINE} AND sequence = 6",
        f"DELETE FROM events WHERE {MINE} AND sequence = 9",
    )
    assert [(each.how, each.sequence) for each in found.breaks] == [
        (How.CHANGED, 3),
        (How.CHANGED, 6),
        (How.MISSING, 9),
    ]
    assert found.breaks[0].event_id == f"{ACCOUNT}-000002"
    assert found.breaks[0].name == "CreateUser"
    assert found.breaks[0].time == NOW + timedelta(seconds=2)


def test_each_event_is_hashed_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[int] = []
    hash_event = ChainKey.hash_event

    def counting(key: ChainKey, before: bytes, sequence: int, *rest: Any) -> bytes:
        hashed.append(sequence)
        return hash_event(key, before, sequence, *rest)

    monkeypatch.setattr(ChainKey, "hash_event", counting)
    verdict(store)
    assert hashed == list(range(1, EVENTS + 1))


def test_the_order_of_the_trail_is_read_from_an_index(store: Store) -> None:
    with store.read() as connection:
        query = _IN_ORDER.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
        values = (ACCOUNT, 0, EVENTS, 5, 0)
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)]
    assert len(plan) == 1
    assert "USING INDEX ix_events_account_id_sequence " in plan[0]


def test_events_are_read_in_portions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostiary.audit.kept._PORTION", 5)
    assert verdict(store).events == EVENTS
    assert first_break(after(store, f"DELETE FROM events WHERE {MINE} AND sequence = 6")) == (How.MISSING, 6)
    with store.read() as connection:
        assert [each.sequence for each in kept_events(connection, ACCOUNT, after=2, end=9)] == list(range(3, 10))


def alteration(kind: str, row: int, byte: int) -> tuple[str, ...]:
    where = f"WHERE {MINE} AND sequence = {row}"
    match kind:
        case "byte":
            return (f"UPDATE events SET body = substr(body, 1, {byte}) || '~' || substr(body, {byte + 2}) {where}",)
        case "column":
            return (f"UPDATE events SET {COLUMNS[byte % len(COLUMNS)]} = '~' {where}",)
        case "delete":
            return (f"DELETE FROM events {where}",)
        case "move":
            return (f"UPDATE events SET sequence = {EVENTS + byte + 1} {where}",)
        case _:
            return cut_back(row - 1)


@settings(max_examples=50)
@given(st.sampled_from(["byte", "column", "delete", "move", "cut"]), st.integers(1, EVENTS), st.integers(0, 60))
def test_any_alteration_is_found(store: Store, kind: str, row: int, byte: int) -> None:
    assert not after(store, *alteration(kind, row, byte)).is_intact


def test_it_is_verified_beside_who_writes(own: Store) -> None:
    def work(thread: int) -> None:
        for number in range(15):
            with own.write() as connection:
                write_events(
                    connection, SEALER, [happened(1_000 * thread + number), happened(1_000 * thread + number, OTHER)]
                )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 4)]
    for each in threads:
        each.start()
    while any(each.is_alive() for each in threads):
        assert verdict(own).is_intact
    for each in threads:
        each.join()
    assert verdict(own).events == EVENTS + 45
    assert verdict(own, after=BEGINNING).is_intact


def test_a_place_that_cannot_be_told(store: Store) -> None:
    def names(connection: Connection) -> list[Any]:
        return [each.time for each in kept_events(connection, ACCOUNT, after=0, end=1)]

    with store.write() as connection:
        nested = connection.begin_nested()
        connection.exec_driver_sql(f"UPDATE events SET event_time = {10**17} WHERE {MINE} AND sequence = 1")
        assert names(connection) == [None]
        nested.rollback()
