"""`ostiary check`, on an installation whose server runs and on files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ostiary.cli.check import check
from ostiary.governance.controls import CONTROLS
from tests.conftest import RunningServer

DETAILS = {
    "UserDetailList": [
        {
            "Arn": "arn:aws:iam::111122223333:user/ali\x1bce",
            "UserName": "ali\x1bce",
            "Path": "/",
            "CreateDate": "2026-01-01T00:00:00+00:00",
            "GroupList": [],
            "Tags": [{"Key": "owner", "Value": "me"}],
        }
    ]
}


def ask(*words: object, columns: int = 80) -> Result:
    return CliRunner().invoke(check, [*map(str, words)], catch_exceptions=False, env={"COLUMNS": str(columns)})


@pytest.fixture
def details(tmp_path: Path) -> Path:
    file = tmp_path / "details.json"
    file.write_text(json.dumps(DETAILS))
    return file


@pytest.mark.parametrize("columns", [60, 80, 120, 300])
def test_people_read_a_table_that_fits(server: RunningServer, columns: int) -> None:
    result = ask("--data", server.data, columns=columns)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0].split() == ["SEVERITY", "ID", "CONTROL", "FAILED", "PASSED"]
    assert max(map(len, lines)) <= max(min(columns, 120), 80)
    row = r"^CRITICAL IAM\.9  The root user should sign in( with MFA)? +1      0$"
    assert re.search(row, result.stdout, re.MULTILINE)
    assert (
        "root-account-mfa-enabled (IAM.9)\n  - the account: the root user has no MFA device\n  mend: " in result.stdout
    )
    assert lines[-2].startswith(f"Account {server.account_id}: ")
    assert lines[-1].startswith("Failed: 2 critical, ")


def test_what_passed_is_shown_when_asked_for(server: RunningServer) -> None:
    shown = ask("--data", server.data, "--verbose").stdout
    assert "  + the account: the root user has no access key\n" in shown
    assert "has no access key" not in ask("--data", server.data).stdout


def test_programs_read_json(server: RunningServer) -> None:
    result = ask("--data", server.data, "--format", "json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["account_id"] == server.account_id
    assert [each["key"] for each in report["controls"]] == [control.key for control in CONTROLS]
    (finding,) = (each for each in report["findings"] if each["control"] == "root-account-mfa-enabled")
    assert finding == {
        "control": "root-account-mfa-enabled",
        "resource_arn": f"arn:aws:iam::{server.account_id}:root",
        "resource_type": "AWS::::Account",
        "status": "FAILED",
        "reason": "the root user has no MFA device",
    }


def asked(server: RunningServer, *words: object) -> set[str]:
    return {
        each["key"] for each in json.loads(ask("--data", server.data, "--format", "json", *words).stdout)["controls"]
    }


def test_some_controls_can_be_asked(server: RunningServer) -> None:
    assert asked(server, "--control", "iam.9", "--control", "tagged-iam-user") == {
        "root-account-mfa-enabled",
        "tagged-iam-user",
    }
    assert asked(server, "--severity", "critical") == {
        "iam-root-access-key-check",
        "root-account-mfa-enabled",
        "root-account-hardware-mfa-enabled",
    }
    assert asked(server, "--severity", "critical", "--ignore", "IAM.9") == {
        "iam-root-access-key-check",
        "root-account-hardware-mfa-enabled",
    }


def test_the_exit_status_says_what_came_of_it(server: RunningServer, details: Path) -> None:
    passing = ask("--data", server.data, "--control", "IAM.4")
    assert (passing.exit_code, passing.stdout) == (0, f"Account {server.account_id}: no control failed, 1 passed.\n")
    assert ask("--data", server.data, "--control", "IAM.9").exit_code == 1
    assert ask("--file", details, "--control", "tagged-iam-user").exit_code == 0
    untold = ask("--file", details, "--control", "IAM.9")
    assert untold.exit_code == 2
    assert untold.stdout.endswith("no control failed, 0 passed, 1 not known.\n")
    assert "`aws iam get-account-summary` tells it" in " ".join(untold.stdout.split())


def test_names_in_files_do_not_reach_the_terminal_as_they_are(details: Path) -> None:
    result = ask("--file", details)
    assert result.exit_code == 1
    assert "user/ali▯ce: it is in no group" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "neither JSON nor a credential report"),
        (b'{"Users": []}', "the output of none of aws iam"),
        (b"\xff\xfe", "it is not UTF-8"),
        (None, "No such file or directory"),
    ],
    ids=["no JSON", "another command's", "no UTF-8", "no file"],
)
def test_what_cannot_be_checked_is_said_in_one_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    result = ask("--file", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"ostiary: .*\n", result.stderr)
    assert words in result.stderr


def test_there_must_be_an_account(tmp_path: Path) -> None:
    result = ask("--data", tmp_path / "nothing")
    assert result.exit_code == 2
    assert result.stderr.endswith("holds no account; `ostiary init` sets one up\n")


def test_a_control_must_be_known(server: RunningServer) -> None:
    result = ask("--data", server.data, "--control", "IAM.99")
    assert result.exit_code == 2
    assert "there is no control IAM.99" in result.stderr
