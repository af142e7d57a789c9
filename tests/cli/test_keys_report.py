"""`ostiary keys report`: all keys of an account, with what is due."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from ostiary.cli.keys_output import as_text
from ostiary.directory import accounts
from ostiary.directory.keys import AccessKey
from ostiary.governance import ReportedKey, enforce_key_limits
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccessKeyId, AccountId
from tests.cli.aged_keys import DAY, age, make_user, run, stamp
from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused


@pytest.fixture(scope="module")
def made(server: RunningServer, iam: Any) -> Iterator[dict[str, Credentials]]:
    """Keys of several ages, of an account that has limits; one of them was used."""
    made = {name: make_user(iam, name) for name in ("old", "warned", "idle")}
    server.client("sts", made["old"], region="eu-west-1").get_caller_identity()
    server.client("iam", made["old"]).get_user()
    # A refusal is answered when all that was recorded before it is written.
    assert refused(lambda: iam.get_user(UserName="nobody"))[0] == "NoSuchEntity"
    iam.update_access_key(UserName="idle", AccessKeyId=made["idle"].access_key_id, Status="Inactive")
    age(server, made["old"], 95)
    age(server, made["warned"], 80)
    with server.changing() as directory:
        account = AccountId(server.account_id)
        accounts.set_access_key_limits(directory, account, warning_days=70, maximum_days=365)
        assert enforce_key_limits(directory, account, now=system_clock(), most=9) == 2
    yield made
    with server.changing() as directory:
        accounts.set_access_key_limits(directory, account, warning_days=None, maximum_days=None)


def test_programs_get_every_fact(server: RunningServer, made: dict[str, Credentials]) -> None:
    listed = json.loads(run("report", "--data", server.data, "--format", "json").stdout)
    assert [key["user"] for key in listed] == ["old", "warned", "admin", "idle"]
    old, warned, admin, idle = listed
    created = datetime.fromisoformat(old["created"])
    assert old == {
        "user": "old",
        "access_key_id": made["old"].access_key_id,
        "status": "Active",
        "created": stamp(created),
        "age_days": 95,
        "last_used": old["last_used"],
        "last_used_service": "iam",
        "last_used_region": "us-east-1",
        "warn_at": None,
        "rotate_at": stamp(created + 90 * DAY),
        "deactivate_at": stamp(created + 365 * DAY),
    }
    assert system_clock() - datetime.fromisoformat(old["last_used"]) < timedelta(minutes=5)
    assert (warned["age_days"], warned["warn_at"], warned["last_used"]) == (80, None, None)
    assert admin["warn_at"] == stamp(datetime.fromisoformat(admin["created"]) + 70 * DAY)
    assert [idle[name] for name in ("status", "warn_at", "rotate_at", "deactivate_at")] == ["Inactive", *[None] * 3]


def test_each_service_is_told_with_its_last_use(server: RunningServer, made: dict[str, Credentials]) -> None:
    old, warned, *_ = json.loads(run("report", "--data", server.data, "--format", "json", "--services").stdout)
    assert made["old"].access_key_id == old["access_key_id"]
    assert [(use["service"], use["region"], use["calls"]) for use in old["services"]] == [
        ("iam", "us-east-1", 1),
        ("sts", "eu-west-1", 1),
    ]
    assert warned["services"] == []


def test_who_cannot_sign_with_a_key_does_not_use_it(server: RunningServer, made: dict[str, Credentials]) -> None:
    guessed = Credentials(made["warned"].access_key_id, "no-secret-of-anybody")
    with pytest.raises(Exception, match="SignatureDoesNotMatch"):
        server.client("sts", guessed).get_caller_identity()
    _, warned, *_ = json.loads(run("report", "--data", server.data, "--format", "json", "--services").stdout)
    assert (warned["services"], warned["last_used"]) == ([], None)


def test_a_spreadsheet_has_a_row_for_each_key_or_use(server: RunningServer, made: dict[str, Credentials]) -> None:
    del made
    table = csv.DictReader(io.StringIO(run("report", "--data", server.data, "--format", "csv").stdout))
    assert [(row["user"], row["warn_at"] != "") for row in table] == [
        ("old", False),
        ("warned", False),
        ("admin", True),
        ("idle", False),
    ]
    with_uses = run("report", "--data", server.data, "--format", "csv", "--services").stdout
    rows = [(row["user"], row["service"], row["region"]) for row in csv.DictReader(io.StringIO(with_uses))]
    assert rows[:3] == [("old", "iam", "us-east-1"), ("old", "sts", "eu-west-1"), ("warned", "", "")]


def test_people_read_a_table(server: RunningServer, made: dict[str, Credentials]) -> None:
    lines = run("report", "--data", server.data, "--services").stdout.splitlines()
    assert lines[0].split() == ["USER", "ACCESS", "KEY", "STATUS", "CREATED", "AGE", "LAST", "USED", "DUE"]
    assert lines[1].startswith(f"old     {made['old'].access_key_id}  active ")
    assert re.search(r" 95 d .* iam us-east-1  rotate since \S+, deactivate \S+$", lines[1])
    assert re.fullmatch(r"    iam in us-east-1: \d{4}-\d\d-\d\d, 1 call", lines[2])
    assert lines[-1].split()[0] == "idle"


def test_what_callers_sent_does_nothing_to_the_terminal() -> None:
    now = system_clock()
    key = AccessKey(
        AccountId("1" * 12),
        AccessKeyId("AKIA"),
        None,
        active=True,
        created_at=now,
        last_used_at=now,
        last_used_service="iam",
        last_used_region="\x1b[2J",
    )
    reported = ReportedKey(key, None, 0, None, None, None)
    assert list(as_text([reported], now))[1].split()[:2] == ["<root_account>", "AKIA"]
    assert r"\x1b[2J" in list(as_text([reported], now))[1]
