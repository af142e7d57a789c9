"""Lines of the log: each is one of ours whatever it speaks of, and none holds a secret."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from botocore.exceptions import ClientError

from ostiary.credentials import MasterKey
from ostiary.server.pipeline import Pipeline
from ostiary.server.telemetry.answered import Answered
from ostiary.server.telemetry.logs import JsonLines, TextLines
from ostiary.server.vault import open_vault
from ostiary.store import Store, open_store
from ostiary.values.call import HttpRequest
from ostiary.values.clock import Clock
from ostiary.values.settings import Settings, parse_settings
from tests.conftest import Credentials
from tests.e2e.at_the_page import AtThePage, Refused
from tests.e2e.raw_http import FORM, send, signed_headers
from tests.server.telemetry.running import TOKEN, Process, running

FORGED = "2026-01-01T00:00:00.000Z INFO ostiary.access request_id=forged"
HOSTILE = [f"x\n{FORGED}", f"x\r\n{FORGED}", f"x\x0b{FORGED}", f"x\x85{FORGED}", f"x\u2028{FORGED}", "\x1b[2J", "\x7f"]
OURS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?:INFO|WARNING|ERROR) [a-z.]+ ")


def record(message: object, error: Exception | None = None) -> logging.LogRecord:
    exc_info = None
    if error is not None:
        try:
            raise error
        except type(error):
            exc_info = sys.exc_info()
    return logging.LogRecord("ostiary.test", logging.ERROR, __file__, 1, message, None, exc_info)


def answered(text: str) -> Answered:
    return Answered(
        request_id="1", service=text, operation=text, is_served=False, status=400, source_address=text, seconds=0.0123
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_forges_a_line_of_text(text: str) -> None:
    for said in (record(text), record(answered(text)), record("failed", ValueError(text))):
        first, *others = TextLines().format(said).splitlines()
        assert OURS.match(first)
        assert all(line.startswith("  ") for line in others)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", first + "".join(others))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_forges_a_line_of_json(text: str) -> None:
    for said, name in ((record(text), "message"), (record(answered(text)), "operation")):
        line = JsonLines().format(said)
        assert line.isascii()
        assert line.isprintable()
        assert json.loads(line)[name] == text
    assert text in json.loads(JsonLines().format(record("failed", ValueError(text))))["traceback"]


def test_a_request_is_a_line_of_named_values() -> None:
    said = record(answered("sts"))
    said.created = 1767323045.25
    assert TextLines().format(said) == (
        "2026-01-02T03:04:05.250Z ERROR ostiary.test request_id=1 service=sts operation=sts account=- principal=- "
        "status=400 error_code=- milliseconds=12.3 source_address=sts"
    )
    assert json.loads(JsonLines().format(said)) == {
        "time": "2026-01-02T03:04:05.250Z",
        "level": "ERROR",
        "logger": "ostiary.test",
        "request_id": "1",
        "service": "sts",
        "operation": "sts",
        "account": None,
        "principal": None,
        "status": 400,
        "error_code": None,
        "milliseconds": 12.3,
        "source_address": "sts",
    }


def test_what_nobody_foresaw_is_logged_once_with_the_requests_id(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_clock() -> datetime:
        raise RuntimeError(f"no time\n{FORGED}")

    key = MasterKey.generate()
    with closing(open_store(f"sqlite:///{tmp_path}/x.db")) as store:
        pipeline = store_pipeline(store, key, broken_clock)
        answer = pipeline.answer(
            HttpRequest("POST", "/", "", (("content-type", FORM),), b"Action=ListUsers&Version=2010-05-08", "127.0.0.1")
        )
        pipeline.close()
    assert answer.status == 500
    assert b"no time" not in answer.body
    (said,) = caplog.records
    lines = TextLines().format(said).splitlines()
    request_id = lines[0].split()[4]
    assert request_id.encode() in answer.body
    assert lines[1] == "  Traceback (most recent call last):"
    assert lines[-2:] == ["  RuntimeError: no time", f"  {FORGED}"]


def store_pipeline(store: Store, key: MasterKey, clock: Clock) -> Pipeline:
    store.create_schema()
    return Pipeline(store, open_vault(key), clock)


def test_workers_are_told_how_to_log() -> None:
    settings = Settings(metrics_token_file=Path("token"), log_format="json", access_log=True)
    assert parse_settings(settings.to_json()) == settings


@pytest.fixture(scope="module", params=["text", "json"])
def logged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, str]]:
    folder = tmp_path_factory.mktemp(request.param)
    with running(folder, "--access-log", "--log-format", request.param) as process:
        yield process, request.param


def test_no_secret_is_logged_and_no_line_forged(logged: tuple[Process, str]) -> None:
    process, form = logged
    secrets = _use_everything(process)
    process.process.terminate()
    process.process.wait(20)
    log = process.log.read_text()
    assert [secret for secret in secrets if secret in log] == []
    assert "forged" in log
    operations = []
    for line in log.splitlines():
        if form == "json":
            said: dict[str, Any] = json.loads(line)
            assert said["logger"] != "ostiary.access" or said["request_id"] != "forged"
            operations.append(said.get("operation"))
        else:
            assert line.startswith("  ") or OURS.match(line), line
            assert not line.startswith(FORGED)
            found = re.search(r" operation=(\S+)", line)
            operations.append(found[1] if found else None)
    assert {"CreateAccessKey", "AssumeRole", "sign-in", "sign-in/code", "credentials", "GetUser"} <= {*operations}
    assert not {"health", "ready"} & {*operations}


def _use_everything(process: Process) -> list[str]:
    """Make calls with all kinds of secrets, well and badly, and return what must be nowhere."""
    server = process.server
    iam, sts = server.client("iam", server.admin), server.client("sts", server.admin)
    new = iam.create_access_key(UserName="admin")["AccessKey"]
    trust = {"Effect": "Allow", "Principal": {"AWS": server.account_id}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": trust})
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    session = sts.assume_role(RoleArn=role, RoleSessionName="forged=1,status@x")["Credentials"]
    with pytest.raises(ClientError):
        server.client("iam", Credentials.of(session)).list_users()
    presigned = sts.generate_presigned_url("get_caller_identity", HttpMethod="GET")
    query = urlsplit(presigned).query
    assert process.get(f"/?{query}")[0] == 200
    wrong = Credentials(server.admin.access_key_id, "a-secret-key-typed-wrongly")
    with pytest.raises(ClientError):
        server.client("iam", wrong).get_user()
    password, chosen = "Typed-Wrongly-1", "Chosen-Instead-1"
    page = AtThePage(server)
    with pytest.raises(Refused):
        page.sign_in("admin", password)
    page.sign_in("admin", server.setup.admin.password)
    page.ask("sign-in/password", newPassword=chosen)
    page.ask("credentials")
    with pytest.raises(Refused):
        page.ask("sign-in/code", code="987654")
    for text in HOSTILE:
        body = urlencode({"Action": text, "Version": "2010-05-08", "Password": "in-the-body"}).encode()
        headers = signed_headers(server, server.admin, body)
        assert send(server, body, headers=[*headers, ("User-Agent", "in-a-header")]).status == 400
    with pytest.raises(ClientError):
        server.client("s3", server.admin).list_buckets()
    assert process.get("/metrics", token="the-wrong-metrics-token")[0] == 401
    assert process.get("/metrics", token=TOKEN)[0] == 200
    return [
        server.admin.secret_access_key,
        server.setup.admin.password,
        server.setup.root_password or server.setup.admin.password,
        new["SecretAccessKey"],
        session["SecretAccessKey"],
        session["SessionToken"],
        wrong.secret_access_key,
        password,
        chosen,
        "987654",
        *(value for value in page.cookies.values() if value),
        query.rpartition("X-Amz-Signature=")[2],
        "in-the-body",
        "in-a-header",
        "the-wrong-metrics-token",
        TOKEN,
        "AWS4-HMAC-SHA256",
    ]
