"""`ostiary quota`, beside a server that runs on the same database."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from ostiary.cli.quota import quota
from ostiary.directory import accounts
from ostiary.directory.quotas import ADJUSTABLE, AWS_DEFAULTS
from ostiary.server.errors import SetupError
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from tests.conftest import RunningServer

OTHER = AccountId("444455556666")


def ask(data: Path, *words: object) -> str:
    return (
        CliRunner()
        .invoke(quota, ["--data", str(data), *map(str, words)], catch_exceptions=False, standalone_mode=False)
        .stdout
    )


def listed(data: Path, *words: object) -> dict[str, dict[str, Any]]:
    return {each.pop("name"): each for each in json.loads(ask(data, "--format", "json", *words))}


def test_every_quota_is_listed_with_what_aws_grants(server: RunningServer) -> None:
    quotas = listed(server.data)
    assert {name: each["aws_default"] for name, each in quotas.items()} == {
        known.value: default for known, default in AWS_DEFAULTS.items()
    }
    assert {name for name, each in quotas.items() if each["adjustable"]} == {each.value for each in ADJUSTABLE}
    assert quotas["Users"] == {"value": 5000, "aws_default": 5000, "adjustable": True, "used": 1}
    assert quotas["TagsPerUser"]["used"] is None


def test_people_read_a_table(server: RunningServer) -> None:
    lines = [line.split() for line in ask(server.data).splitlines()]
    assert lines[0] == ["quota", "value", "AWS", "used", "adjustable"]
    assert ["Groups", "300", "300", "1", "yes"] in lines
    assert ["TagsPerUser", "50", "50", "no"] in lines


def test_a_grant_is_in_force_from_the_next_call_on(server: RunningServer, iam: Any) -> None:
    limit = listed(server.data)["Groups"]["used"]
    assert ask(server.data, "set", "groups", limit) == ""
    with pytest.raises(ClientError, match=f"Cannot exceed quota for GroupsPerAccount: {limit}"):
        iam.create_group(GroupName="one-too-many")
    assert iam.get_account_summary()["SummaryMap"]["GroupsQuota"] == limit
    ask(server.data, "set", "Groups", 400)
    iam.create_group(GroupName="one-too-many")
    assert iam.get_account_summary()["SummaryMap"]["GroupsQuota"] == 400


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["set", "Elephants", 5], r"there is no quota called Elephants; `ostiary quota` lists them"),
        (["set", "TagsPerUser", 51], r"the quota TagsPerUser is fixed at 50, as on AWS"),
        (["set", "Users", 0], r"a quota is a whole number from 1 to 1000000, not 0"),
        (["set", "Users", 1_000_001], r"a quota is a whole number from 1 to 1000000, not 1000001"),
        (["--account-id", OTHER], r"there is no account 444455556666 here"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(server: RunningServer, words: Sequence[object], complaint: str) -> None:
    with pytest.raises(SetupError) as caught:
        ask(server.data, *words)
    assert str(caught.value) == complaint


def test_a_directory_without_an_account(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="holds no account; `ostiary init` sets one up"):
        ask(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_with_several_accounts_one_is_named(start_server: Callable[..., RunningServer]) -> None:
    server = start_server("111122223333")
    with server.changing() as directory:
        accounts.create_account(
            directory, OTHER, root_email="other@example.com", root_password_hash="-", now=system_clock()
        )
    with pytest.raises(SetupError, match="there are 2 accounts here: say with --account-id which one is meant"):
        ask(server.data)
    ask(server.data, "--account-id", OTHER, "set", "Users", 7)
    assert listed(server.data, "--account-id", OTHER)["Users"]["value"] == 7
    assert listed(server.data, "--account-id", "111122223333")["Users"]["value"] == 5000
