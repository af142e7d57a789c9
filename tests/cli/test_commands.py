"""The `ostiary` command, run as people run it."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest

OSTIARY = Path(sys.executable).parent / "ostiary"


def ostiary(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [OSTIARY, *map(str, words)], capture_output=True, text=True, timeout=60, check=False, **options
    )


@contextmanager
def serving(*words: object, **options: Any) -> Iterator[tuple[str, str]]:
    """Run a server and give its endpoint and what it printed until it was ready."""
    process = subprocess.Popen(
        [OSTIARY, "serve", "--port", "0", *map(str, words)], stdout=subprocess.PIPE, text=True, **options
    )
    assert process.stdout
    printed = ""
    for line in process.stdout:
        printed += line
        if line.startswith("Ready"):
            break
    endpoint = re.search(r"^Endpoint +(\S+)$", printed, re.MULTILINE)
    assert endpoint, printed
    try:
        yield endpoint[1], printed
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()


def one_line(result: subprocess.CompletedProcess[str], expected: str) -> None:
    assert result.returncode == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert re.fullmatch(expected, lines[0]), lines[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    data = tmp_path_factory.mktemp("home") / "data"
    result = ostiary(
        *("init", "--data", data, "--account-id", "111122223333", "--account-alias", "example"),
        *("--root-email", "root@example.com", "--root-password-stdin", "--admin-user", "ada", "--format", "json"),
        input="correct horse battery staple\n",
    )
    assert result.returncode == 0, result.stderr
    return data, json.loads(result.stdout)


def test_init_prints_one_object(home: tuple[Path, dict[str, Any]]) -> None:
    _, facts = home
    assert set(facts) == {"account_id", "root_email", "sign_in_url", "admin"}
    assert (facts["account_id"], facts["root_email"]) == ("111122223333", "root@example.com")
    assert set(facts["admin"]) == {"user_name", "password", "access_key_id", "secret_access_key"}
    assert facts["admin"]["user_name"] == "ada"


def test_a_generated_root_password_is_shown(tmp_path: Path) -> None:
    facts = json.loads(ostiary("init", "--data", tmp_path / "d", "--format", "json").stdout)
    assert len(facts["root_password"]) >= 16
    assert re.fullmatch(r"[0-9]{12}", facts["account_id"])


def test_init_refuses_a_directory_that_holds_an_account(home: tuple[Path, dict[str, Any]]) -> None:
    data, _ = home
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.name != "serve.lock"}
    one_line(ostiary("init", "--data", data), r"ostiary: the data directory \S+ already holds an account")
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.name != "serve.lock"} == before


def test_only_the_owner_can_read_the_data(home: tuple[Path, dict[str, Any]]) -> None:
    data, facts = home
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "master.key").stat().st_mode) == 0o600
    stored = b"".join(path.read_bytes() for path in data.iterdir())
    for secret in (facts["admin"]["secret_access_key"], facts["admin"]["password"], "correct horse"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["init", "--account-id", "12"], "account ID must be 12 digits"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--workers", "0"], "--workers"),
        (["serve", "--public-url", "iam.example.com"], "it must be a URL such as https://iam.example.com"),
        (["serve", "--public-url", "https://iam.example.com?x"], "it must be a URL such as https://iam.example.com"),
        (["quota", "set", "Users", "many"], "'many' is not a valid integer"),
        (["dance"], "No such command 'dance'"),
    ],
)
def test_wrong_words_are_explained(words: Sequence[str], complaint: str, tmp_path: Path) -> None:
    result = ostiary(*words, cwd=tmp_path)
    assert result.returncode == 2
    assert complaint in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_serve_sets_up_an_account_once(tmp_path: Path) -> None:
    with serving("--data", tmp_path / "d") as (endpoint, printed):
        assert "This is shown once" in printed
        assert f"export AWS_ENDPOINT_URL={endpoint}" in printed
        people_reach = endpoint.replace("127.0.0.1", "localhost")
        assert f"Console   {people_reach}/console" in printed
        assert f"Sign in at      {people_reach}/console/sign-in?root" in printed
    with serving("--data", tmp_path / "d") as (_, printed):
        assert "AWS_SECRET_ACCESS_KEY" not in printed


def test_options_come_from_the_environment_too(home: tuple[Path, dict[str, Any]]) -> None:
    data, _ = home
    with serving(env={**os.environ, "OSTIARY_DATA": str(data)}) as (endpoint, _):
        assert endpoint.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--admin-user", "no good"], r"The specified value for userName is invalid\. It must contain only .*"),
        (["--account-alias", "Not-Lower"], r"1 validation error detected: Value at 'accountAlias' .*"),
        (["--root-email", "nobody"], r"not an e-mail address: nobody"),
    ],
)
def test_names_are_held_to_the_rules_of_the_api(tmp_path: Path, words: Sequence[str], complaint: str) -> None:
    one_line(ostiary("init", "--data", tmp_path / "d", *words), rf"ostiary: {complaint}")
    assert not (tmp_path / "d" / "ostiary.db").exists()


def test_credential_reports_are_made_as_often_as_wanted(home: tuple[Path, dict[str, Any]]) -> None:
    data, facts = home
    with serving("--data", data, "--credential-report-reuse", "0") as (endpoint, _):
        iam = boto3.session.Session().client(
            "iam",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=facts["admin"]["access_key_id"],
            aws_secret_access_key=facts["admin"]["secret_access_key"],
        )
        states = [iam.generate_credential_report()["State"] for _ in range(4)]
        report = iam.get_credential_report()["Content"]
        iam.close()
    assert states == ["STARTED", "COMPLETE"] * 2
    assert report.startswith(b"user,arn,")


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_answer_and_stop_on_ctrl_c(home: tuple[Path, dict[str, Any]], workers: int) -> None:
    data, facts = home
    admin = facts["admin"]
    process = subprocess.Popen(
        [OSTIARY, "serve", "--data", data, "--port", "0", "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    endpoint = next(line.split()[1] for line in process.stdout if line.startswith("Endpoint"))
    sts = boto3.session.Session().client(
        "sts",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=admin["access_key_id"],
        aws_secret_access_key=admin["secret_access_key"],
    )
    assert {sts.get_caller_identity()["Account"] for _ in range(8)} == {facts["account_id"]}
    sts.close()
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait(20) == 0, rest
    assert "Traceback" not in rest
    assert "Aborted" not in rest


@pytest.mark.parametrize("workers", [1, 2])
def test_issuers_begin_with_the_public_url(tmp_path: Path, workers: int) -> None:
    admin = json.loads(ostiary("init", "--data", tmp_path / "d", "--format", "json").stdout)["admin"]
    options = ("--data", tmp_path / "d", "--public-url", "https://iam.example.com/", "--workers", workers)
    with serving(*options) as (endpoint, _):
        iam = boto3.session.Session().client(
            "iam",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=admin["access_key_id"],
            aws_secret_access_key=admin["secret_access_key"],
        )
        issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
        assert re.fullmatch(r"https://iam\.example\.com/[0-9a-f-]{36}", issuer)
        assert iam.get_outbound_web_identity_federation_info()["IssuerIdentifier"] == issuer
        iam.close()


def test_a_second_server_on_the_directory(home: tuple[Path, dict[str, Any]]) -> None:
    data, _ = home
    with serving("--data", data):
        one_line(
            ostiary("serve", "--data", data, "--port", "0"),
            r"ostiary: another server already runs on the data directory \S+",
        )


def test_a_quota_is_granted_beside_a_server(home: tuple[Path, dict[str, Any]]) -> None:
    data, _ = home
    with serving("--data", data):
        assert ostiary("quota", "--data", data, "set", "Users", 6000).returncode == 0
        assert re.search(r"^Users +6000 +5000 +1  yes$", ostiary("quota", "--data", data).stdout, re.MULTILINE)
        one_line(
            ostiary("quota", "--data", data, "set", "TagsPerUser", 60),
            r"ostiary: the quota TagsPerUser is fixed at 50, as on AWS",
        )


def test_a_taken_port(home: tuple[Path, dict[str, Any]]) -> None:
    data, _ = home
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one_line(
            ostiary("serve", "--data", data, "--port", port),
            rf"ostiary: cannot listen on 127\.0\.0\.1 port {port}: Address already in use",
        )


def test_a_missing_master_key(home: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    data, _ = home
    key = (data / "master.key").rename(tmp_path / "elsewhere")
    try:
        one_line(
            ostiary("serve", "--data", data, "--port", "0"), r"ostiary: the master key is missing: put it back at .*"
        )
        environment = {**os.environ, "OSTIARY_MASTER_KEY": key.read_text().strip()}
        with serving("--data", data, env=environment):
            pass
        one_line(
            ostiary("serve", "--data", data, "--port", "0", env={**os.environ, "OSTIARY_MASTER_KEY": "nonsense"}),
            r"ostiary: not a master key: OSTIARY_MASTER_KEY",
        )
    finally:
        key.rename(data / "master.key")


@pytest.mark.parametrize("prepared", [True, False], ids=["with an account", "empty"])
def test_a_directory_that_cannot_be_written(tmp_path: Path, *, prepared: bool) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if prepared:
        assert ostiary("init", "--data", data).returncode == 0
    for path in (*data.iterdir(), data):
        path.chmod(0o500 if path.is_dir() else 0o400)
    # To the root user's processes permissions mean nothing, unless they give up the capability to pass over them.
    unprivileged = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    result = subprocess.run(
        [*unprivileged, OSTIARY, "serve", "--data", data, "--port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    one_line(result, r"ostiary: cannot write to the (data directory|database) .*: [Pp]ermission denied")


def test_version_and_operations() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", ostiary("version").stdout)
    listed = json.loads(ostiary("operations", "--format", "json").stdout)
    missing = json.loads(ostiary("operations", "--missing", "--format", "json").stdout)
    assert {"CreateUser", "AttachGroupPolicy"} <= set(listed["iam"])
    assert {"AssumeRole", "GetCallerIdentity"} <= set(listed["sts"])
    assert len(listed["iam"]) + len(missing["iam"]) == 180
    assert len(listed["sts"]) + len(missing["sts"]) == 11
    assert "of 180 operations served" in ostiary("operations").stdout


@pytest.mark.parametrize("words", [[], ["init"], ["serve"], ["quota"], ["operations"], ["version"]])
def test_help(words: Sequence[str]) -> None:
    result = ostiary(*words, "--help")
    assert result.returncode == 0
    assert "Usage: ostiary" in result.stdout
