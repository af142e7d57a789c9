"""`ostiary simulate`: many questions about files, as a table."""

import json
from pathlib import Path

import pytest

from tests.cli.asking import PAGE, ask, write_policies


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policies")
    write_policies(folder)
    return folder


def test_a_table_of_many(folder: Path) -> None:
    words = ["--policy", "deployer.json", "--action", "s3:GetObj*", "--action", "s3:DeleteObject"]
    result = ask(folder, "simulate", *words, "--action", "iam:ListUsers", "--resource", PAGE)
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["✓", "s3:GetObject", PAGE, "allowed", "Allow", "statement", "1", "(Read)", "of", "deployer.json"] in rows
    assert [
        "✗",
        "s3:DeleteObject",
        PAGE,
        "denied",
        "no",
        "identity-based",
        "policy",
        "allows",
        "s3:DeleteObject",
    ] in rows
    assert ["✗", "iam:ListUsers", "*"] in [row[:3] for row in rows]
    assert rows[-1][-2:] == ["2", "denied."]


def test_a_table_as_json(folder: Path) -> None:
    words = ["--policy", "deployer.json", "--action", "s3:GetObject", "--resource", PAGE, "--resource", "*"]
    result = ask(folder, "simulate", *words, "--format", "json")
    by = [{"policy": "deployer.json", "statement": 0, "sid": "Read"}]
    one = {"action": "s3:GetObject", "decision": "allow", "layer": None, "level": None, "by": by}
    assert json.loads(result.stdout) == [{**one, "resource": PAGE}, {**one, "resource": "*"}]
    assert result.exit_code == 0


def test_a_mistyped_action_is_noted_once(folder: Path) -> None:
    words = ["--policy", "deployer.json", "--action", "s3:GetObjekt", "--resource", PAGE, "--resource", "*"]
    note = "s3:GetObjekt is not known as an action of Amazon S3; was s3:GetObject meant?"
    lines = ask(folder, "simulate", *words).stdout.splitlines()
    assert lines[-3:] == ["2 allowed, 0 denied.", "", f"Note: {note}"]
    rows = json.loads(ask(folder, "simulate", *words, "--format", "json").stdout)
    assert [row["notes"] for row in rows] == [[note], [note]]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--action", "nosuch:*"], "no action that is known fits `nosuch:*`"),
        (["--action", "*"], "more than 10000 questions: "),
        (["--action", "s3:*", "--action", "PutObject"], "`PutObject` is no action"),
    ],
)
def test_tables_that_cannot_be(folder: Path, words: list[str], complaint: str) -> None:
    result = ask(folder, "simulate", "--policy", "all.json", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"ostiary: {complaint}")
