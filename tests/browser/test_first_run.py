"""The first sign-in as the root user, and all that follows until somebody else does the daily work."""

import re

from playwright.sync_api import Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.at_the_door import NEW_PASSWORD, choose_password, enter_code, type_as_root, type_password
from tests.browser.console_under_test import ConsoleUnderTest
from tests.browser.devices import scan_app


def test_a_new_account_is_secured(console: ConsoleUnderTest, page: Page) -> None:
    setup = console.server.setup
    page.goto(console.url("/sign-in?root"))
    type_as_root(console, page, setup.root_password or "")
    choose_password(page)

    # Nothing else is shown first to a root user who has no MFA.
    expect(page).to_have_url(console.url("/secure-account"))
    expect(page.get_by_role("heading", name="Secure your account")).to_be_visible()
    banner = page.get_by_role("link", name="Secure the account now: it has no MFA.")
    expect(banner).to_be_visible()
    expect(page.get_by_text("There is one: admin.")).to_be_visible()
    expect(page.get_by_text("Done", exact=True)).to_have_count(2)
    require_accessible(page)

    page.get_by_role("button", name="Assign MFA device").click()
    page.get_by_role("radio", name="Authenticator app").check()
    page.get_by_role("button", name="Next").click()
    app = scan_app(page.get_by_role("img", name="QR code to scan with an authenticator app"))
    page.get_by_label("MFA code 1").fill(app.code())
    page.get_by_label("MFA code 2").fill(app.code())
    page.get_by_role("button", name="Add MFA").click()
    expect(page.get_by_text("The MFA device was assigned.")).to_be_visible()
    expect(page.get_by_text("Done", exact=True)).to_have_count(3)
    expect(banner).to_have_count(0)

    page.get_by_label("Create an administrator").fill("olga")
    page.get_by_role("button", name="Create administrator").click()
    page.get_by_role("button", name="Show console password").click()
    password = page.locator("code").last.inner_text()
    expect(page.get_by_text("There are 2: admin, olga.")).to_be_visible()
    page.get_by_role("button", name="Sign out and sign in as administrator").click()

    expect(page.get_by_role("textbox", name="Account ID or alias")).to_have_value(setup.account_id)
    page.get_by_role("textbox", name="IAM user name").fill("olga")
    type_password(page, password)
    choose_password(page)
    expect(page.get_by_role("button", name="Account menu of olga")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/console/$"))
    assert console.iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1

    # The root user needs both from then on.
    page.context.clear_cookies()
    page.goto(console.url("/sign-in?root"))
    type_as_root(console, page, NEW_PASSWORD)
    enter_code(page, app.code())
    expect(page.get_by_role("button", name="Account menu of root user")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/console/$"))

    # And changes the password without being asked, while keys are warned of.
    page.goto(console.url("/security-credentials"))
    expect(page.get_by_text("Do not create access keys for the root user")).to_be_visible()
    page.get_by_role("button", name="Update console password").click()
    page.get_by_label("Current password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password", exact=True).fill("Third-Horse-9")
    page.get_by_label("Confirm new password").fill("Third-Horse-9")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password was changed.")).to_be_visible()
