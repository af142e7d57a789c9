"""`ostiary lint`, run as people run it."""

import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import OSTIARY, ostiary

GOOD = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
UNSURE = {**GOOD, "Statement": {**GOOD["Statement"], "Sid": ""}}  # type: ignore[dict-item] # the statement is a dict
BAD = """{
  "Version": "2012-10-17",
  "Statement": {
\t"Effect": "Allow",
\t"Action": ["s3:GetObjects", "s3:\\u0047etBucket"],
    "Resource": "*"
  }
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    (tmp_path / "unsure.json").write_text(json.dumps(UNSURE))
    (tmp_path / "bad.json").write_text(BAD)
    return tmp_path


def lint(folder: Path, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return ostiary("lint", *words, cwd=folder, **options)


def test_shows_the_line_and_underlines_what_is_meant(folder: Path) -> None:
    result = lint(folder, "bad.json")
    assert result.returncode == 1
    assert result.stdout == (
        "bad.json:5:17: error[INVALID_ACTION]: there is no action `s3:GetObjects`\n"
        '    5 |  "Action": ["s3:GetObjects", "s3:\\u0047etBucket"],\n'
        "      |                 ^^^^^^^^^^\n"
        "      help: did you mean `s3:GetObject`?\n"
        "\n"
        "bad.json:5:30: error[INVALID_ACTION]: there is no action `s3:GetBucket`\n"
        '    5 |  "Action": ["s3:GetObjects", "s3:\\u0047etBucket"],\n'
        "      |                              ^^^^^^^^^^^^^^^^^^^\n"
        "      help: did you mean `s3:GetBucketAcl`?\n"
        "\n"
        "2 errors in 1 policy in 1 file\n"
    )


@pytest.mark.parametrize(
    ("words", "status", "last"),
    [
        (["good.json"], 0, "nothing found in 1 policy in 1 file"),
        (["unsure.json"], 0, "1 suggestion in 1 policy in 1 file"),
        (["unsure.json", "--fail-on", "suggestion"], 1, "1 suggestion in 1 policy in 1 file"),
        (["unsure.json", "--fail-on", "suggestion", "--ignore", "EMPTY_SID_VALUE"], 0, "nothing found in 1 policy"),
        (["."], 1, "2 errors, 1 suggestion in 3 policies in 3 files"),
        (["good.json", "--kind", "trust", "--fail-on", "security-warning"], 1, "errors in 1 policy in 1 file"),
        (["nowhere.json", "good.json"], 2, "nothing found in 1 policy in 1 file"),
    ],
)
def test_the_exit_status_says_whether_something_counts(words: list[str], status: int, last: str, folder: Path) -> None:
    result = lint(folder, *words)
    assert result.returncode == status, result.stdout
    assert last in result.stdout.splitlines()[-1]


def test_says_what_cannot_be_read(folder: Path) -> None:
    (folder / "binary.json").write_bytes(b"\xff\xfe{}")
    result = lint(folder, "nowhere.json", "binary.json")
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "ostiary: cannot read nowhere.json: No such file or directory",
        "ostiary: cannot read binary.json: it is not UTF-8",
    ]


def test_refuses_to_ignore_what_is_no_check(folder: Path) -> None:
    result = lint(folder, "good.json", "--ignore", "INVALID_ACTIONS")
    assert result.returncode == 2
    assert "there is no check INVALID_ACTIONS" in result.stderr


def test_reads_standard_input_with_several_policies_in_it() -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole", "Resource": "*"}
    answer = {"Role": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]}}, "Policies": [GOOD]}
    report = json.loads(ostiary("lint", "--format", "json", "-", input=json.dumps(answer, indent=1)).stdout)
    (file,) = report["files"]
    assert file["file"] == "<stdin>"
    assert [(policy["path"], policy["kind"]) for policy in file["policies"]] == [
        (["Role", "AssumeRolePolicyDocument"], "role trust policy"),
        (["Policies", 0], "identity-based policy"),
    ]
    (finding,) = file["policies"][0]["findings"]
    assert finding["code"] == "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"
    assert finding["path"] == ["Statement", 0, "Resource"]
    assert finding["span"] == {"start": {"line": 12, "column": 6}, "end": {"line": 12, "column": 16}}
    assert report["counts"] == {"ERROR": 1, "SECURITY_WARNING": 0, "WARNING": 0, "SUGGESTION": 0}


def test_annotates_on_github(folder: Path) -> None:
    (folder / "a,b.json").write_text(BAD)
    lines = lint(folder, "--format", "github", "a,b.json").stdout.splitlines()
    assert lines[0] == (
        "::error file=a%2Cb.json,line=5,endLine=5,col=17,endColumn=26,title=INVALID_ACTION::"
        "there is no action `s3:GetObjects`%0Adid you mean `s3:GetObject`?"
    )


def test_writes_sarif(folder: Path) -> None:
    log = json.loads(lint(folder, "--format", "sarif", "bad.json", "unsure.json").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["defaultConfiguration"]["level"]) for rule in rules] == [
        ("EMPTY_SID_VALUE", "note"),
        ("INVALID_ACTION", "error"),
    ]
    assert all(rule["helpUri"].startswith("https://docs.aws.amazon.com/") for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {"uri": "bad.json"}
    assert first["region"] == {"startLine": 5, "startColumn": 17, "endLine": 5, "endColumn": 27}


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_a_terminal_unless_told_not_to(environment: dict[str, str], coloured: bool, folder: Path) -> None:  # noqa: FBT001 - a table's column
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [OSTIARY, "lint", "good.json"], stdout=theirs, cwd=folder, env={**kept, **environment}, check=True, timeout=60
    )
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert (b"\x1b[" in shown) is coloured


def test_hands_a_terminal_nothing_to_act_on(folder: Path) -> None:
    (folder / "sly.json").write_text('{"Version": "\x1b[31m", "Statement": [], "\\u001b[2J\\ud800": 1}')
    shown = lint(folder, "sly.json").stdout
    assert "\x1b" not in shown
    assert "▯[31m" in shown
