"""Facts of the wire that clients lean on, asked with raw HTTP where no client library would show them."""

import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SigningCredentials

from tests.conftest import RunningServer
from tests.e2e.raw_http import FORM, send, signed_headers

WHO_AM_I = b"Action=GetCallerIdentity&Version=2011-06-15"
LIST_USERS = b"Action=ListUsers&Version=2010-05-08"


@contextmanager
def connected(server: RunningServer) -> Iterator[socket.socket]:
    parts = urlsplit(server.endpoint)
    with closing(socket.create_connection((parts.hostname, parts.port), timeout=10)) as connection:
        yield connection


def asked(server: RunningServer, body: bytes, service: str = "iam", **more: str) -> Any:
    headers = [*signed_headers(server, server.admin, body, service=service), *more.items()]
    return send(server, body, headers=headers)


def test_answers_in_json(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="json", Tags=[{"Key": "a", "Value": "b"}])
    answer = asked(server, b"Action=GetUser&Version=2010-05-08&UserName=json", Accept="application/json")
    assert (answer.status, answer.content_type) == (200, "application/json")
    content = json.loads(answer.body)["GetUserResponse"]
    user = content["GetUserResult"]["User"]
    assert list(user) == sorted(user)
    assert user["Tags"] == [{"Key": "a", "Value": "b"}]
    assert user["PermissionsBoundary"] is None
    assert user["CreateDate"] == iam.get_user(UserName="json")["User"]["CreateDate"].timestamp()
    assert content["ResponseMetadata"]["RequestId"]


def test_numbers_and_lists_in_json(server: RunningServer) -> None:
    answer = asked(server, b"Action=GetAccountSummary&Version=2010-05-08", Accept="text/xml;q=0.1, application/json")
    summary = json.loads(answer.body)["GetAccountSummaryResponse"]["GetAccountSummaryResult"]["SummaryMap"]
    assert summary["UsersQuota"] == 5000
    answer = asked(server, b"Action=ListRoles&Version=2010-05-08", Accept="application/json")
    listed = json.loads(answer.body)["ListRolesResponse"]["ListRolesResult"]
    assert listed == {"IsTruncated": False, "Marker": None, "Roles": []}


def test_an_answer_without_a_result_in_json(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="gone")
    answer = asked(server, b"Action=DeleteUser&Version=2010-05-08&UserName=gone", Accept="application/json")
    assert json.loads(answer.body)["DeleteUserResponse"].keys() == {"ResponseMetadata"}


def test_who_one_is_in_json(server: RunningServer) -> None:
    answer = asked(server, WHO_AM_I, "sts", Accept="application/json")
    result = json.loads(answer.body)["GetCallerIdentityResponse"]["GetCallerIdentityResult"]
    assert list(result) == ["Account", "Arn", "UserId"]
    assert result["Arn"] == f"arn:aws:iam::{server.account_id}:user/admin"


def test_errors_in_json(server: RunningServer) -> None:
    answer = asked(server, b"Action=GetUser&Version=2010-05-08&UserName=nobody", Accept="application/json")
    assert (answer.status, answer.content_type) == (404, "application/json")
    content = json.loads(answer.body)
    assert content["Error"] == {
        "Code": "NoSuchEntity",
        "Message": "The user with name nobody cannot be found.",
        "Type": "Sender",
    }
    assert content["RequestId"]


@pytest.mark.parametrize("accept", ["*/*", "application/xml", "text/html, */*;q=0.1", ""])
def test_answers_in_xml_to_all_others(server: RunningServer, accept: str) -> None:
    assert asked(server, LIST_USERS, Accept=accept).content_type == "text/xml"


def test_empty_lists_are_there_and_absent_members_are_not(server: RunningServer, iam: Any) -> None:
    empty = asked(server, b"Action=ListMFADevices&Version=2010-05-08&UserName=admin")
    if empty.status == 200:
        assert b"<MFADevices/><IsTruncated>false</IsTruncated>" in empty.body
    iam.create_group(GroupName="lonely")
    group = asked(server, b"Action=GetGroup&Version=2010-05-08&GroupName=lonely")
    assert b"<Users/>" in group.body
    assert b"<Marker" not in group.body
    user = asked(server, b"Action=GetUser&Version=2010-05-08&UserName=admin")
    for absent in (b"<Tags", b"<PermissionsBoundary", b"<PasswordLastUsed"):
        assert absent not in user.body


def test_the_request_id_is_named_as_aws_names_it(server: RunningServer) -> None:
    with connected(server) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        head = connection.makefile("rb").read().partition(b"\r\n\r\n")[0]
    assert b"\r\nx-amzn-RequestId: " in head
    assert head.lower().count(b"\r\ncontent-type: text/xml") == 1
    assert b"\r\ndate: " in head.lower()


def test_expect_100_continue(server: RunningServer) -> None:
    headers = signed_headers(server, server.admin, LIST_USERS)
    lines = [f"{name}: {value}" for name, value in headers if name.lower() != "content-length"]
    host = urlsplit(server.endpoint).netloc
    lines += [f"Host: {host}", "Expect: 100-continue", f"Content-Length: {len(LIST_USERS)}", "Connection: close"]
    with connected(server) as connection:
        connection.sendall(("POST / HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode())
        assert connection.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(LIST_USERS)
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 200 ")


def test_a_connection_is_kept(server: RunningServer) -> None:
    with closing(http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=10)) as connection:
        used = set()
        for body, status in ((LIST_USERS, 200), (b"Action=Fly&Version=2010-05-08", 400), (LIST_USERS, 200)):
            connection.request("POST", "/", body, dict(signed_headers(server, server.admin, body)))
            answer = connection.getresponse()
            assert (answer.status, answer.headers.get("Connection")) == (status, None)
            answer.read()
            used.add(id(connection.sock))
        assert len(used) == 1


def test_compressed_bodies_are_refused_and_answers_are_not_compressed(server: RunningServer) -> None:
    body = gzip.compress(LIST_USERS)
    answer = asked(server, body, **{"Content-Encoding": "gzip"})
    assert (answer.status, answer.code) == (415, "UnsupportedMediaType")
    plain = asked(server, LIST_USERS, **{"Accept-Encoding": "gzip, deflate"})
    assert (plain.status, plain.body[:1]) == (200, b"<")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_are_answered_in_form(server: RunningServer, method: str) -> None:
    answer = send(server, method=method)
    assert (answer.status, answer.content_type) == (405, "text/xml")
    if method != "HEAD":
        assert answer.code == "MethodNotAllowed"


def signed(server: RunningServer, url: str, **headers: str) -> list[tuple[str, str]]:
    """Return the headers of a signed GET."""
    request = AWSRequest("GET", url, headers=headers)
    keys = SigningCredentials(server.admin.access_key_id, server.admin.secret_access_key)
    SigV4Auth(keys, "sts", "eu-north-1").add_auth(request)
    return list(request.headers.items())


def test_get_as_well_as_post_and_any_region(server: RunningServer) -> None:
    target = f"/?{WHO_AM_I.decode()}"
    answer = send(server, method="GET", target=target, headers=signed(server, server.endpoint + target))
    assert answer.status == 200
    assert b"<GetCallerIdentityResult><UserId>" in answer.body


def test_a_host_without_its_port(server: RunningServer) -> None:
    target = f"/?{WHO_AM_I.decode()}"
    signature = signed(server, f"http://localhost{target}", Host="localhost")
    assert send(server, method="GET", target=target, headers=signature).status == 200
    moved = [(name, "elsewhere" if name == "Host" else value) for name, value in signature]
    assert send(server, method="GET", target=target, headers=moved).code == "SignatureDoesNotMatch"


def test_a_date_in_place_of_an_x_amz_date(server: RunningServer) -> None:
    request = AWSRequest("POST", server.endpoint + "/", data=LIST_USERS, headers={"Content-Type": FORM})
    now = datetime.now(UTC)
    request.headers["Date"] = f"{now:%a, %d %b %Y %H:%M:%S GMT}"
    request.context["timestamp"] = f"{now:%Y%m%dT%H%M%SZ}"
    keys = SigningCredentials(server.admin.access_key_id, server.admin.secret_access_key)
    signer = SigV4Auth(keys, "iam", "us-east-1")
    signature = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    request.headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={names}, Signature={signature}"
    )
    assert send(server, LIST_USERS, headers=list(request.headers.items())).status == 200
