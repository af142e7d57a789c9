"""What `ostiary import` refuses, in one line, leaving the account as it is."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ostiary.server.account_import import import_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.export_file import LARGEST_FILE
from ostiary.server.setup import SetupRequest, set_up_account
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from tests.cli.test_commands import one_line, ostiary

EXPORT = Path(__file__).parent.parent / "cases" / "exports" / "company.json"
ACCOUNT = AccountId("123456789012")


@pytest.fixture
def home(tmp_path: Path) -> DataDirectory:
    home = DataDirectory(tmp_path / "data")
    home.create()
    set_up_account(home, SetupRequest(account_id=ACCOUNT), system_clock)
    return home


def changed(tmp_path: Path, change: Callable[[Any], None]) -> Path:
    written = json.loads(EXPORT.read_text())
    change(written)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(written))
    return path


def test_it_is_said_in_one_line_why_not(tmp_path: Path) -> None:
    one_line(
        ostiary("import", EXPORT, "--data", tmp_path / "none"), "ostiary: the data directory .* holds no account; .*"
    )


def test_nothing_is_imported_when_something_is_in_the_way(tmp_path: Path, home: DataDirectory) -> None:
    import_account(home, None, EXPORT)
    before = (home.path / "ostiary.db").read_bytes()

    def add_and_differ(written: Any) -> None:
        new = json.loads(json.dumps(written["GroupDetailList"][3]).replace("Empty", "New"))
        written["GroupDetailList"].append({**new, "GroupId": "AGPANEWNEWNEWNEWNEWNE"})
        written["RoleDetailList"][0]["Tags"] = []

    with pytest.raises(
        SetupError, match="there is a role deploypipeline already, and it differs from the one in the file"
    ):
        import_account(home, None, changed(tmp_path, add_and_differ))
    assert (home.path / "ostiary.db").read_bytes() == before


def test_the_first_administrators_name_may_be_taken(tmp_path: Path, home: DataDirectory) -> None:
    def call_jane_admin(written: Any) -> None:
        written["UserDetailList"][0] |= {"UserName": "admin", "Arn": f"arn:aws:iam::{ACCOUNT}:user/admin"}

    with pytest.raises(SetupError, match="there is a user admin already"):
        import_account(home, None, changed(tmp_path, call_jane_admin))


def test_more_is_added_later(tmp_path: Path, home: DataDirectory) -> None:
    import_account(home, ACCOUNT, EXPORT)

    def add(written: Any) -> None:
        new = json.loads(json.dumps(written["GroupDetailList"][3]).replace("Empty", "New"))
        written["GroupDetailList"].append({**new, "GroupId": "AGPANEWNEWNEWNEWNEWNE"})

    added = import_account(home, ACCOUNT, changed(tmp_path, add)).imported.added
    assert added == {"users": 0, "groups": 1, "roles": 0, "policies": 0, "policies of AWS's": 0}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot read {}: No such file or directory"),
        (b"\xff", "cannot read {}: it is not UTF-8"),
        (b"{", "the file is no JSON"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, home: DataDirectory, content: bytes | None, message: str) -> None:
    file = tmp_path / "file.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SetupError, match=re.escape(message.format(file))):
        import_account(home, None, file)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, home: DataDirectory) -> None:
    file = tmp_path / "file.json"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)
    with pytest.raises(SetupError, match="is larger than"):
        import_account(home, None, file)


def test_an_account_that_is_not_here(home: DataDirectory) -> None:
    with pytest.raises(SetupError, match="there is no account 999999999999 here"):
        import_account(home, AccountId("999999999999"), EXPORT)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path, home: DataDirectory) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(b"\xef\xbb\xbf" + EXPORT.read_bytes())
    assert import_account(home, None, file).exported == ACCOUNT
