"""A person before the console's sign-in page, who is there by HTTP in place of a browser."""

import http.client
import itertools
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.conftest import RunningServer
from tests.services.authenticator import Authenticator, enrol

PASSWORD = "Correct-Horse-9"
DEVELOPER = "arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess"
ONLY_WITH_MFA = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Action": "iam:ListUsers",
        "Resource": "*",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    },
}

_numbers = itertools.count(1)


class Refused(Exception):  # noqa: N818 - what happened
    """The server said no."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{answer['error']}: {answer['message']}")
        self.status = status
        self.code: str = answer["error"]


@dataclass
class AtThePage:
    """A browser's cookies, and the console's pages to use them on."""

    server: RunningServer
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def console(self) -> str:
        """The console's origin: passkeys belong to names, so it is known by one."""
        return f"http://localhost:{urlsplit(self.server.endpoint).port}"

    def sign_in(self, user_name: str, password: str) -> dict[str, Any]:
        account = self.server.account_id
        return self.ask("sign-in", kind="user", account=account, userName=user_name, password=password)

    def sign_in_as_root(self, email: str, password: str) -> dict[str, Any]:
        return self.ask("sign-in", kind="root", email=email, password=password)

    def ask(self, what: str, *, origin: str | None = "", **body: Any) -> dict[str, Any]:
        """POST to one of the page's endpoints and return what it answers; `origin` is the console's unless told."""
        connection = http.client.HTTPConnection(urlsplit(self.server.endpoint).netloc, timeout=20)
        headers = {
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({} if origin is None else {"Origin": origin or self.console}),
        }
        connection.request("POST", f"/console/{what}", body=json.dumps(body), headers=headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        if response.status != 200:
            raise Refused(response.status, answer)
        return dict(answer)


@dataclass(frozen=True)
class User:
    name: str
    user_id: str
    device: Authenticator | None


def make_user(iam: Any, *, mfa: bool = True, may_log_in: bool = True) -> User:
    """Make a user who may list users once a second factor was given."""
    name = f"dev-{next(_numbers)}"
    user_id = iam.create_user(UserName=name)["User"]["UserId"]
    iam.create_login_profile(UserName=name, Password=PASSWORD)
    iam.put_user_policy(UserName=name, PolicyName="careful", PolicyDocument=json.dumps(ONLY_WITH_MFA))
    if may_log_in:
        iam.attach_user_policy(UserName=name, PolicyArn=DEVELOPER)
    return User(name, user_id, enrol(iam, name) if mfa else None)


def signed_in(server: RunningServer, user: User) -> AtThePage:
    """Sign a user in with all factors that the user has."""
    page = AtThePage(server)
    step = page.sign_in(user.name, PASSWORD)
    if user.device is not None:
        assert (step["step"], step["methods"]) == ("second-factor", ["totp"])
        step = page.ask("sign-in/code", code=user.device.code())
    assert step["step"] == "done"
    return page


def agree(page: AtThePage, asked: dict[str, str]) -> str:
    """Agree at the page that `ostiary login` gets a code, and return where the browser is sent with it."""
    answer = page.ask(
        "login/grant",
        redirectUri=asked["redirect_uri"],
        codeChallenge=asked["code_challenge"],
        state=asked["state"],
    )
    return str(answer["redirectTo"])
