"""The trail of a server that runs: verified and exported beside it, and found out when it was tampered with."""

# ruff: noqa: S608 - the statements are the test's own

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from ostiary.cli.trail import trail
from tests.conftest import RunningServer


@pytest.fixture
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    return start_server()


def ask(server: RunningServer, command: str, *words: object) -> Result:
    return CliRunner().invoke(trail, [command, "--data", str(server.data), *map(str, words)], catch_exceptions=False)


def tamper(server: RunningServer, statement: str) -> None:
    with closing(sqlite3.connect(server.data / "ostiary.db", timeout=10)) as database, database:
        database.execute(statement)


def test_a_trail_from_its_calls_to_its_files(server: RunningServer, tmp_path: Path) -> None:
    iam, to = server.client("iam", server.admin), tmp_path / "exported"

    def call(name: str) -> None:
        for number in range(10):
            iam.create_user(UserName=f"{name}-{number}")
            iam.get_user(UserName=f"{name}-{number}")

    callers = [Thread(target=call, args=(name,)) for name in ("a", "b", "c")]
    for each in callers:
        each.start()
    while any(each.is_alive() for each in callers):
        assert ask(server, "verify").exit_code == 0
        assert ask(server, "export", "--to", to).exit_code == 0
    for each in callers:
        each.join()
    assert ask(server, "export", "--to", to).exit_code == 0
    found = ask(server, "verify", "--against", to)
    assert found.exit_code == 0
    assert f"Account {server.account_id}: the trail is what was recorded." in found.stdout
    assert f"Account {server.account_id}: what was exported to {to} is in the database." in found.stdout
    assert ask(server, "public-key").stdout.startswith("-----BEGIN PUBLIC KEY-----")
    tamper(server, "DELETE FROM events WHERE sequence = 17")
    found = ask(server, "verify", "--against", to)
    assert found.exit_code == 1
    assert "  event 17 is missing\n" in found.stdout
    assert "IS NOT ALL AS IT WAS EXPORTED" in found.stdout


def test_a_trail_that_was_cut_short_stops_the_server_until_it_is_resumed(server: RunningServer) -> None:
    iam = server.client("iam", server.admin)
    iam.create_user(UserName="alice")
    iam.create_access_key(UserName="alice")
    tamper(server, "DELETE FROM events WHERE event_name = 'CreateAccessKey'")
    last = "(SELECT chain_hash FROM events ORDER BY sequence DESC LIMIT 1)"
    tamper(server, f"UPDATE trails SET sequence = sequence - 1, last_hash = {last}")
    found = ask(server, "verify")
    assert found.exit_code == 1
    assert "where the trail begins or ends was changed" in found.stdout
    with pytest.raises(ClientError) as refused:
        iam.create_user(UserName="bob")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert ask(server, "resume").stdout == f"The trail of account {server.account_id} goes on.\n"
    iam.create_user(UserName="bob")
    found = ask(server, "verify")
    assert found.exit_code == 1
    assert "is missing" in found.stdout


def test_events_are_kept_as_long_as_the_account_says(server: RunningServer, tmp_path: Path) -> None:
    ostiary, cloudtrail = (server.client(service, server.admin) for service in ("ostiary", "cloudtrail"))
    assert "TrailRetentionDays" not in ostiary.get_account_settings()
    ostiary.update_account_settings(TrailRetentionDays=400)
    assert ostiary.get_account_settings()["TrailRetentionDays"] == 400
    with pytest.raises(ClientError, match="TrailRetentionDays must be 0 or at least 90"):
        ostiary.update_account_settings(TrailRetentionDays=89)
    ostiary.update_account_settings(TrailRetentionDays=0)
    assert "TrailRetentionDays" not in ostiary.get_account_settings()

    def names() -> list[Any]:
        return [event["EventName"] for event in cloudtrail.lookup_events()["Events"]]

    before = names()
    assert "UpdateAccountSettings" in before
    assert ask(server, "prune", "--before", "2026-01-01").stdout == "0 events pruned.\n"
    assert ask(server, "export", "--to", tmp_path, "--format", "jsonl").exit_code == 0
    (written,) = tmp_path.iterdir()
    assert {json.loads(line)["eventName"] for line in written.read_text().splitlines()} >= set(before)
