"""Signing in by HTTP, as the page does it: what each step takes, answers and writes down."""

import json
import re
import threading
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.directory import accounts
from ostiary.directory.sign_in_flows import NOBODY
from tests.conftest import RunningServer
from tests.e2e.at_the_page import PASSWORD, AtThePage, Refused, make_user, signed_in

WRONG = "Your authentication information is incorrect. Please try again."


@pytest.fixture
def at_the_page(server: RunningServer) -> AtThePage:
    forget_failures(server)
    return AtThePage(server)


def forget_failures(server: RunningServer) -> None:
    """Let time pass, as far as failures are concerned: all tests come from one address."""
    with server.changing() as directory:
        directory.connection.exec_driver_sql("DELETE FROM sign_in_failures")


def stretch_waits(server: RunningServer) -> None:
    """Let whoever has to wait do so for minutes more: the machine may be slow."""
    with server.changing() as directory:
        directory.connection.exec_driver_sql("UPDATE sign_in_failures SET blocked_until = blocked_until + 600")


def require_mfa(server: RunningServer, *, required: bool) -> None:
    with server.changing() as directory:
        accounts.set_mfa_required(directory, server.setup.account_id, required=required)


def let_nobody_wait_it_out(server: RunningServer) -> None:
    """Make who has to wait wait longer than a busy machine takes from one line of a test to the next."""
    with server.changing() as directory:
        directory.connection.exec_driver_sql("UPDATE sign_in_failures SET blocked_until = blocked_until + 600")


def refusal(act: Any) -> tuple[int, str, str]:
    with pytest.raises(Refused) as refused:
        act()
    code, _, message = str(refused.value).partition(": ")
    return refused.value.status, code, message


def events(server: RunningServer, name: str, account: str | None = None) -> list[dict[str, Any]]:
    with server.reading() as directory:
        found = find_events(directory.connection, account or server.account_id, limit=200)
    return [event for event in found if event["eventName"] == name]


class TestPassword:
    def test_a_user(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        answer = at_the_page.sign_in(user.name, PASSWORD)
        assert answer["step"] == "done"
        session = answer["session"]
        assert session["principal"] == {
            "kind": "user",
            "arn": f"arn:aws:iam::{server.account_id}:user/{user.name}",
            "userName": user.name,
            "id": user.user_id,
        }
        assert (session["mfa"], session["mustSecure"], session["idleMinutes"]) == (False, False, 60)
        assert set(at_the_page.cookies) >= {"ostiary-session"}
        assert iam.get_user(UserName=user.name)["User"]["PasswordLastUsed"]

    def test_by_alias_and_in_any_case(self, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        iam.create_account_alias(AccountAlias="the-house")
        answer = at_the_page.ask(
            "sign-in", kind="user", account="The-House", userName=user.name.upper(), password=PASSWORD
        )
        assert answer["session"]["account"]["alias"] == "the-house"
        assert answer["session"]["account"]["signInUrl"].endswith("?account=the-house")

    @pytest.mark.parametrize("what", ["password", "name", "account", "no password", "root's e-mail"])
    def test_what_is_wrong_is_not_told(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage, what: str
    ) -> None:
        user = make_user(iam, mfa=False)
        account, name, password = server.account_id, user.name, PASSWORD
        match what:
            case "password":
                password = "not-this-one"
            case "name":
                name = "nobody-of-this-name"
            case "account":
                account = "999999999999"
            case "no password":
                iam.delete_login_profile(UserName=name)
            case _:
                found = refusal(lambda: at_the_page.sign_in_as_root("nobody@example.com", password))
                assert found == (401, "AuthenticationFailed", WRONG)
                return
        found = refusal(
            lambda: at_the_page.ask("sign-in", kind="user", account=account, userName=name, password=password)
        )
        assert found == (401, "AuthenticationFailed", WRONG)
        assert "ostiary-session" not in at_the_page.cookies

    def test_the_trail_knows_more(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        refusal(lambda: at_the_page.sign_in(user.name, "not-this-one"))
        failed = events(server, "ConsoleLogin")[0]
        assert failed["userIdentity"]["userName"] == user.name
        assert failed["responseElements"] == {"ConsoleLogin": "Failure"}
        assert failed["errorMessage"] == "Failed authentication"
        assert (failed["eventSource"], failed["eventType"]) == ("signin.amazonaws.com", "AwsConsoleSignIn")
        assert "not-this-one" not in json.dumps(failed)

        refusal(lambda: at_the_page.sign_in("my-password-by-mistake", "x"))
        hidden = events(server, "ConsoleLogin")[0]
        assert hidden["userIdentity"]["userName"] == "HIDDEN_DUE_TO_SECURITY_REASONS"
        assert hidden["errorMessage"] == "No username found in supplied account"

        at_the_page.sign_in(user.name, PASSWORD)
        succeeded = events(server, "ConsoleLogin")[0]
        assert succeeded["responseElements"] == {"ConsoleLogin": "Success"}
        assert succeeded["additionalEventData"]["MFAUsed"] == "No"
        assert "errorMessage" not in succeeded

    def test_an_account_that_is_not_here_has_a_trail_of_its_own(
        self, server: RunningServer, at_the_page: AtThePage
    ) -> None:
        refusal(lambda: at_the_page.ask("sign-in", kind="user", account="999999999999", userName="eve", password="x"))
        assert events(server, "ConsoleLogin", NOBODY)[0]["errorMessage"] == "No username found in supplied account"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"kind": "user"},
            {"kind": "martian", "password": "x"},
            {"kind": "root", "email": "", "password": "x"},
            {"kind": "root", "email": ["a"], "password": "x"},
            {"kind": "root", "email": "a@b", "password": "x" * 1_025},
            {"kind": "user", "account": "x" * 64, "userName": "a", "password": "x"},
            {"kind": "user", "account": "\ud800", "userName": "a", "password": "x"},
            {"kind": "user", "account": "x", "userName": "a\0", "password": "x"},
            {"kind": "root", "email": "a@b", "password": "\udfff"},
        ],
    )
    def test_what_is_no_attempt_is_told_so(self, at_the_page: AtThePage, body: dict[str, Any]) -> None:
        assert refusal(lambda: at_the_page.ask("sign-in", **body))[:2] == (400, "ValidationError")

    def test_half_a_character_is_no_text_at_any_step(self, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam)
        at_the_page.sign_in(user.name, PASSWORD)
        assert refusal(lambda: at_the_page.ask("sign-in/code", code="\ud800"))[:2] == (400, "ValidationError")


class TestSecondFactor:
    def test_a_code_is_good_once(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam)
        assert user.device is not None
        assert at_the_page.sign_in(user.name, PASSWORD) == {"step": "second-factor", "methods": ["totp"]}
        code = user.device.code()
        answer = at_the_page.ask("sign-in/code", code=code)
        assert (answer["step"], answer["session"]["mfa"]) == ("done", True)
        done = events(server, "ConsoleLogin")[0]["additionalEventData"]
        assert (done["MFAUsed"], done["MFAIdentifier"]) == ("Yes", user.device.serial_number)

        again = AtThePage(server)
        again.sign_in(user.name, PASSWORD)
        replayed = refusal(lambda: again.ask("sign-in/code", code=code))
        assert replayed[:2] == (403, "InvalidAuthenticationCode")
        assert events(server, "CheckMfa")[0]["responseElements"] == {"CheckMfa": "Failure"}
        assert again.ask("sign-in/code", code=user.device.code())["step"] == "done"

    def test_any_of_several_devices(self, iam: Any, at_the_page: AtThePage) -> None:
        from tests.services.authenticator import enrol  # noqa: PLC0415 - beside its only use

        user = make_user(iam)
        second = enrol(iam, user.name, f"{user.name}-spare")
        at_the_page.sign_in(user.name, PASSWORD)
        assert at_the_page.ask("sign-in/code", code=second.code())["step"] == "done"

    @pytest.mark.parametrize("code", ["000000", "12345", "1234567", "abcdef", "\u0661\u0662\u0663\u0664\u0665\u0666"])
    def test_another_code_is_refused(self, iam: Any, at_the_page: AtThePage, code: str) -> None:
        user = make_user(iam)
        at_the_page.sign_in(user.name, PASSWORD)
        assert refusal(lambda: at_the_page.ask("sign-in/code", code=code))[:2] == (403, "InvalidAuthenticationCode")
        assert "ostiary-session" not in at_the_page.cookies

    def test_guessing_codes_has_to_wait(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam)
        at_the_page.sign_in(user.name, PASSWORD)
        for _ in range(5):
            refusal(lambda: at_the_page.ask("sign-in/code", code="000000"))
        let_nobody_wait_it_out(server)
        status, code, message = refusal(lambda: at_the_page.ask("sign-in/code", code="000000"))
        assert (status, code) == (429, "TooManyRequestsError")
        assert re.fullmatch(r"There were too many attempts\. Try again in \d{3} seconds\.", message)
        # Beginning anew does not help, whoever knows the password.
        again = AtThePage(server)
        again.sign_in(user.name, PASSWORD)
        assert refusal(lambda: again.ask("sign-in/code", code="000000"))[0] == 429

    def test_no_step_is_skipped(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam)
        at_the_page.sign_in(user.name, PASSWORD)
        assert (
            refusal(lambda: at_the_page.ask("sign-in/password", newPassword="Another-One-12"))[1] == "ValidationError"
        )
        assert refusal(lambda: at_the_page.ask("credentials"))[:2] == (401, "NotSignedIn")
        at_the_page.cookies["ostiary-session"] = at_the_page.cookies["ostiary-sign-in"]
        assert refusal(lambda: at_the_page.ask("credentials"))[:2] == (401, "NotSignedIn")
        assert refusal(lambda: AtThePage(server).ask("sign-in/code", code="000000"))[:2] == (401, "SignInExpired")


class TestNewPassword:
    def test_a_first_password_has_to_be_changed(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
        assert at_the_page.sign_in(user.name, PASSWORD)["step"] == "change-password"
        for bad in (PASSWORD, "short", "alllowercaseletters"):
            found = refusal(lambda bad=bad: at_the_page.ask("sign-in/password", newPassword=bad))
            assert found[:2] == (400, "PasswordPolicyViolation")
        assert at_the_page.ask("sign-in/password", newPassword="A-Better-One-12")["step"] == "done"
        assert not iam.get_login_profile(UserName=user.name)["LoginProfile"]["PasswordResetRequired"]
        assert events(server, "ChangePassword")[0]["userIdentity"]["userName"] == user.name
        assert refusal(lambda: AtThePage(server).sign_in(user.name, PASSWORD))[0] == 401
        assert AtThePage(server).sign_in(user.name, "A-Better-One-12")["step"] == "done"

    def test_who_may_not_change_it_is_told_which_right_is_missing(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage
    ) -> None:
        user = make_user(iam, mfa=False)
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        at_the_page.sign_in(user.name, PASSWORD)
        status, code, message = refusal(lambda: at_the_page.ask("sign-in/password", newPassword="A-Better-One-12"))
        assert (status, code) == (403, "AccessDenied")
        assert "is not authorized to perform: iam:ChangePassword" in message
        assert events(server, "ChangePassword")[0]["errorMessage"] == message

    def test_the_accounts_policy_can_let_everybody(self, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        iam.update_account_password_policy(AllowUsersToChangePassword=True, MinimumPasswordLength=20)
        try:
            at_the_page.sign_in(user.name, PASSWORD)
            short = refusal(lambda: at_the_page.ask("sign-in/password", newPassword="A-Better-One-12"))
            assert short[1] == "PasswordPolicyViolation"
            assert at_the_page.ask("sign-in/password", newPassword="A-Better-One-12-and-longer")["step"] == "done"
        finally:
            iam.delete_account_password_policy()

    @pytest.mark.parametrize("hard", [False, True])
    def test_an_old_one_has_to_be_changed_or_is_the_end(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage, *, hard: bool
    ) -> None:
        user = make_user(iam, mfa=False)
        iam.update_account_password_policy(MaxPasswordAge=90, HardExpiry=hard, AllowUsersToChangePassword=True)
        with server.changing() as directory:
            directory.connection.exec_driver_sql(
                "UPDATE login_profiles SET created_at = created_at - 91 * 86400 WHERE user_id = ?", (user.user_id,)
            )
        try:
            if hard:
                found = refusal(lambda: at_the_page.sign_in(user.name, PASSWORD))
                assert found[:2] == (403, "PasswordExpired")
            else:
                assert at_the_page.sign_in(user.name, PASSWORD)["step"] == "change-password"
        finally:
            iam.delete_account_password_policy()


class TestPasswordsThatAreReplaced:
    """Who sets a new password wants out whoever knew the old one, also who got halfway in with it."""

    def test_nobody_goes_on_to_choose_a_password(self, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        assert at_the_page.sign_in(user.name, PASSWORD)["step"] == "change-password"
        iam.update_login_profile(UserName=user.name, Password="Another-Secret-77", PasswordResetRequired=True)
        found = refusal(lambda: at_the_page.ask("sign-in/password", newPassword="Mallory-Was-Here-1"))
        assert found[:2] == (401, "SignInExpired")
        assert at_the_page.sign_in(user.name, "Another-Secret-77")["step"] == "change-password"

    def test_nobody_goes_on_to_a_second_factor(self, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam)
        assert user.device is not None
        at_the_page.sign_in(user.name, PASSWORD)
        iam.update_login_profile(UserName=user.name, Password="Another-Secret-77")
        found = refusal(lambda: at_the_page.ask("sign-in/code", code=user.device.code()))
        assert found[:2] == (401, "SignInExpired")

    def test_who_chose_it_in_this_sign_in_goes_on(self, server: RunningServer, iam: Any) -> None:
        user = make_user(iam, mfa=False)
        iam.attach_user_policy(UserName=user.name, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
        iam.update_login_profile(UserName=user.name, PasswordResetRequired=True)
        first, second = AtThePage(server), AtThePage(server)
        first.sign_in(user.name, PASSWORD)
        second.sign_in(user.name, PASSWORD)
        require_mfa(server, required=True)
        try:
            assert first.ask("sign-in/password", newPassword="Another-Secret-77")["step"] == "enrol"
            assert first.ask("sign-in/enrol/totp")["secret"]
            assert refusal(lambda: second.ask("sign-in/enrol/totp"))[:2] == (401, "SignInExpired")
        finally:
            require_mfa(server, required=False)


class TestRoot:
    def test_the_first_sign_in_chooses_a_password_of_its_own(self, start_server: Any) -> None:
        server = start_server()
        page, setup = AtThePage(server), server.setup
        first = page.sign_in_as_root(setup.root_email.upper(), setup.root_password)
        assert (first["step"], first["isRoot"]) == ("change-password", True)
        assert refusal(lambda: page.ask("sign-in/password", newPassword=setup.root_email))[1] == (
            "PasswordPolicyViolation"
        )
        done = page.ask("sign-in/password", newPassword="Own-Password-77")
        assert done["session"]["principal"]["kind"] == "root"
        assert done["session"]["mustSecure"]
        assert [event["eventName"] for event in events(server, "PasswordUpdated")] == ["PasswordUpdated"]
        assert events(server, "ConsoleLogin")[0]["userIdentity"]["type"] == "Root"
        with server.reading() as directory:
            from ostiary.directory import accounts  # noqa: PLC0415 - beside its only use

            assert accounts.get_account(directory, server.setup.account_id).root_password_last_used_at


class TestGuessing:
    def test_the_sixth_wrong_password_has_to_wait_whether_the_name_exists_or_not(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage
    ) -> None:
        for name in (make_user(iam, mfa=False).name, "nobody-of-this-name"):
            forget_failures(server)
            found = [refusal(lambda name=name: at_the_page.sign_in(name, "wrong"))[0] for _ in range(5)]
            let_nobody_wait_it_out(server)
            assert [*found, refusal(lambda name=name: at_the_page.sign_in(name, "wrong"))[0]] == [401] * 5 + [429]

    def test_an_alias_gives_no_more_guesses(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        iam.create_account_alias(AccountAlias="another-house")
        for _ in range(5):
            refusal(lambda: at_the_page.sign_in(user.name, "wrong"))
        stretch_waits(server)
        found = refusal(
            lambda: at_the_page.ask(
                "sign-in", kind="user", account="Another-House", userName=user.name.upper(), password="wrong"
            )
        )
        assert found[:2] == (429, "TooManyRequestsError")

    def test_an_attempt_that_nobody_looked_at_forgives_nothing(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        user = make_user(iam, mfa=False)
        for _ in range(4):
            refusal(lambda: at_the_page.sign_in(user.name, "wrong"))
        with monkeypatch.context() as busy:
            busy.setattr(threading.BoundedSemaphore, "acquire", lambda *_, **__: False)
            assert refusal(lambda: at_the_page.sign_in(user.name, "wrong"))[:2] == (429, "TooManyRequestsError")
        assert refusal(lambda: at_the_page.sign_in(user.name, "wrong"))[0] == 401
        stretch_waits(server)
        assert refusal(lambda: at_the_page.sign_in(user.name, "wrong"))[0] == 429

    def test_root_users_are_slowed_down_alike_whether_they_exist_or_not(
        self, server: RunningServer, at_the_page: AtThePage
    ) -> None:
        refusal(lambda: at_the_page.sign_in_as_root("nobody@example.com", "wrong"))
        with server.changing() as directory:
            directory.connection.exec_driver_sql("UPDATE sign_in_failures SET failures = 200")
            directory.connection.exec_driver_sql(
                "UPDATE sign_in_failures SET blocked_until = (SELECT max(last_failed_at) + 60000000 FROM"
                " sign_in_failures) WHERE account_id = ?",
                (NOBODY,),
            )
        for email in ("nobody@example.com", server.setup.root_email):
            assert refusal(lambda email=email: at_the_page.sign_in_as_root(email, "wrong"))[0] == 429

    def test_the_trail_says_when_somebody_is_held_back(
        self, server: RunningServer, iam: Any, at_the_page: AtThePage
    ) -> None:
        user = make_user(iam, mfa=False)
        for _ in range(5):
            refusal(lambda: at_the_page.sign_in(user.name, "wrong"))
        with server.changing() as directory:
            directory.connection.exec_driver_sql("UPDATE sign_in_failures SET blocked_until = 0")
        refusal(lambda: at_the_page.sign_in(user.name, "wrong"))
        assert events(server, "ConsoleLogin")[0]["additionalEventData"]["LockedOutForSeconds"] in {2, 3}

    def test_who_is_signed_in_stays_so_meanwhile(self, server: RunningServer, iam: Any, at_the_page: AtThePage) -> None:
        user = make_user(iam, mfa=False)
        inside = signed_in(server, user)
        for _ in range(6):
            refusal(lambda: at_the_page.sign_in(user.name, "wrong"))
        assert inside.ask("credentials")["accessKeyId"].startswith("ASIA")
