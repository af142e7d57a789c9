"""What is exported is for its owner alone, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ostiary.server.trail_files import locked_directory, write_file


@pytest.fixture(autouse=True)
def no_umask() -> Iterator[None]:
    former = os.umask(0)
    yield
    os.umask(former)


def modes(path: Path, top: Path) -> list[int]:
    return [stat.S_IMODE(each.stat().st_mode) for each in (path, *path.parents) if each.is_relative_to(top)]


def test_directories_in_between_are_private_too(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "c" / "file"
    write_file(file, b"x")
    write_file(file, b"y")
    assert file.read_bytes() == b"y"
    assert modes(file, tmp_path / "a") == [0o600, 0o700, 0o700, 0o700]
    with locked_directory(tmp_path / "d" / "e"):
        assert modes(tmp_path / "d" / "e", tmp_path / "d") == [0o700, 0o700]
