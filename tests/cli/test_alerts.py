"""`ostiary alerts`, beside a server that runs on the same database."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ostiary.audit.event_ids import new_event_id
from ostiary.cli.alerts import alerts
from ostiary.directory import alert_deliveries as deliveries
from ostiary.directory.alerts import Alert, add_alert, dispatch_alert
from ostiary.server.errors import SetupError
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.server.alerting.receivers import SECRET_TEXT, Receiver, receiving


def ask(*words: object) -> Result:
    return CliRunner().invoke(alerts, [*map(str, words)], catch_exceptions=False)


def kept(server: RunningServer, title: str, channel: str | None = None, error: str | None = None) -> Alert:
    """Keep an alert that a channel did not get."""
    now = system_clock()
    account = server.setup.account_id
    alert = Alert(account, new_event_id(now), "trail-broken", "CRITICAL", title, None, None, {}, now)
    with server.changing() as directory:
        add_alert(directory, alert)
        dispatch_alert(directory, alert, [channel] if channel else [], now=now)
        if channel and error:
            due = deliveries.find_due(directory, channel, ["CRITICAL"], now=now)
            assert due
            attempt = deliveries.take_delivery(directory, due, until=now + timedelta(minutes=1))
            deliveries.note_failure(directory, attempt, error, next_attempt_at=None)
    return alert


def listed(server: RunningServer, *words: object) -> list[dict[str, Any]]:
    answer = json.loads(ask("--data", server.data, "--format", "json", *words).stdout)
    # The server that runs finds more to say of such an account.
    return [each for each in answer if each["kind"] == "trail-broken"]


def test_alerts_are_listed_and_sent_again(server: RunningServer) -> None:
    fine = kept(server, "Nobody need know")
    failed = kept(server, "Forged\n\x1b[2J", "pager", "no answer\r\n")
    latest, earlier = listed(server)[:2]
    assert (latest["alert_id"], earlier["alert_id"]) == (failed.alert_id, fine.alert_id)
    assert latest["deliveries"][0] | {"last_error": ""} == {
        "channel": "pager",
        "status": "failed",
        "attempts": 1,
        "last_error": "",
        "next_attempt_at": None,
        "delivered_at": None,
    }
    assert [each["alert_id"] for each in listed(server, "--failed")] == [failed.alert_id]
    assert len(ask("--data", server.data, "--failed", "--limit", "1").stdout.splitlines()) == 2

    lines = ask("--data", server.data, "--failed").stdout.splitlines()
    assert lines[0].endswith(rf"0/1  {failed.alert_id}  Forged\n\x1b[2J")
    assert lines[1] == r"    pager: failed after 1 attempt: no answer\r\n"

    assert ask("--data", server.data, "retry", failed.alert_id).stdout == "1 to be sent\n"
    assert listed(server, "--failed") == []
    assert listed(server)[0]["deliveries"][0]["status"] == "pending"
    assert ask("--data", server.data, "retry", "--failed").stdout == "0 to be sent\n"


@pytest.mark.parametrize("alert_id", ["nobodys", "fine"])
def test_what_every_channel_got_is_not_sent_again(server: RunningServer, alert_id: str) -> None:
    asked = kept(server, "Nobody need know").alert_id if alert_id == "fine" else alert_id
    with pytest.raises(SetupError, match=f"there is no alert {asked} that a channel did not get"):
        ask("--data", server.data, "retry", asked)


@pytest.mark.parametrize("words", [(), ("x", "--failed")])
def test_what_to_send_again_must_be_said(server: RunningServer, words: tuple[str, ...]) -> None:
    result = ask("--data", server.data, "retry", *words)
    assert result.exit_code == 2
    assert "give an alert's ID, or --failed" in result.stderr


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, receiver: Receiver) -> Callable[[], Path]:
    def write() -> Path:
        file = tmp_path / "alerts.toml"
        file.write_text(
            f'[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "{receiver.url}"\nsecret = "{SECRET_TEXT}"\n'
            '[[channel]]\nname = "log"\ntype = "log"\nkinds = ["trail-broken"]\n'
        )
        file.chmod(0o600)
        return file

    return write


def test_channels_are_tried_out(receiver: Receiver, settings: Callable[[], Path]) -> None:
    result = ask("test", "--alerts", settings())
    assert (result.exit_code, result.stdout) == (0, "hook: delivered\nlog: delivered\n")
    (post,) = receiver.posts
    assert post.event["data"]["title"] == "This is a test"
    receiver.status = 500
    result = ask("test", "--alerts", settings())
    assert (result.exit_code, result.stdout) == (1, "hook: the receiver answers 500\nlog: delivered\n")
    result = CliRunner().invoke(alerts, ["test", "--channel", "log"], env={"OSTIARY_ALERTS": str(settings())})
    assert (result.exit_code, result.stdout) == (0, "log: delivered\n")


def test_a_channel_that_there_is_not(settings: Callable[[], Path]) -> None:
    with pytest.raises(SetupError, match="there is no channel called pager"):
        ask("test", "--alerts", settings(), "--channel", "pager")
