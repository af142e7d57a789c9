"""Where trails end is kept outside of the database, in a file that only the server can write."""

import asyncio
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ostiary.audit import Place, write_events
from ostiary.cli.trail import trail
from ostiary.credentials import MasterKey, Sealer
from ostiary.server.data_directory import DataDirectory
from ostiary.server.jobs.keep_heads import keep_heads
from ostiary.server.serve import make_worker_app
from ostiary.server.trail_heads import TrailHeads, TrailHeadsBroken
from ostiary.server.trail_state import opened_state
from ostiary.server.vault import open_vault
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from tests.audit.recorded import happened

ONE, TWO = AccountId("111122223333"), AccountId("444455556666")
SEALER = Sealer(MasterKey.generate())


def at(place: int) -> Place:
    return Place(place, bytes([place]) * 32)


def test_only_what_is_further_is_kept(tmp_path: Path) -> None:
    heads, file = TrailHeads(tmp_path, SEALER), tmp_path / "trail.heads"
    assert heads.read() == {}
    heads.keep({})
    assert not file.exists()
    heads.keep({ONE: at(3)})
    heads.keep({ONE: at(2), TWO: at(1)})
    assert TrailHeads(tmp_path, SEALER).read() == {ONE: at(3), TWO: at(1)}
    written = file.read_bytes()
    heads.keep({ONE: at(3), TWO: at(1)})
    assert file.read_bytes() == written
    heads.keep({TWO: at(9)})
    assert heads.read() == {ONE: at(3), TWO: at(9)}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["trail.heads"]


def test_nobody_else_can_write_it(tmp_path: Path) -> None:
    heads, file = TrailHeads(tmp_path, SEALER), tmp_path / "trail.heads"
    heads.keep({ONE: at(3)})
    written = file.read_bytes()
    with pytest.raises(TrailHeadsBroken, match="another master key"):
        TrailHeads(tmp_path, Sealer(MasterKey.generate())).read()
    for forged in (b"", b"{}", written[:-1], written[:-1] + bytes([written[-1] ^ 1])):
        file.write_bytes(forged)
        with pytest.raises(TrailHeadsBroken, match="not what the server wrote"):
            heads.keep({ONE: at(4)})
        assert file.read_bytes() == forged


def test_a_server_keeps_them_when_it_starts_and_when_it_stops(tmp_path: Path) -> None:
    home = DataDirectory(tmp_path / "data")
    home.create()
    store = home.open_store()
    store.create_schema()
    sealer = open_vault(home.master_key()).sealer

    def record(number: int) -> None:
        with store.write() as connection:
            write_events(connection, sealer, [happened(number)])

    def kept() -> int:
        return TrailHeads(home.path, sealer).read()[ONE].sequence

    sent: list[tuple[str, int]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append((message["type"], kept()))

    async def receive() -> dict[str, Any]:
        record(len(sent))
        return {}

    # In a thread of its own: where browsers are driven, this one has an event loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(make_worker_app(home)({"type": "lifespan"}, receive, send))).result()
    store.close()
    assert sent == [("lifespan.startup.complete", 1), ("lifespan.shutdown.complete", 2)]


def test_the_operator_is_told_wherever_the_database_is(tmp_path: Path) -> None:
    home = DataDirectory(tmp_path / "data", f"sqlite:///{tmp_path}/elsewhere.db")
    home.create()
    store = home.open_store()
    store.create_schema()
    with opened_state(home, system_clock) as state:
        with state.writing() as directory:
            write_events(directory.connection, directory.sealer, [happened(number) for number in range(3)])
        keep_heads(state, system_clock())

    def verify() -> tuple[int, str]:
        words = ["verify", "--data", str(home.path), "--database", str(home.database_url)]
        found = CliRunner().invoke(trail, words, catch_exceptions=False)
        return found.exit_code, found.output

    assert verify()[0] == 0
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM events")
        connection.exec_driver_sql("DELETE FROM trails")
    store.close()
    status, said = verify()
    assert status == 1
    assert said.splitlines() == [
        f"Account {ONE}: the trail IS NOT WHAT WAS RECORDED.",
        "  event 3 was recorded and is not there: the trail was cut off, set back or begun anew",
    ]
    (home.path / "trail.heads").write_bytes(b"forged")
    assert verify()[0] == 2
