"""What a signed-in page is given, and when it is given nothing any more."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from ostiary.audit import find_events
from tests.conftest import Credentials, RunningServer
from tests.e2e.at_the_page import PASSWORD, AtThePage, Refused, User, make_user, signed_in


@pytest.fixture
def user(iam: Any) -> User:
    return make_user(iam, mfa=False)


@pytest.fixture
def page(server: RunningServer, user: User) -> AtThePage:
    return signed_in(server, user)


def credentials(page: AtThePage) -> Credentials:
    given = page.ask("credentials")
    return Credentials(given["accessKeyId"], given["secretAccessKey"], given["sessionToken"])


def refused_with(act: Any) -> str:
    with pytest.raises((Refused, ClientError)) as refused:
        act()
    error = refused.value
    return error.code if isinstance(error, Refused) else str(error.response["Error"]["Code"])


class TestCredentials:
    def test_they_are_the_users_own(self, server: RunningServer, user: User, page: AtThePage) -> None:
        sts = server.client("sts", credentials(page))
        assert sts.get_caller_identity()["UserId"] == user.user_id
        assert refused_with(lambda: server.client("iam", credentials(page)).list_users()) == "AccessDenied"

    def test_they_do_in_iam_what_the_user_may_without_mfa_too(
        self, server: RunningServer, iam: Any, user: User, page: AtThePage
    ) -> None:
        iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
        mine = server.client("iam", credentials(page))
        assert mine.list_groups()["Groups"]
        assert refused_with(lambda: server.client("sts", credentials(page)).get_session_token()) == "AccessDenied"

    def test_the_trail_tells_that_they_came_of_the_console(self, server: RunningServer, page: AtThePage) -> None:
        refused_with(lambda: server.client("iam", credentials(page)).list_users())
        with server.reading() as directory:
            event = find_events(directory.connection, server.account_id, limit=1)[0]
        assert (event["eventName"], event["sessionCredentialFromConsole"]) == ("ListUsers", "true")
        assert event["userIdentity"]["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"

    def test_with_a_second_factor_they_say_so(self, server: RunningServer, iam: Any) -> None:
        page = signed_in(server, make_user(iam))
        assert server.client("iam", credentials(page)).list_users()["Users"]


class TestTheEnd:
    def test_who_signs_out_is_out_at_once(self, server: RunningServer, page: AtThePage) -> None:
        stolen, keys = AtThePage(server, dict(page.cookies)), credentials(page)
        sts = server.client("sts", keys)
        sts.get_caller_identity()
        assert page.ask("sign-out") == {}
        assert refused_with(lambda: stolen.ask("credentials")) == "NotSignedIn"
        assert refused_with(sts.get_caller_identity) == "InvalidClientTokenId"
        assert page.ask("sign-out") == {}

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE sign_in_sessions SET last_used_at = last_used_at - 3600",
            "UPDATE sign_in_sessions SET expires_at = expires_at - 43200",
        ],
        ids=["left alone", "too old"],
    )
    def test_time_ends_it(self, server: RunningServer, page: AtThePage, change: str) -> None:
        sts = server.client("sts", credentials(page))
        with server.changing() as directory:
            directory.connection.exec_driver_sql(change)
        assert refused_with(lambda: page.ask("credentials")) == "NotSignedIn"
        assert refused_with(sts.get_caller_identity) == "InvalidClientTokenId"

    @pytest.mark.parametrize("gone", ["login profile", "user"])
    def test_it_ends_with_the_person(
        self, server: RunningServer, iam: Any, user: User, page: AtThePage, gone: str
    ) -> None:
        sts = server.client("sts", credentials(page))
        iam.delete_login_profile(UserName=user.name)
        if gone == "user":
            iam.delete_user_policy(UserName=user.name, PolicyName="careful")
            iam.detach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess")
            iam.delete_user(UserName=user.name)
        assert refused_with(lambda: page.ask("credentials")) == "NotSignedIn"
        assert refused_with(sts.get_caller_identity) == "InvalidClientTokenId"

    def test_signing_in_anew_ends_the_session_before(self, server: RunningServer, user: User, page: AtThePage) -> None:
        before = AtThePage(server, dict(page.cookies))
        page.sign_in(user.name, PASSWORD)
        assert page.cookies["ostiary-session"] != before.cookies["ostiary-session"]
        assert refused_with(lambda: before.ask("credentials")) == "NotSignedIn"
        assert credentials(page)

    def test_a_new_password_ends_all_others(self, server: RunningServer, iam: Any, user: User, page: AtThePage) -> None:
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
        elsewhere = AtThePage(server)
        elsewhere.sign_in(user.name, PASSWORD)
        elsewhere.ask("sign-in/password", newPassword="A-Better-One-12")
        assert refused_with(lambda: page.ask("credentials")) == "NotSignedIn"
        assert credentials(elsewhere)


def ask(server: RunningServer, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
    connection = http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=20)
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response.status, json.loads(answer)


class TestOtherPages:
    """Whatever does not come from a page of the console is not heard, cookie or not."""

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({}, 200),
            ({"Origin": "http://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": None}, 403),
            ({"Sec-Fetch-Site": "same-origin"}, 200),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Content-Type": "text/plain"}, 415),
            ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
            ({"Content-Type": None}, 415),
            ({"Content-Type": "application/json; charset=utf-8"}, 200),
        ],
    )
    def test_only_its_own(
        self, server: RunningServer, page: AtThePage, change: dict[str, str | None], status: int
    ) -> None:
        headers = {
            "Origin": page.console,
            "Content-Type": "application/json",
            "Cookie": f"ostiary-session={page.cookies['ostiary-session']}",
            **change,
        }
        sent = {name: value for name, value in headers.items() if value is not None}
        assert ask(server, "POST", "/console/credentials", b"{}", sent)[0] == status

    def test_two_cookies_of_a_name_are_none(self, server: RunningServer, page: AtThePage) -> None:
        token = page.cookies["ostiary-session"]
        headers = {
            "Origin": page.console,
            "Content-Type": "application/json",
            "Cookie": f"ostiary-session={token}; ostiary-session={token}",
        }
        assert ask(server, "POST", "/console/credentials", b"{}", headers)[0] == 401

    @pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"[" * 60_000, b"{" + b" " * 65_536 + b"}"])
    def test_what_is_no_object_is_told_so(self, server: RunningServer, page: AtThePage, body: bytes) -> None:
        headers = {"Origin": page.console, "Content-Type": "application/json"}
        status, answer = ask(server, "POST", "/console/sign-in", body, headers)
        assert (status, answer["error"]) in {(400, "ValidationError"), (413, "RequestEntityTooLarge")}

    def test_nothing_else_is_there(self, server: RunningServer, page: AtThePage) -> None:
        headers = {"Origin": page.console, "Content-Type": "application/json"}
        assert ask(server, "POST", "/console/users", b"{}", headers) == (
            404,
            {"error": "NotFound", "message": "There is nothing of that method here."},
        )

    def test_nobody_is_signed_in_by_default(self, server: RunningServer) -> None:
        assert ask(server, "GET", "/console/session", b"", {}) == (200, {"signedIn": False})
