"""Damaged data files are refused, and files are read no further than they are asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ostiary
from ostiary.catalogue import DataError
from ostiary.catalogue.data_file import DataFile, fold, open_data

_COUNT_PARSES = """
import json, sys
import ostiary.catalogue as catalogue
from ostiary.catalogue.data_file import open_data

parses = 0

def watch(frame, event, argument):
    global parses
    if event == "call" and frame.f_code is json.JSONDecoder.decode.__code__:
        parses += 1

def count(call, *arguments):
    global parses
    parses = 0
    sys.setprofile(watch)
    call(*arguments)
    sys.setprofile(None)
    return parses

print(
    open_data.cache_info().currsize,
    count(catalogue.find_managed_policy, "arn:aws:iam::aws:policy/AdministratorAccess"),
    count(catalogue.find_managed_policy, "arn:aws:iam::aws:policy/NoSuchPolicy"),
    count(catalogue.find_action, "iam:CreateUser"),
    count(catalogue.list_actions, "iam"),
    count(catalogue.find_action, "nosuch:CreateUser"),
    count(catalogue.condition_key_type, "ec2:InstanceType"),
    count(catalogue.match_actions, "s3:Get*"),
)
"""


def test_what_is_not_asked_for_is_not_parsed() -> None:
    source = str(Path(ostiary.__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", _COUNT_PARSES],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["0", "1", "0", "1", "0", "0", "0", "1"]


def test_lines_are_found_by_their_first_column(tmp_path: Path) -> None:
    file = tmp_path / "colours.tsv"
    file.write_bytes(b"red\twarm\tr\nblue\tcold\t\n")
    lines = DataFile(str(file), columns=3)
    assert dict(lines) == {"red": ("warm", "r"), "blue": ("cold", "")}
    assert len(lines) == 2
    assert "green" not in lines


def test_a_file_without_lines_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "empty.tsv"
    file.touch()
    assert list(DataFile(str(file), columns=3)) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"red\twarm\nblue\tco", id="cut short"),
        pytest.param(b"red\twarm\nblue\n", id="a line without columns"),
        pytest.param(b"red\twarm\n\n", id="an empty line"),
        pytest.param("røde\twarm\n".encode(), id="a name that is not ASCII"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "damaged.tsv"
    file.write_bytes(content)
    with pytest.raises(DataError):
        DataFile(str(file), columns=2)


@pytest.mark.parametrize("line", [b"red\n", b"red\twarm\tr\n", "red\tvärm\n".encode()])
def test_a_damaged_line_is_refused_when_it_is_asked_for(tmp_path: Path, line: bytes) -> None:
    file = tmp_path / "damaged.tsv"
    file.write_bytes(b"blue\tcold\n" + line.replace(b"red\n", b"red\t1\t2\t3\n"))
    lines = DataFile(str(file), columns=2)
    assert lines["blue"] == ("cold",)
    with pytest.raises(DataError):
        lines["red"]


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(DataError):
        open_data("no-such-file.tsv", columns=2)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("iam:CreateUser", "iam:createuser"),
        ("", ""),
        ("iam:Create\u212aey", "iam:create\u212aey"),
        ("aws:RequestTag/Équipe", "aws:requesttag/Équipe"),
    ],
)
def test_only_ascii_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
