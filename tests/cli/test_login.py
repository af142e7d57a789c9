"""`ostiary login`, `credentials` and `logout`: what they keep, what they write, and whom they listen to."""

import http.client
import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import pytest
from click.testing import CliRunner

from ostiary.cli.credentials import credentials
from ostiary.cli.login import login
from ostiary.cli.logout import logout
from ostiary.cli.sign_in.aws_profile import remove_profile, require_free, write_profile
from ostiary.cli.sign_in.callback import Callback, listen_for_code
from ostiary.cli.sign_in.errors import SignInError
from ostiary.cli.sign_in.tokens import parse_server

SETTINGS = {"credential_process": "ostiary credentials --profile ostiary", "region": "us-east-1"}
OURS = "[profile ostiary]\ncredential_process = ostiary credentials --profile ostiary\nregion = us-east-1\n"
OTHERS = """\
# mine, by hand
[default]
region=eu-west-1
s3 =
    max_concurrent_requests = 20

[profile work]  ; the day job
role_arn = arn:aws:iam::111122223333:role/x
source_profile = default
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "aws" / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws" / "credentials"))
    monkeypatch.setenv("OSTIARY_HOME", str(tmp_path / "ostiary"))
    return path


def written(config: Path, content: str) -> None:
    config.parent.mkdir(exist_ok=True)
    config.write_bytes(content.encode())


class TestProfile:
    def test_a_file_that_is_not_there_is_made_for_its_owner_alone(self, config: Path) -> None:
        write_profile("ostiary", SETTINGS)
        assert config.read_text() == OURS
        assert stat.S_IMODE(config.stat().st_mode) == 0o600
        assert stat.S_IMODE(config.parent.stat().st_mode) == 0o700

    @pytest.mark.parametrize("others", [OTHERS, OTHERS.replace("\n", "\r\n"), OTHERS + "\n\n# the end\n"])
    def test_whatever_else_is_in_the_file_stays_byte_for_byte(self, config: Path, others: str) -> None:
        written(config, others)
        write_profile("ostiary", SETTINGS)
        assert config.read_bytes().startswith(others.encode())
        assert config.read_bytes().endswith(OURS.encode())
        remove_profile("ostiary")
        assert config.read_bytes() == others.encode()

    def test_bytes_that_are_no_text_stay_too(self, config: Path) -> None:
        written(config, "")
        config.write_bytes(b"# caf\xe9\n")
        write_profile("ostiary", SETTINGS)
        assert config.read_bytes() == b"# caf\xe9\n\n" + OURS.encode()

    def test_a_last_line_without_end_is_ended(self, config: Path) -> None:
        written(config, "[default]\nregion = eu-west-1")
        write_profile("ostiary", SETTINGS)
        assert config.read_text() == "[default]\nregion = eu-west-1\n\n" + OURS

    def test_the_profile_keeps_settings_that_are_its_owner_s(self, config: Path) -> None:
        written(
            config, "[ profile   ostiary ]\nregion = us-west-2\noutput = json\n# why\n\n[profile z]\noutput = text\n"
        )
        write_profile("ostiary", SETTINGS)
        assert config.read_text() == (
            "[ profile   ostiary ]\ncredential_process = ostiary credentials --profile ostiary\nregion = us-east-1\n"
            "output = json\n# why\n\n[profile z]\noutput = text\n"
        )
        remove_profile("ostiary")
        assert config.read_text() == "# why\n\n[profile z]\noutput = text\n"

    def test_the_default_profile_has_a_header_of_its_own(self, config: Path) -> None:
        write_profile("default", SETTINGS)
        assert config.read_text().startswith("[default]\n")

    def test_a_link_stays_a_link_and_the_mode_stays(self, config: Path, tmp_path: Path) -> None:
        real = tmp_path / "dotfiles"
        real.write_text(OTHERS)
        real.chmod(0o640)
        config.parent.mkdir()
        config.symlink_to(real)
        write_profile("ostiary", SETTINGS)
        assert config.is_symlink()
        assert real.read_text() == OTHERS + "\n" + OURS
        assert stat.S_IMODE(real.stat().st_mode) == 0o640

    def test_what_is_no_file_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
        with pytest.raises(SignInError, match="it is no file"):
            write_profile("ostiary", SETTINGS)
        assert not Path(os.devnull).is_file()

    @pytest.mark.parametrize(
        "setting",
        ["role_arn = arn:aws:iam::111122223333:role/x", "aws_access_key_id = AKIA", "credential_process = vault read"],
    )
    def test_a_profile_with_other_credentials_is_not_taken(self, config: Path, setting: str) -> None:
        written(config, f"[profile ostiary]\n{setting}\n")
        with pytest.raises(SignInError, match="gets its credentials in another way: name another with --profile"):
            require_free("ostiary")
        require_free("other")

    def test_nor_one_that_the_credentials_file_has(self, config: Path) -> None:
        written(config.with_name("credentials"), "[ostiary]\naws_access_key_id = AKIA\n")
        with pytest.raises(SignInError, match="in another way"):
            require_free("ostiary")

    @pytest.mark.usefixtures("config")
    def test_our_own_is_taken_again(self) -> None:
        write_profile("ostiary", {"credential_process": "'/opt/my tools/ostiary' credentials --profile ostiary"})
        require_free("ostiary")


class TestCallback:
    @pytest.fixture
    def callback(self) -> Iterator[Callback]:
        with listen_for_code("the-state") as callback:
            yield callback

    @staticmethod
    def come(callback: Callback, host: str | None = None, path: str = "/callback", **query: str) -> tuple[int, str]:
        parts = urlsplit(callback.redirect_uri)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", f"{path}?{urlencode(query)}", headers={"Host": host or parts.netloc})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, text

    def test_it_listens_on_this_machine_alone(self, callback: Callback) -> None:
        assert urlsplit(callback.redirect_uri).hostname == "127.0.0.1"

    def test_the_code_comes_with_the_state(self, callback: Callback) -> None:
        status, text = self.come(callback, code="one", state="the-state")
        assert (status, "You can close this window" in text) == (200, True)
        assert callback.wait(1) == "one"

    @pytest.mark.parametrize("state", ["", "other", "the-stat", "the-state-", "\N{SNOWMAN}"])
    def test_a_wrong_state_is_refused_and_the_right_one_still_awaited(self, callback: Callback, state: str) -> None:
        assert self.come(callback, code="forged", state=state)[0] == 400
        assert self.come(callback, code="one", state="the-state")[0] == 200
        assert callback.wait(1) == "one"

    def test_one_code_is_taken(self, callback: Callback) -> None:
        assert self.come(callback, code="one", state="the-state")[0] == 200
        assert self.come(callback, code="two", state="the-state")[0] == 409
        assert callback.wait(1) == "one"

    def test_a_refusal_is_one_line_that_the_terminal_cannot_be_harmed_by(self, callback: Callback) -> None:
        _, text = self.come(callback, error="access_denied", error_description="you said\n\x1b[2Jno", state="the-state")
        assert "the terminal says why" in text
        with pytest.raises(SignInError) as caught:
            callback.wait(1)
        with CliRunner().isolation() as (_, errors, _):
            caught.value.show()
            assert errors.getvalue() == b"ostiary: not signed in: you said??[2Jno\n"

    def test_nothing_of_a_request_is_in_a_page(self, callback: Callback) -> None:
        assert "<script>" not in self.come(callback, code="<script>", state="<script>")[1]
        assert "<script>" not in self.come(callback, error="<script>", state="the-state")[1]

    def test_a_name_that_leads_here_is_not_this_address(self, callback: Callback) -> None:
        assert self.come(callback, host="evil.example", code="one", state="the-state")[0] == 404
        assert self.come(callback, path="/other", code="one", state="the-state")[0] == 404

    def test_too_much_is_not_read(self, callback: Callback) -> None:
        assert self.come(callback, code="x" * 5_000, state="the-state")[0] == 414

    def test_a_silent_connection_keeps_nobody_waiting(self, callback: Callback) -> None:
        parts = urlsplit(callback.redirect_uri)
        silent = http.client.HTTPConnection(parts.netloc)
        silent.connect()
        assert self.come(callback, code="one", state="the-state")[0] == 200
        silent.close()

    def test_waiting_ends(self, callback: Callback) -> None:
        with pytest.raises(SignInError, match="nobody signed in: the time for it is over"):
            callback.wait(0.01)

    def test_the_port_is_free_again_afterwards(self) -> None:
        threads = threading.active_count()
        with listen_for_code("s") as callback:
            port = urlsplit(callback.redirect_uri).port
        assert threading.active_count() == threads
        with pytest.raises(ConnectionRefusedError):
            http.client.HTTPConnection("127.0.0.1", port).connect()


class TestOptions:
    @pytest.mark.parametrize("url", ["https://iam.example.com", "http://localhost:4747", "http://127.0.0.1:1/base"])
    def test_servers(self, url: str) -> None:
        assert parse_server(url + "/") == url

    @pytest.mark.parametrize(
        "url", ["iam.example.com", "ftp://x", "https://x?y", "https://u:p@x", "https://x\nregion = y", "https://x y"]
    )
    def test_what_is_no_address_of_a_server(self, url: str) -> None:
        with pytest.raises(ValueError, match="it must be a URL"):
            parse_server(url)

    @pytest.mark.parametrize(
        "url", ["http://iam.example.com", "http://192.0.2.1:4747", "http://localhost.evil.example"]
    )
    def test_secrets_do_not_cross_a_network_in_the_clear(self, url: str) -> None:
        with pytest.raises(ValueError, match="must be an https:// one"):
            parse_server(url)

    @pytest.mark.parametrize("name", ["", "../x", "a b", "x;rm", "-x", ".x", "a\nb", "x" * 65])
    @pytest.mark.parametrize("command", [login, credentials, logout])
    def test_profile_names_that_are_not_plain(self, config: Path, command: click.Command, name: str) -> None:
        result = CliRunner().invoke(command, ["--profile", name])
        assert result.exit_code == 2
        assert "Invalid value for '--profile'" in result.stderr
        assert not config.parent.exists()


@pytest.mark.usefixtures("config")
def test_credentials_of_nobody() -> None:
    result = CliRunner().invoke(credentials, ["--profile", "dev"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "ostiary: sign in again with `ostiary login --profile dev`\n"


@pytest.mark.usefixtures("config")
def test_nobody_is_signed_out() -> None:
    result = CliRunner().invoke(logout, ["--profile", "dev"])
    assert (result.exit_code, result.stderr) == (1, "ostiary: nobody is signed in with the profile dev\n")


KEPT = {
    "server": "http://localhost:4747",
    "accessKeyId": "ASIA",
    "secretAccessKey": "s",
    "sessionToken": "t",
    "refreshToken": "r",
    "expiration": "2100-01-01T00:00:00+00:00",
}


@pytest.mark.usefixtures("config")
@pytest.mark.parametrize(
    "wrong",
    [
        {"server": "http://evil.example"},
        {"server": None},
        {"refreshToken": 1},
        {"expiration": "2100-01-01T00:00:00"},
        {"expiration": "soon"},
    ],
)
def test_a_kept_sign_in_that_is_none(tmp_path: Path, wrong: dict[str, object]) -> None:
    kept = tmp_path / "ostiary" / "login" / "dev.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps(KEPT))
    assert CliRunner().invoke(credentials, ["--profile", "dev"]).exit_code == 0
    kept.write_text(json.dumps({**KEPT, **wrong}))
    result = CliRunner().invoke(credentials, ["--profile", "dev"])
    assert (result.exit_code, result.stderr) == (1, f"ostiary: {kept} is not what `ostiary login` writes: remove it\n")
