"""The threads that deliver: one channel holds up no other, and they end when they are told to."""

import threading

import pytest

from ostiary.directory.alerts import add_alert
from ostiary.server.alerting import Channel, Courier, Plan
from ostiary.server.alerting.log_line import log_message
from ostiary.server.alerting.message import Message
from ostiary.server.state import State
from tests.server.alerting.telling import alert, message


def test_a_channel_that_hangs_holds_up_no_other(state: State) -> None:
    hanging, freed, arrived = threading.Event(), threading.Event(), threading.Semaphore(0)

    def hang(_: Message) -> None:
        hanging.set()
        freed.wait(20)

    def arrive(_: Message) -> None:
        assert hanging.wait(20)
        arrived.release()

    with state.writing() as directory:
        for title in ("one", "two"):
            add_alert(directory, alert(title))
    courier = Courier(state, Plan((Channel("hangs", hang), Channel("takes", arrive))))
    courier.start()
    assert arrived.acquire(timeout=20)
    assert arrived.acquire(timeout=20)
    freed.set()
    courier.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("alerts")]


def test_a_line_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    log_message(message("forged\nline \x7f"))
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert written.startswith('{"time": "2026-11-24T12:00:01Z", "level": "WARNING", "logger": "ostiary.alerts", ')
    assert "\x7f" not in written
