"""The console's files: what is found, how long it is kept, and what browsers are told to hold it to."""

import gzip
from pathlib import Path

import pytest

from ostiary.server.console.files import page_or_asset
from ostiary.server.console.page_security import SECURITY_HEADERS
from ostiary.values.call import HttpRequest
from ostiary.wire import EncodedResponse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "index-Ab_1.js").write_text("let a")
    (tmp_path / "assets" / "index-Ab_1.js.gz").write_bytes(gzip.compress(b"let a"))
    (tmp_path / "assets" / "notes.txt").write_text("nobody's business")
    (tmp_path / "secret.js").write_text("nobody's business")
    return tmp_path


def get(folder: Path, path: str, *headers: tuple[str, str]) -> EncodedResponse:
    return page_or_asset(folder, HttpRequest("GET", path, "", headers, b"", "127.0.0.1"))


@pytest.mark.parametrize("path", ["/console", "/console/", "/console/users/alice", "/console/policies/arn%3Aaws"])
def test_every_page_is_the_page(folder: Path, path: str) -> None:
    answer = get(folder, path)
    assert (answer.status, answer.body) == (200, b"<!doctype html>")
    assert ("cache-control", "no-cache") in answer.headers
    assert set(SECURITY_HEADERS) <= set(answer.headers)


def test_an_asset_is_kept_for_ever_and_comes_packed(folder: Path) -> None:
    plain, packed = (get(folder, "/console/assets/index-Ab_1.js", *accepts) for accepts in ((), _PACKED))
    assert plain.body == b"let a"
    assert gzip.decompress(packed.body) == b"let a"
    for answer in (plain, packed):
        assert ("cache-control", "public, max-age=31536000, immutable") in answer.headers
        assert ("content-type", "text/javascript; charset=utf-8") in answer.headers
        assert set(SECURITY_HEADERS) <= set(answer.headers)


_PACKED = (("accept-encoding", "gzip, br"),)


@pytest.mark.parametrize(
    "path", ["/console/assets/none.js", "/console/assets/notes.txt", "/console/assets/index-Ab_1.js.gz"]
)
def test_what_is_no_asset_is_not_there(folder: Path, path: str) -> None:
    assert get(folder, path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/console/assets/../secret.js",
        "/console/assets/%2e%2e/secret.js",
        "/console/assets//etc/passwd",
        "/console/secret.js",
    ],
)
def test_nothing_outside_is_found(folder: Path, path: str) -> None:
    assert b"nobody's business" not in get(folder, path).body


def test_without_a_build_the_page_says_so(tmp_path: Path) -> None:
    answer = get(tmp_path, "/console/")
    assert answer.status == 501
    assert b"make serve" in answer.body
