"""`ostiary login` and its kin, run as people run them, against a real server; somebody signs in at the page by HTTP."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from botocore.exceptions import ClientError

from ostiary.audit import find_events
from ostiary.directory import sign_in_sessions
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.e2e.at_the_page import DEVELOPER, PASSWORD, AtThePage, Refused, User, agree, make_user, signed_in
from tests.soft_authenticator import SoftAuthenticator

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Desk:
    """Where a person works: a home directory of their own, and the commands of this installation."""

    server: RunningServer
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }

    @property
    def config(self) -> Path:
        return self.home / ".aws" / "config"

    @property
    def kept(self) -> Path:
        return self.home / ".ostiary" / "login" / "ostiary.json"

    def run(self, command: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [BIN / command, *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def aws(self, *words: str) -> Any:
        done = self.run("aws", "--profile", "ostiary", *words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def logging_in(self, *words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
        """Run `ostiary login` until it waits, and say what the page it leads to is asked."""
        command = [BIN / "ostiary", "login", "--no-browser", *words]
        process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        with process:
            assert process.stdout
            address = next(line.strip() for line in process.stdout if "/console/login?" in line)
            try:
                yield process, {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
            finally:
                process.terminate()

    def log_in(self, page: AtThePage) -> None:
        with self.logging_in("--server", page.console) as (process, asked):
            redirect = agree(page, asked)
            assert go(redirect) == 200
            _, errors = process.communicate(timeout=30)
            assert (process.returncode, errors) == (0, "")

    def let_expire(self) -> None:
        """Make the kept credentials look as if their time were over."""
        kept = json.loads(self.kept.read_text())
        kept["expiration"] = (system_clock() - timedelta(seconds=1)).isoformat()
        self.kept.write_text(json.dumps(kept))

    def kept_credentials(self) -> Credentials:
        kept = json.loads(self.kept.read_text())
        return Credentials(kept["accessKeyId"], kept["secretAccessKey"], kept["sessionToken"])


def go(address: str) -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", f"{parts.path}?{parts.query}")
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.fixture
def desk(server: RunningServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


@pytest.fixture
def sessions(server: RunningServer) -> Callable[[User], list[SignInSession]]:
    def of(user: User) -> list[SignInSession]:
        with server.reading() as directory:
            found = sign_in_sessions.list_sessions(directory, server.account_id, user.user_id, now=system_clock())
        return [session for session in found if session.client == "command-line"]

    return of


def test_from_the_browser_to_a_call_that_takes_a_second_factor(server: RunningServer, desk: Desk, iam: Any) -> None:
    desk.config.parent.mkdir()
    desk.config.write_text("# by hand\n[default]\nregion = eu-west-1\n")
    user = make_user(iam)
    page = signed_in(server, user)
    desk.log_in(page)
    assert desk.config.read_text() == (
        "# by hand\n[default]\nregion = eu-west-1\n\n[profile ostiary]\n"
        "credential_process = ostiary credentials --profile ostiary\n"
        f"region = us-east-1\nendpoint_url = {page.console}\n"
    )
    assert (desk.kept.stat().st_mode & 0o777, desk.kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert desk.aws("sts", "get-caller-identity")["Arn"].endswith(f":user/{user.name}")
    assert desk.aws("iam", "list-users")["Users"]
    # Signing out of the console leaves the command line signed in.
    page.ask("sign-out")
    assert desk.aws("sts", "get-caller-identity")


def test_a_passkey_is_a_second_factor_too(server: RunningServer, desk: Desk, iam: Any) -> None:
    user = make_user(iam, mfa=False)
    page = AtThePage(server)
    passkeys = SoftAuthenticator(page.console)
    ostiary = server.client("ostiary", server.admin)
    begun = ostiary.begin_passkey_registration(UserName=user.name)
    ostiary.complete_passkey_registration(
        UserName=user.name, Name="key", State=begun["State"], Credential=passkeys.register(begun["Options"])
    )
    assert page.sign_in(user.name, PASSWORD) == {"step": "second-factor", "methods": ["passkey"]}
    options = page.ask("sign-in/passkey/options")["options"]
    assert page.ask("sign-in/passkey", credential=json.loads(passkeys.sign(json.dumps(options))))["step"] == "done"
    desk.log_in(page)
    assert desk.aws("sts", "get-caller-identity")["UserId"] == user.user_id
    assert desk.aws("iam", "list-users")["Users"]


def test_without_a_second_factor_that_call_is_refused(server: RunningServer, desk: Desk, iam: Any) -> None:
    user = make_user(iam, mfa=False)
    desk.log_in(signed_in(server, user))
    assert desk.aws("sts", "get-caller-identity")["UserId"] == user.user_id
    refused = desk.run("aws", "--profile", "ostiary", "iam", "list-users")
    assert "is not authorized to perform: iam:ListUsers" in refused.stderr


def test_credentials_are_renewed_and_each_refresh_token_is_spent_once(
    server: RunningServer, desk: Desk, iam: Any, sessions: Callable[..., Any]
) -> None:
    user = make_user(iam)
    desk.log_in(signed_in(server, user))
    first = json.loads(desk.run("ostiary", "credentials").stdout)
    assert first["AccessKeyId"] == json.loads(desk.kept.read_text())["accessKeyId"]
    before = json.loads(desk.kept.read_text())["refreshToken"]
    desk.let_expire()
    # Two at once: one renews, the other takes what it got.
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: desk.run("ostiary", "credentials"), range(2)))
    second, third = (json.loads(done.stdout) for done in both)
    assert second == third
    assert (second["Version"], second["AccessKeyId"] != first["AccessKeyId"]) == (1, True)
    assert json.loads(desk.kept.read_text())["refreshToken"] != before
    assert len(sessions(user)) == 1
    assert desk.aws("iam", "list-users")["Users"]


def test_a_server_that_is_away_leaves_what_is_good_yet(server: RunningServer, desk: Desk, iam: Any) -> None:
    desk.log_in(signed_in(server, make_user(iam)))
    kept = json.loads(desk.kept.read_text())
    kept["server"] = "http://localhost:1"
    kept["expiration"] = (system_clock() + timedelta(minutes=2)).isoformat()
    desk.kept.write_text(json.dumps(kept))
    assert json.loads(desk.run("ostiary", "credentials").stdout)["AccessKeyId"] == kept["accessKeyId"]
    desk.let_expire()
    done = desk.run("ostiary", "credentials")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("ostiary: cannot reach http://localhost:1: ")


def test_a_session_that_is_ended_elsewhere_is_over_at_once(
    server: RunningServer, desk: Desk, iam: Any, sessions: Callable[..., Any]
) -> None:
    user = make_user(iam)
    desk.log_in(signed_in(server, user))
    (session,) = sessions(user)
    listed = server.client("ostiary", desk.kept_credentials()).list_sign_in_sessions()["Sessions"]
    (shown,) = [each for each in listed if each["Client"] == "command-line"]
    assert (shown["Current"], shown["MfaAuthenticated"], shown["ExpiresAt"]) == (True, True, session.expires_at)
    assert shown["UserAgent"].startswith("ostiary/")
    assert timedelta(hours=11, minutes=59) < session.expires_at - system_clock() <= timedelta(hours=12)
    server.client("ostiary", server.admin).end_sign_in_session(SessionId=session.session_id, UserName=user.name)
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        server.client("sts", desk.kept_credentials()).get_caller_identity()
    desk.let_expire()
    done = desk.run("ostiary", "credentials")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "ostiary: sign in again with `ostiary login --profile ostiary`\n"
    # As the hint has it: the server is known from before.
    with desk.logging_in("--profile", "ostiary") as (process, asked):
        assert go(agree(signed_in(server, user), asked)) == 200
        assert process.wait(30) == 0
    assert desk.aws("sts", "get-caller-identity")


def test_a_renewal_that_policies_refuse_says_so(server: RunningServer, desk: Desk, iam: Any) -> None:
    user = make_user(iam)
    desk.log_in(signed_in(server, user))
    desk.let_expire()
    iam.detach_user_policy(UserName=user.name, PolicyArn=DEVELOPER)
    done = desk.run("ostiary", "credentials")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not authorized to perform: signin:CreateOAuth2Token" in done.stderr
    iam.attach_user_policy(UserName=user.name, PolicyArn=DEVELOPER)
    assert desk.run("ostiary", "credentials").returncode == 0


def test_a_refresh_token_in_two_hands_ends_the_session(
    server: RunningServer, desk: Desk, iam: Any, sessions: Callable[..., Any]
) -> None:
    user = make_user(iam)
    page = signed_in(server, user)
    desk.log_in(page)
    stolen = json.loads(desk.kept.read_text())["refreshToken"]
    (session,) = sessions(user)
    for _ in range(2):
        desk.let_expire()
        assert desk.run("ostiary", "credentials").returncode == 0
    # It was replaced twice since, and is known all the same.
    with pytest.raises(Refused, match=r"TOKEN_EXPIRED: The session is over\. Sign in again\."):
        page.ask("login/token", origin=None, grantType="refresh_token", refreshToken=stolen)
    assert sessions(user) == []
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        server.client("sts", desk.kept_credentials()).get_caller_identity()
    with server.reading() as directory:
        event = find_events(directory.connection, server.account_id)[1]
    assert (event["eventName"], event["errorCode"]) == ("CreateOAuth2Token", "TOKEN_EXPIRED")
    assert event["errorMessage"] == f"A refresh token was used again; {session.session_id} is ended for it."
    assert event["userIdentity"]["userName"] == user.name


def test_signing_out_leaves_nothing(server: RunningServer, desk: Desk, iam: Any, sessions: Callable[..., Any]) -> None:
    user = make_user(iam)
    desk.log_in(signed_in(server, user))
    credentials = desk.kept_credentials()
    done = desk.run("ostiary", "logout", "--profile", "ostiary")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Signed out.\n", "")
    assert (sessions(user), desk.kept.exists(), desk.config.read_text()) == ([], False, "")
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        server.client("sts", credentials).get_caller_identity()


def test_signing_in_again_ends_the_session_before(
    server: RunningServer, desk: Desk, iam: Any, sessions: Callable[..., Any]
) -> None:
    user = make_user(iam)
    page = signed_in(server, user)
    desk.log_in(page)
    (before,) = sessions(user)
    desk.log_in(page)
    (after,) = sessions(user)
    assert before.session_id != after.session_id
    assert desk.aws("sts", "get-caller-identity")


def test_a_refusal_at_the_page_is_said_in_a_line(desk: Desk) -> None:
    with desk.logging_in("--server", "http://localhost:1") as (process, asked):
        refusal = {"error": "access_denied", "error_description": "You did not agree.", "state": asked["state"]}
        assert go(f"{asked['redirect_uri']}?{urlencode({**refusal, 'state': 'other'})}") == 400
        assert go(f"{asked['redirect_uri']}?{urlencode(refusal)}") == 200
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (1, "ostiary: not signed in: You did not agree.\n")
    assert not desk.config.exists()
    assert not desk.kept.exists()


def test_a_made_up_code_gives_nothing(server: RunningServer, desk: Desk) -> None:
    with desk.logging_in("--server", AtThePage(server).console) as (process, asked):
        assert go(f"{asked['redirect_uri']}?{urlencode({'code': 'x', 'state': asked['state']})}") == 200
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "The code is not good" in errors
    assert not desk.kept.exists()


def test_the_browser_is_opened_unless_it_is_not_wanted(desk: Desk) -> None:
    browser = desk.home / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > "$HOME/opened"\n')
    browser.chmod(0o700)
    for words in ((), ("--no-browser",)):
        process = subprocess.Popen(
            [BIN / "ostiary", "login", *words],
            env={**desk.environment, "BROWSER": str(browser)},
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout
            address = next(line.strip() for line in process.stdout if "/console/login?" in line)
            redirect_uri = parse_qs(urlsplit(address).query)["redirect_uri"][0]
            state = parse_qs(urlsplit(address).query)["state"][0]
            assert go(f"{redirect_uri}?{urlencode({'error': 'access_denied', 'state': state})}") == 200
        opened = desk.home / "opened"
        assert opened.exists() is not bool(words)
        if not words:
            assert opened.read_text().strip() == address
            opened.unlink()


@pytest.mark.usefixtures("interruptible")
def test_interrupting_it_is_clean(desk: Desk) -> None:
    with desk.logging_in() as (process, _):
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (1, "\nAborted!\n")


def test_a_profile_of_somebody_s_own_is_left_alone(desk: Desk) -> None:
    desk.config.parent.mkdir()
    desk.config.write_text("[profile ostiary]\nrole_arn = arn:aws:iam::111122223333:role/x\n")
    done = desk.run("ostiary", "login", "--no-browser")
    assert (done.returncode, done.stdout) == (1, "")
    assert "gets its credentials in another way" in done.stderr
