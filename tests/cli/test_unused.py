"""`ostiary unused` and `ostiary generate-policy`, beside a server that runs on the same database."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Table, update

from ostiary.cli.generate_policy import generate_policy
from ostiary.cli.unused import unused
from ostiary.server.errors import SetupError
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer

READ_USERS = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": ["iam:ListUsers", "iam:GetUser", "s3:*"], "Resource": "*"},
    }
)
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
    }
)


def ask(command: Any, data: Path, *words: str) -> Result:
    return CliRunner().invoke(command, ["--data", str(data), *words], catch_exceptions=False, standalone_mode=False)


def listed(data: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask(unused, data, "--format", "json", *words).stdout)
    return found


def grow_old(server: RunningServer, days: int) -> None:
    """Make all that there is as if it had been made so many days ago."""
    made = system_clock() - timedelta(days=days)
    tables: tuple[Table, ...] = (schema.users, schema.roles, schema.access_keys)
    with server.changing() as directory:
        for table in tables:
            directory.connection.execute(update(table).values(created_at=made))
        directory.connection.execute(update(schema.login_profiles).values(created_at=made, changed_at=made))


@pytest.fixture(scope="module")
def data(server: RunningServer, iam: Any) -> Path:
    """The directory of an account with somebody who works, somebody who does not, and a role of each kind."""
    keys = {}
    for name in ("busy", "idle"):
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=READ_USERS)
        keys[name] = Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])
    iam.update_access_key(UserName="idle", AccessKeyId=keys["idle"].access_key_id, Status="Inactive")
    iam.create_role(RoleName="forgotten", AssumeRolePolicyDocument=TRUST)
    iam.create_service_linked_role(AWSServiceName="ecs.amazonaws.com")
    busy = server.client("iam", keys["busy"])
    busy.list_users()
    busy.list_users()
    with pytest.raises(busy.exceptions.ClientError):
        busy.list_roles()  # What came before is recorded when a refusal is answered.
    grow_old(server, 100)
    iam.create_user(UserName="new")
    iam.create_access_key(UserName="busy")
    return server.data


def of_kind(found: list[dict[str, Any]], kind: str) -> list[str]:
    return [each["principal"].rpartition("/")[2] for each in found if each["type"] == kind]


def test_what_is_old_and_was_never_used_is_listed(data: Path) -> None:
    found = listed(data)
    assert of_kind(found, "UnusedIAMUser") == ["idle"]
    assert of_kind(found, "UnusedIAMRole") == ["forgotten"]
    assert of_kind(found, "UnusedIAMUserPassword") == ["admin"]
    # A key that is inactive is none that could be used.
    assert of_kind(found, "UnusedIAMUserAccessKey") == []
    idle = next(each for each in found if each["principal"].endswith("user/idle"))
    assert idle["last_used"] is None
    assert idle["made"] == (system_clock() - timedelta(days=100)).strftime("%Y-%m-%d") + idle["made"][10:]


def test_in_a_longer_time_nothing_is(data: Path) -> None:
    assert listed(data, "--days", "200") == []


def test_permissions_are_listed_service_by_service(data: Path) -> None:
    (found,) = (each for each in listed(data, "--principal", "user/busy") if each["type"] == "UnusedPermission")
    by_name = {service["service"]: service for service in found["services"]}
    assert by_name.keys() == {"iam", "s3"}
    assert [action["action"] for action in by_name["iam"]["actions"]] == ["iam:GetUser"]
    assert by_name["iam"]["last_used"] is not None
    assert by_name["s3"] == {"service": "s3", "last_used": None, "actions": []}


def test_the_policy_that_would_be_enough_is_suggested(server: RunningServer, data: Path) -> None:
    (found,) = (each for each in listed(data, "--principal", "user/busy", "--suggest") if "enough" in each)
    (policy,) = found["enough"]
    (statement,) = policy["Statement"]
    assert statement["Action"] == ["iam:ListUsers"]
    told = ask(generate_policy, data, f"arn:aws:iam::{server.account_id}:user/busy")
    assert json.loads(told.stdout) == policy
    assert "not allowed, since it was refused: iam:ListRoles on " in told.stderr


def test_people_read_a_table(data: Path) -> None:
    lines = ask(unused, data).stdout.splitlines()
    assert lines[0].split("  ")[0] == "principal"
    made = (system_clock() - timedelta(days=100)).strftime("%Y-%m-%d")
    assert f"role/forgotten  the role                             never; made {made}  delete it" in lines
    told = ask(unused, data, "--principal", "user/busy", "--suggest").stdout
    assert "user/busy  1 services, 1 actions of others" in told
    assert "s3: never used\n" in told
    assert "  iam:GetUser: never used\n" in told
    assert '"iam:ListUsers"' in told


def test_what_was_used_is_read_as_a_list(data: Path) -> None:
    told = ask(generate_policy, data, "--format", "text", "user/busy").stdout.splitlines()
    assert [line.split()[0] for line in told] == ["used:", "iam:ListUsers", "refused:", "iam:ListRoles"]


def test_times_are_dates_or_moments(data: Path) -> None:
    tomorrow = (system_clock() + timedelta(days=1)).date().isoformat()
    yesterday = (system_clock() - timedelta(days=1)).date().isoformat()
    until_tomorrow = ask(generate_policy, data, "--since", yesterday, "--until", tomorrow, "user/busy")
    assert f"3 calls from {yesterday} 00:00:00 UTC to {tomorrow} 23:59:59 UTC" in until_tomorrow.stderr
    until_yesterday = ask(generate_policy, data, "--until", f"{yesterday}T00:00:00+01:00", "user/busy")
    assert json.loads(until_yesterday.stdout) == []
    assert "so that no policy is needed" in until_yesterday.stderr


@pytest.mark.parametrize("named", ["user/nobody", "busy", "arn:aws:iam::444455556666:user/busy", "role/busy"])
@pytest.mark.parametrize("command", [generate_policy, unused])
def test_who_is_not_there(data: Path, command: Any, named: str) -> None:
    words = [named] if command is generate_policy else ["--principal", named]
    with pytest.raises(SetupError, match=f"there is no user or role {named} here"):
        ask(command, data, *words)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--since", "yesterday"], "a date or time is written as 2026-11-24 or 2026-11-24T18:00:00Z"),
        (["--since", "2026-01-02", "--until", "2026-01-01"], "--since must not be later than --until"),
    ],
)
def test_no_such_times(data: Path, words: list[str], complaint: str) -> None:
    told = CliRunner().invoke(generate_policy, ["--data", str(data), *words, "user/busy"])
    assert (told.exit_code, complaint in told.stderr) == (2, True)
