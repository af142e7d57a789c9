"""`ostiary trail`, beside a server that runs on the same database."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from ostiary.audit import RecordedEvent
from ostiary.cli.trail import trail
from ostiary.cli.trail_output import event_line, json_line
from tests.conftest import RunningServer

Ask = Callable[..., Result]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ask(server: RunningServer) -> Ask:
    """Run a command on the trail of the server's account."""

    def run(*words: object, data: Path | None = None) -> Result:
        texts = list(map(str, words))
        behind = 1 if texts and not texts[0].startswith("-") else 0
        texts[behind:behind] = ["--data", str(data or server.data)]
        return CliRunner().invoke(trail, texts, catch_exceptions=False)

    return run


@pytest.fixture(scope="module", autouse=True)
def history(iam: Any) -> None:
    """Some calls of the administrator and of a user, in the trail by now."""
    iam.create_user(UserName="alice")
    iam.create_user(UserName="bob")
    iam.create_role(RoleName="porter", AssumeRolePolicyDocument=TRUST)
    with pytest.raises(ClientError):
        iam.get_user(UserName="nobody")
    with pytest.raises(ClientError):
        iam.delete_user(UserName="no\x1b[31mbody")
    iam.tag_user(UserName="bob", Tags=[{"Key": "x", "Value": "y"}])


TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)


def names(found: Result) -> list[str]:
    assert found.exit_code == 0, found.output
    return [json.loads(line)["eventName"] for line in found.stdout.splitlines()]


def test_people_read_a_table(ask: Ask, server: RunningServer) -> None:
    lines = ask("--changes", "--service", "iam", "--limit", 4).stdout.splitlines()
    assert lines[0].split() == ["TIME", "WHO", "NAME", "SERVICE", "ERROR", "ADDRESS"]
    assert [line.split()[1:4] for line in lines[1:]] == [
        [server.setup.admin.user_name, name, "iam"] for name in ("TagUser", "DeleteUser", "CreateRole", "CreateUser")
    ]
    assert lines[2].split()[4:] == ["ValidationError", "127.0.0.1"]
    assert lines[1].split()[4:] == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--changes", "--service", "iam"], ["TagUser", "DeleteUser", "CreateRole", "CreateUser", "CreateUser"]),
        (["--name", "CreateUser"], ["CreateUser", "CreateUser"]),
        (["--name", "CreateUser", "--resource", "bob"], ["CreateUser"]),
        (["--resource", "bob"], ["TagUser", "CreateUser"]),
        (["--errors"], ["DeleteUser", "GetUser"]),
        (["--errors", "--changes"], ["DeleteUser"]),
        (["--service", "iam", "--name", "CreateRole"], ["CreateRole"]),
        (["--service", "sts"], []),
        (["--user", "eve"], []),
        (["--key", "AKIAEVE"], []),
        (["--since", "2099-01-01"], []),
        (["--until", "2020-01-01T00:00:00Z"], []),
        (["--event-id", "none"], []),
        (["--changes", "--service", "iam", "--limit", "2"], ["TagUser", "DeleteUser"]),
    ],
)
def test_what_is_looked_for(ask: Ask, words: list[str], expected: list[str]) -> None:
    assert names(ask("--format", "json", *words)) == expected


def test_an_event_by_who_with_what_and_when(ask: Ask, server: RunningServer) -> None:
    admin = server.setup.admin
    created = json.loads(ask("--format", "json", "--name", "CreateRole").stdout)
    alike = ["--user", admin.user_name, "--key", admin.access_key_id, "--since", created["eventTime"]]
    assert "CreateRole" in names(ask("--format", "json", *alike, "--until", created["eventTime"]))
    assert names(ask("--format", "json", "--event-id", created["eventID"])) == ["CreateRole"]


def test_what_callers_sent_does_nothing_to_the_terminal() -> None:
    identity = {"type": "Unknown", "accessKeyId": "AKIA\x1b[31m"}
    body = {"userIdentity": identity, "errorCode": "\x9b2J", "sourceIPAddress": "\u202e", "requestParameters": "é\n"}
    event = RecordedEvent(
        "id",
        NOON,
        "iam.amazonaws.com",
        "Get\x07",
        user_name=None,
        access_key_id=None,
        read_only=True,
        body=json.dumps(body, ensure_ascii=False),
        resources=(),
    )
    assert event_line(event).isprintable()
    assert r"AKIA\x1b[31m" in event_line(event)
    assert json_line(event).isprintable()
    assert "é" in json_line(event)
    assert json.loads(json_line(event)) == body


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--account-id", "999999999999"], "there is no account 999999999999 here"),
        (["verify", "--account-id", "999999999999"], "there is no account 999999999999 here"),
        (["prune", "--before", "2999-01-01"], "--before is in the future"),
        (["resume"], "ends where it was left"),
        (["--since", "yesterday"], "it must be a time in UTC"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(ask: Ask, words: list[str], complaint: str) -> None:
    found = ask(*words)
    assert found.exit_code == 2
    assert complaint in found.stderr


def test_a_directory_without_an_account(ask: Ask, tmp_path: Path) -> None:
    found = ask("verify", data=tmp_path / "nowhere")
    assert found.exit_code == 2
    assert "holds no account" in found.stderr


def test_options_stand_behind_the_command(server: RunningServer) -> None:
    found = CliRunner().invoke(trail, ["--data", str(server.data), "verify"])
    assert found.exit_code == 2
    assert "put options behind the command" in found.stderr


@pytest.mark.usefixtures("interruptible")
def test_new_events_are_followed_until_ctrl_c(server: RunningServer, iam: Any) -> None:
    command = [Path(sys.executable).parent / "ostiary", "trail", "--data", server.data, "--follow", "--format", "json"]
    words = [*command, "--name", "CreateGroup", "--limit", "1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as following:
        assert following.stdout is not None
        iam.create_group(GroupName="first")
        assert json.loads(following.stdout.readline())["requestParameters"] == {"groupName": "first"}
        for name in ("second", "third"):
            iam.create_group(GroupName=name)
            assert json.loads(following.stdout.readline())["requestParameters"] == {"groupName": name}
        following.send_signal(signal.SIGINT)
        assert following.wait(20) == 0
