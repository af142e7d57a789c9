"""What a person does at the sign-in page."""

from playwright.sync_api import Page, expect

from tests.browser.console_under_test import ConsoleUnderTest

NEW_PASSWORD = "Another-Horse-8"


def type_as_user(console: ConsoleUnderTest, page: Page, name: str, password: str) -> None:
    """Type a user's name and password, and send them."""
    page.get_by_role("textbox", name="Account ID or alias").fill(console.server.account_id)
    page.get_by_role("textbox", name="IAM user name").fill(name)
    type_password(page, password)


def type_as_root(console: ConsoleUnderTest, page: Page, password: str) -> None:
    """Type the root user's e-mail address and password, and send them."""
    page.get_by_role("radio", name="Root user").check()
    page.get_by_role("textbox", name="Root user email address").fill(console.server.setup.root_email)
    type_password(page, password)


def type_password(page: Page, password: str) -> None:
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def choose_password(page: Page, password: str = NEW_PASSWORD) -> None:
    """Choose a new password where the sign-in asks for one."""
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("Confirm new password").fill(password)
    page.get_by_role("button", name="Confirm password change").click()


def enter_code(page: Page, code: str) -> None:
    page.get_by_role("textbox", name="MFA code").fill(code)
    page.get_by_role("button", name="Submit").click()
