"""Whether a server can be sent calls: what makes it say no, and that it says no more than that."""

import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory.directory import Directory
from ostiary.server.recorder import Recorder
from ostiary.server.telemetry import Readiness
from ostiary.store import Store, open_store
from ostiary.values.call import HttpRequest
from tests.conftest import RunningServer
from tests.server.telemetry.running import TOKEN, get, running
from tests.server.telemetry.test_metrics import value

SEALER = Sealer(MasterKey.generate())
ASKED = HttpRequest("GET", "/ready", "", (), b"", "127.0.0.1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/x.db")
    store.create_schema()
    yield store
    store.close()


def asked(readiness: Readiness) -> tuple[int, list[str]]:
    answer = readiness.answer(ASKED)
    return answer.status, json.loads(answer.body).get("because", [])


def test_a_server_is_ready(server: RunningServer) -> None:
    assert get(server, "/ready") == (200, '{"status": "ready"}')
    assert get(server, "/health")[0] == 200


def test_a_database_of_another_version_is_none(store: Store) -> None:
    readiness = Readiness(store, lambda _: True, good_for_seconds=0)
    assert asked(readiness) == (200, [])
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert asked(readiness) == (503, ["database"])
    with store.write() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert asked(readiness) == (503, ["database"])


def test_a_database_that_does_not_answer(tmp_path: Path, store: Store) -> None:
    store.close()
    (tmp_path / "x.db").write_bytes(b"no database at all" * 1_000)
    for companion in tmp_path.glob("x.db-*"):
        companion.unlink()
    answer = Readiness(store, lambda _: True, good_for_seconds=0).answer(ASKED)
    assert (answer.status, json.loads(answer.body)) == (503, {"status": "not ready", "because": ["database"]})


def test_events_must_be_written(store: Store) -> None:
    recorder = Recorder(store, lambda connection: Directory(connection, SEALER, SessionTokenCodec(SEALER)))
    with closing(recorder):
        readiness = Readiness(store, recorder.is_writing, good_for_seconds=0)
        assert asked(readiness) == (200, [])
        with store.write():
            # The recorder waits for its turn for as long as another writes.
            assert not recorder.is_writing(0.05)
        assert asked(readiness) == (200, [])


def test_a_broken_recorder_is_found_and_so_is_one_that_is_mended(store: Store) -> None:
    broken = [True]

    def directory_on(connection: object) -> Directory:
        if broken:
            raise RuntimeError("broken")
        return Directory(connection, SEALER, SessionTokenCodec(SEALER))  # type: ignore[arg-type] # a connection

    with closing(Recorder(store, directory_on)) as recorder:
        readiness = Readiness(store, recorder.is_writing, good_for_seconds=0)
        assert asked(readiness) == (503, ["recorder"])
        broken.clear()
        assert asked(readiness) == (200, [])


def test_a_look_is_good_for_a_second(store: Store) -> None:
    looks: list[float] = []

    def is_writing(seconds: float) -> bool:
        looks.append(seconds)
        return True

    readiness = Readiness(store, is_writing, good_for_seconds=3_600)
    assert [asked(readiness) for _ in range(3)] == 3 * [(200, [])]
    assert len(looks) == 1


def test_who_stops_is_not_ready(store: Store) -> None:
    readiness = Readiness(store, lambda _: False, good_for_seconds=0)
    readiness.stop()
    assert asked(readiness) == (503, ["stopping"])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_was_told_to_stop_says_so(tmp_path: Path, workers: int) -> None:
    with running(tmp_path, "--workers", str(workers)) as process:
        iam = process.server.client("iam", process.server.admin)
        for _ in range(6):
            iam.list_users()
        address = urlsplit(process.server.endpoint)
        with socket.create_connection((address.hostname, address.port), timeout=20) as asking:
            lines = asking.makefile("rb")
            asking.sendall(b"GET /ready HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
            assert lines.readline().startswith(b"HTTP/1.1 100 ")
            # Whichever worker answers, it tells of all.
            for _ in range(3):
                status, text = process.get("/metrics", token=TOKEN)
                assert status == 200
                assert value(text, "ostiary_calls_total", service="iam", operation="ListUsers", outcome="ok") == 6
            # A question that is half asked when the server is told to stop is answered yet.
            answering = {int(found) for found in re.findall(r'_open_fds\{pid="(\d+)"\}', text)} or {process.process.pid}
            assert len(answering) <= workers
            # The first process of several is told too, so that it does not start others in their place.
            for number in (process.process.pid, *answering - {process.process.pid}):
                os.kill(number, signal.SIGTERM)
            asking.sendall(b"x")
            answer = lines.read()
        assert b"HTTP/1.1 503 " in answer
        assert answer.endswith(b'{"status": "not ready", "because": ["stopping"]}')
    assert process.log.read_text() == ""
