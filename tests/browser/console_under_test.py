"""A running console, and ways to be signed in to it without going through the sign-in page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import BrowserContext

from ostiary.credentials import hash_password
from ostiary.directory import login_profiles, users
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer

PASSWORD = "Correct-Horse-7"


@dataclass(frozen=True)
class ConsoleUnderTest:
    server: RunningServer

    @property
    def origin(self) -> str:
        """Where people reach the server: by name, since passkeys belong to names."""
        return self.server.endpoint.replace("127.0.0.1", "localhost")

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.origin}/console{path}"

    @property
    def iam(self) -> Any:
        """IAM, called by the administrator with an access key."""
        return self.server.client("iam", self.server.admin)

    def create_user(self, name: str, *policies: str, password: str = PASSWORD) -> None:
        """Make a user who can sign in, with managed policies by their names."""
        self.iam.create_user(UserName=name)
        self.iam.create_login_profile(UserName=name, Password=password)
        for policy in policies:
            self.iam.attach_user_policy(UserName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")

    def sign_in(self, context: BrowserContext, name: str, password: str = PASSWORD) -> None:
        """Sign a user in who has no second factor: the browser has the session's cookie from then on."""
        self._post(context, {"kind": "user", "account": self.server.account_id, "userName": name, "password": password})

    def sign_in_as_admin(self, context: BrowserContext) -> None:
        """Sign the first administrator in, with a password that is the person's own already."""
        name = self.server.setup.admin.user_name
        with self.server.changing() as directory:
            user = users.get_user(directory, self.server.setup.account_id, name)
            login_profiles.set_password(directory, user, _password_hash(), now=system_clock())
            login_profiles.set_must_change(directory, user, must_change=False)
        self.sign_in(context, name)

    def _post(self, context: BrowserContext, body: dict[str, str]) -> None:
        answer = context.request.post(f"{self.origin}/console/sign-in", data=body, headers={"Origin": self.origin})
        assert answer.json()["step"] == "done", answer.text()


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)
