"""The sign-in page: who gets in by password and code, and who is told to wait."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ostiary.directory.root_resets import start_root_reset
from ostiary.directory.sign_in_failures import Counted, Subject, count_attempt
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.at_the_door import (
    NEW_PASSWORD,
    choose_password,
    enter_code,
    type_as_root,
    type_as_user,
    type_password,
)
from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest
from tests.services.authenticator import enrol

_WRONG = "Your authentication information is incorrect. Please try again."


def test_a_new_user_changes_the_password_first(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("nora", "IAMUserChangePassword")
    console.iam.update_login_profile(UserName="nora", PasswordResetRequired=True)
    page.goto(console.url(f"/sign-in?account={console.server.account_id}&next=%2Fusers%3Ftext%3Dn"))
    require_accessible(page)
    page.get_by_role("textbox", name="IAM user name").fill("nora")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Enter the password.")).to_be_visible()
    type_password(page, PASSWORD)

    expect(page.get_by_text("Must be at least 8 characters long.")).to_be_visible()
    expect(page.locator(":focus")).to_have_text("Change your password")
    require_accessible(page)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("Confirm new password").fill("other")
    expect(page.get_by_text("The passwords do not match.")).to_be_visible()
    choose_password(page, "short")
    expect(page.get_by_text("Password does not conform to the account password policy.")).to_be_visible()
    choose_password(page)
    expect(page).to_have_url(console.url("/users?text=n"))

    page.context.clear_cookies()
    page.goto(console.url("/sign-in"))
    # The account is remembered.
    expect(page.get_by_role("textbox", name="Account ID or alias")).to_have_value(console.server.account_id)
    page.get_by_role("textbox", name="IAM user name").fill("nora")
    type_password(page, NEW_PASSWORD)
    expect(page.get_by_role("button", name="Account menu of nora")).to_be_visible()


def test_what_is_wrong_is_not_told(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("vera")
    page.goto(console.url("/sign-in"))
    for name, password in (("vera", "Wrong-Horse-7"), ("nobody", PASSWORD)):
        type_as_user(console, page, name, password)
        expect(page.get_by_text(_WRONG)).to_be_visible()
        # Whoever does not see the page hears of it.
        expect(page.locator(":focus")).to_contain_text(_WRONG)
    require_accessible(page)
    page.get_by_role("checkbox", name="Show Password").check()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    type_password(page, PASSWORD)
    expect(page.get_by_text(_WRONG)).to_be_visible()


def test_a_code_is_asked_for_and_good_once(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("cora")
    app = enrol(console.iam, "cora")
    page.goto(console.url("/sign-in"))
    type_as_user(console, page, "cora", PASSWORD)
    expect(page.get_by_role("heading", name="Additional verification required")).to_be_visible()
    field = page.get_by_role("textbox", name="MFA code")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("autocomplete", "one-time-code")
    require_accessible(page)
    enter_code(page, "12")
    expect(page.get_by_text("Enter the six digits of the code.")).to_be_visible()
    enter_code(page, "000000")
    refusal = page.get_by_text("The code is wrong, or was used already.")
    expect(refusal).to_be_visible()
    code = app.code()
    enter_code(page, code)
    expect(page.get_by_role("button", name="Account menu of cora")).to_be_visible()

    page.context.clear_cookies()
    page.goto(console.url("/sign-in"))
    type_as_user(console, page, "cora", PASSWORD)
    enter_code(page, code)
    expect(refusal).to_be_visible()
    page.get_by_role("button", name="Sign in as somebody else").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_who_guesses_has_to_wait(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("gina")
    account = console.server.setup.account_id
    guessed = [Counted(account, Subject.NAME, f"{account}/gina")]
    now = system_clock()
    with console.server.changing() as directory:
        for seconds_ago in (60, 60, 60, 60, 60, 50, 0):
            count_attempt(directory, guessed, now=now - timedelta(seconds=seconds_ago))
    page.goto(console.url("/sign-in"))
    type_as_user(console, page, "gina", PASSWORD)
    expect(page.get_by_text("Too many attempts")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Try again in [1-4] seconds?\."))).to_be_visible()
    button = page.get_by_role("button", name="Sign in", exact=True)
    expect(button).to_be_disabled()
    expect(page.get_by_text("You can try again now.")).to_be_visible()
    button.click()
    expect(page.get_by_role("button", name="Account menu of gina")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(console: ConsoleUnderTest, page: Page, elsewhere: str) -> None:
    name = f"emma-{len(elsewhere)}"
    console.create_user(name)
    page.goto(console.url(f"/sign-in?{urlencode({'next': elsewhere})}"))
    type_as_user(console, page, name, PASSWORD)
    expect(page).to_have_url(console.url("/"))


@pytest.mark.thorough
def test_an_expired_sign_in_starts_again(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("erna")
    enrol(console.iam, "erna")
    page.goto(console.url("/sign-in"))
    type_as_user(console, page, "erna", PASSWORD)
    expect(page.get_by_role("textbox", name="MFA code")).to_be_visible()
    context.clear_cookies()
    enter_code(page, "000000")
    expect(page.get_by_text("The sign-in took too long, or is over. Start again.")).to_be_visible()
    expect(page.get_by_role("textbox", name="IAM user name")).to_be_visible()


def test_a_lost_root_password_is_reset_by_code(console: ConsoleUnderTest, page: Page) -> None:
    setup = console.server.setup
    with console.server.changing() as directory:
        code = start_root_reset(directory, setup.account_id, now=system_clock())
    page.goto(console.url("/sign-in?root"))
    expect(page.get_by_role("radio", name="Root user")).to_be_checked()
    page.get_by_role("button", name="Forgotten the root password?").click()
    expect(page.get_by_text("ostiary root reset")).to_be_visible()
    page.get_by_role("link", name="set a new password").click()
    require_accessible(page)
    page.get_by_role("textbox", name="Root user email address").fill(setup.root_email)
    page.get_by_label("New password", exact=True).fill("Rooted-Pass-9")
    page.get_by_label("Confirm new password").fill("Rooted-Pass-9")
    send = page.get_by_role("button", name="Reset password")
    page.get_by_role("textbox", name="One-time code").fill("AAAA-AAAA")
    send.click()
    expect(page.get_by_text(_WRONG)).to_be_visible()
    page.get_by_role("textbox", name="One-time code").fill(code)
    send.click()
    page.get_by_role("link", name="Sign in").click()
    type_as_root(console, page, "Rooted-Pass-9")
    expect(page).to_have_url(console.url("/secure-account"))
