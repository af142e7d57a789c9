"""Input that no client library sends: each piece gets an AWS error document with a 4xx, and nothing changes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.conftest import RunningServer
from tests.e2e.raw_http import FORM, send, signed_headers
from tests.e2e.refusals import refused


def form(action: str, **parameters: str) -> bytes:
    return urlencode({"Action": action, "Version": "2010-05-08", **parameters}).encode()


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


CONDITIONS = {f"aws:RequestTag/key{number}": "v" for number in range(1000)}
STATEMENT = {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}

BODIES = {
    "empty": (b"", FORM),
    "no action": (b"Version=2010-05-08", FORM),
    "unknown action": (form("MakeCoffee"), FORM),
    "unknown version": (b"Action=ListUsers&Version=1999-01-01", FORM),
    "action of another service": (form("AssumeRole"), FORM),
    "action twice": (b"Action=ListUsers&Action=DeleteUser&Version=2010-05-08", FORM),
    "ten megabytes": (form("CreateUser", UserName="x") + b"&Padding=" + b"A" * 10_000_000, FORM),
    "json": (json.dumps({"Action": "ListUsers"}).encode(), "application/json"),
    "xml": (b"<ListUsers/>", "text/xml"),
    "json called a form": (json.dumps({"Action": "ListUsers"}).encode(), FORM),
    "binary": (bytes(range(256)) * 4, FORM),
    "invalid utf-8": (b"Action=CreateUser&Version=2010-05-08&UserName=%ff%fe", FORM),
    "half an escape": (b"Action=CreateUser&Version=2010-05-08&UserName=%4", FORM),
    "nul": (form("CreateUser", UserName="a\0b"), FORM),
    "empty name": (form("CreateUser", UserName=""), FORM),
    "name too long": (form("CreateUser", UserName="x" * 65), FORM),
    "name missing": (form("CreateUser"), FORM),
    "bad path": (form("CreateUser", UserName="x", Path="no/slashes"), FORM),
    "list index": (b"Action=CreateUser&Version=2010-05-08&UserName=x&Tags.member.one.Key=a", FORM),
    "deep name": (form("CreateUser", UserName="x") + b"&Tags" + b".member.1" * 5000 + b"=x", FORM),
    "many parameters": (form("CreateUser", UserName="x") + b"&a=b" * 20_000, FORM),
    "max items": (form("ListUsers", MaxItems="many"), FORM),
    "max items beyond": (form("ListUsers", MaxItems="100000"), FORM),
    "forged marker": (form("ListUsers", Marker="AAAA"), FORM),
    "status": (form("UpdateAccessKey", AccessKeyId="A" * 20, Status="Sleepy"), FORM),
}

DOCUMENTS = {
    "not json": "nonsense",
    "a list": "[]",
    "half": '{"Version": "2012-10-17", "Statement": [',
    "no statement": '{"Version": "2012-10-17"}',
    "nested": nested(10_000),
    "nested in a statement": f'{{"Version": "2012-10-17", "Statement": [{{"Effect": {nested(5000)}}}]}}',
    "unknown element": json.dumps({"Version": "2012-10-17", "Statement": [{**STATEMENT, "Colour": "red"}]}),
    "unknown effect": json.dumps({"Version": "2012-10-17", "Statement": [{**STATEMENT, "Effect": "Maybe"}]}),
    "unknown operator": json.dumps(
        {"Version": "2012-10-17", "Statement": [{**STATEMENT, "Condition": {"StringIsh": {"aws:username": "x"}}}]}
    ),
    "a principal": json.dumps({"Version": "2012-10-17", "Statement": [{**STATEMENT, "Principal": "*"}]}),
    "bad version": json.dumps({"Version": "2020-01-01", "Statement": [STATEMENT]}),
    "a lone surrogate": '{"Version": "2012-10-17", "Statement": [{"Sid": "\\ud800"}]}',
    "a thousand condition keys": json.dumps(
        {"Version": "2012-10-17", "Statement": [{**STATEMENT, "Condition": {"StringEquals": CONDITIONS}}]}
    ),
}


@pytest.fixture(scope="module")
def users_before(iam: Any) -> list[str]:
    return [user["UserName"] for user in iam.list_users()["Users"]]


@pytest.mark.parametrize("name", BODIES)
def test_a_signed_body(server: RunningServer, iam: Any, users_before: list[str], name: str) -> None:
    body, content_type = BODIES[name]
    answer = send(server, body, headers=signed_headers(server, server.admin, body, content_type=content_type))
    assert 400 <= answer.status < 500, answer
    assert answer.code, answer
    assert [user["UserName"] for user in iam.list_users()["Users"]] == users_before


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_policy_document(iam: Any, name: str) -> None:
    code, message, status = refused(
        lambda: iam.put_group_policy(GroupName="Administrators", PolicyName="broken", PolicyDocument=DOCUMENTS[name])
    )
    assert (code, status) in {("MalformedPolicyDocument", 400), ("LimitExceeded", 409)}
    assert message
    assert iam.list_group_policies(GroupName="Administrators")["PolicyNames"] == []


UNSIGNED = {
    "unsigned": ([("Content-Type", FORM)], "MissingAuthenticationToken", 403),
    "basic": ([("Content-Type", FORM), ("Authorization", "Basic YTpi")], None, None),
    "empty authorization": ([("Content-Type", FORM), ("Authorization", "")], None, None),
    "signature without parts": ([("Content-Type", FORM), ("Authorization", "AWS4-HMAC-SHA256 ")], None, None),
    "nonsense": ([("Content-Type", FORM), ("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c")], None, None),
    "two host headers": ([("Content-Type", FORM), ("Host", "a"), ("Host", "b")], None, None),
}


@pytest.mark.parametrize("name", UNSIGNED)
def test_without_a_good_signature(server: RunningServer, name: str) -> None:
    headers, code, status = UNSIGNED[name]
    answer = send(server, form("ListUsers"), headers=headers)
    assert 400 <= answer.status < 500
    assert answer.status == (status or answer.status)
    if answer.content_type.startswith("text/xml"):
        assert answer.code == (code or answer.code)


@pytest.mark.parametrize("duplicate", ["Authorization", "X-Amz-Date", "Host"])
def test_a_repeated_header(server: RunningServer, duplicate: str) -> None:
    body = form("ListUsers")
    headers = signed_headers(server, server.admin, body)
    if duplicate == "Host":
        host = server.endpoint.removeprefix("http://")
        headers += [("Host", host), ("Host", host)]
    else:
        headers.append((duplicate, dict(headers)[duplicate]))
    answer = send(server, body, headers=headers)
    assert 400 <= answer.status < 500, answer


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_skewed_clock(server: RunningServer, minutes: int) -> None:
    body = form("ListUsers")
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    answer = send(server, body, headers=signed_headers(server, server.admin, body, at=at))
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")
    expected = "Signature expired: " if minutes < 0 else "Signature not yet current: "
    assert f"<Message>{expected}{at:%Y%m%dT%H%M%SZ} is " in answer.body.decode()


def test_a_body_of_another_service(server: RunningServer) -> None:
    body = form("ListUsers")
    answer = send(server, body, headers=signed_headers(server, server.admin, body, service="s3"))
    assert 400 <= answer.status < 500
    assert answer.code


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_a_method_that_no_call_has(server: RunningServer, method: str) -> None:
    assert 400 <= send(server, method=method, headers=[("Content-Type", FORM)]).status < 500


def test_health_needs_no_signature(server: RunningServer) -> None:
    answer = send(server, method="GET", target="/health")
    assert answer.status == 200
    assert json.loads(answer.body)["status"] == "ok"
