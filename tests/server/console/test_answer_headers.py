"""Whatever is answered under /console, browsers are told to hold it to the console's rules."""

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPMessage
from urllib.parse import urlsplit

import pytest

from tests.conftest import RunningServer

_JSON = "application/json"
_EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NOT_IN_THE_POLICY = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


def ask(
    server: RunningServer, method: str, path: str, body: str | None = None, host: str = "localhost", **headers: str
) -> Answer:
    """Ask by HTTP alone; `_` in a header's name stands for `-`."""
    connection = http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers={"Host": f"{host}:{connection.port}", **named})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def origin(server: RunningServer) -> str:
    return server.endpoint.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/console", None, {}, {200, 501}),
        ("GET", "/console/users/alice", None, {}, {200, 501}),
        ("GET", "/console/assets/none.js", None, {}, {404}),
        ("GET", "/console/favicon.svg", None, {}, {200, 404}),
        ("GET", "/console/catalogue/s3.json", None, {}, {200}),
        ("GET", "/console/catalogue/none.json", None, {}, {404}),
        ("GET", "/console/session", None, {}, {200}),
        ("GET", "/console/session", None, {"Sec-Fetch-Site": "cross-site"}, {403}),
        ("PUT", "/console/users", "{}", {}, {404}),
        ("POST", "/console/none", "{}", {}, {404}),
        ("POST", "/console/sign-out", "{}", {"Content-Type": _JSON}, {403}),
        ("POST", "/console/sign-out", "{}", {"Content-Type": "text/plain", "Origin": ""}, {415}),
        ("POST", "/console/credentials", "{}", {"Content-Type": _JSON, "Origin": ""}, {401}),
        ("POST", "/console/sign-in", "[" * 10_000, {"Content-Type": _JSON, "Origin": ""}, {400}),
        ("POST", "/console/sign-in", '{"x":"' + "x" * 70_000 + '"}', {"Content-Type": _JSON, "Origin": ""}, {413}),
        ("POST", "/console/login/token", "{}", {"Content-Type": _JSON}, {400}),
    ],
)
def test_every_answer_has_them(  # noqa: PLR0917 - pytest passes them by name
    server: RunningServer, method: str, path: str, body: str | None, headers: dict[str, str], status: set[int]
) -> None:
    given = {name: value or origin(server) for name, value in headers.items()}
    _require_held(ask(server, method, path, body, **given), status)


def test_the_way_from_address_to_name_has_them(server: RunningServer) -> None:
    answer = ask(server, "GET", "/console/users?filter=a", host="127.0.0.1")
    assert answer.headers["Location"] == f"{origin(server)}/console/users?filter=a"
    _require_held(answer, {307})
    # Two slashes at the beginning would be another site's address.
    for path in ("/console//evil.example", "/console/..//evil.example"):
        location = ask(server, "GET", path, host="127.0.0.1").headers["Location"]
        assert location.startswith(f"{origin(server)}/console/")


def test_a_cookie_is_secure_where_the_console_is(start_server: Callable[..., RunningServer]) -> None:
    server = start_server(public_url="https://console.example")
    body = {"kind": "root", "email": server.setup.root_email, "password": server.setup.root_password}
    answer = ask(
        server,
        "POST",
        "/console/sign-in",
        json.dumps(body),
        host="console.example",
        Content_Type=_JSON,
        Origin="https://console.example",
    )
    (cookie,) = answer.headers.get_all("Set-Cookie", [])
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "Path=/console",
        "HttpOnly",
        "SameSite=Strict",
        "Secure",
    }
    _require_held(answer, {200})


def _require_held(answer: Answer, statuses: set[int]) -> None:
    assert answer.status in statuses, answer.body
    assert {name: answer.headers[name] for name in _EXPECTED} == _EXPECTED
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [word for word in _NOT_IN_THE_POLICY if word in policy]
    if answer.headers["Content-Type"] == _JSON and not answer.headers["ETag"]:
        assert answer.headers["Cache-Control"] == "no-store" or answer.status == 404
