"""One's own credentials: password, devices and sign-ins; and the page that lets a program sign in."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ostiary.credentials import mint_pkce_pair
from tests.browser.accessibility import require_accessible
from tests.browser.at_the_door import NEW_PASSWORD
from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest
from tests.browser.devices import scan_app

_DEVELOPER = "SignInLocalDevelopmentAccess"


def login_url(console: ConsoleUnderTest, redirect_uri: str) -> str:
    asked = {"redirect_uri": redirect_uri, "code_challenge": mint_pkce_pair().challenge, "state": "s-1"}
    return console.url(f"/login?{urlencode(asked)}")


@pytest.mark.thorough
def test_a_device_is_assigned_resynchronized_and_removed(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("dora", "IAMFullAccess")
    console.sign_in(context, "dora")
    page.goto(console.url("/security-credentials"))
    page.get_by_role("button", name="Assign MFA device").click()
    page.get_by_label("Device name").fill("a b")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_label("Device name").fill("phone")
    page.get_by_role("radio", name="Authenticator app").check()
    page.get_by_role("button", name="Next").click()
    app = scan_app(page.get_by_role("img", name="QR code to scan with an authenticator app"))
    require_accessible(page)
    page.get_by_label("MFA code 1").fill("000000")
    page.get_by_label("MFA code 2").fill("000001")
    page.get_by_role("button", name="Add MFA").click()
    expect(page.get_by_text("Authentication code for device is not valid.")).to_be_visible()
    page.get_by_label("MFA code 1").fill(app.code())
    page.get_by_label("MFA code 2").fill(app.code())
    page.get_by_role("button", name="Add MFA").click()
    expect(page.get_by_text("The MFA device was assigned.")).to_be_visible()
    serial_number = f"arn:aws:iam::{console.server.account_id}:mfa/phone"
    (device,) = console.iam.list_mfa_devices(UserName="dora")["MFADevices"]
    assert device["SerialNumber"] == serial_number

    page.get_by_role("radio", name=f"Select {serial_number}").check()
    page.get_by_role("button", name="Resync").click()
    app.skip(10)
    page.get_by_label("MFA code 1").fill(app.code())
    page.get_by_label("MFA code 2").fill(app.code())
    page.get_by_role("dialog").get_by_role("button", name="Resync").click()
    expect(page.get_by_text("The MFA device was resynchronized.")).to_be_visible()

    page.get_by_role("radio", name=f"Select {serial_number}").check()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The MFA device was removed.")).to_be_visible()
    assert console.iam.list_mfa_devices(UserName="dora")["MFADevices"] == []
    devices = console.iam.list_virtual_mfa_devices()["VirtualMFADevices"]
    assert serial_number not in {device["SerialNumber"] for device in devices}


@pytest.mark.thorough
def test_the_password_is_changed(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("petra", "IAMUserChangePassword")
    console.sign_in(context, "petra")
    page.goto(console.url("/security-credentials"))
    expect(page.get_by_text(f"arn:aws:iam::{console.server.account_id}:user/petra").first).to_be_visible()
    # What she may not see says so, and the rest works.
    expect(page.get_by_text("is not authorized to perform: iam:ListMFADevices")).to_be_visible()
    page.get_by_role("button", name="Update console password").click()
    page.get_by_label("Current password", exact=True).fill("Wrong-Horse-7")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Confirm new password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("dialog").get_by_text("AccessDenied")).to_be_visible()
    page.get_by_label("Current password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password was changed.")).to_be_visible()
    console.sign_in(context, "petra", NEW_PASSWORD)


def test_a_sign_in_is_ended_from_another_browser(
    console: ConsoleUnderTest, browser: Browser, context: BrowserContext, page: Page
) -> None:
    console.create_user("sara", "IAMReadOnlyAccess")
    elsewhere = browser.new_context(user_agent="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    console.sign_in(elsewhere, "sara")
    left_open = elsewhere.new_page()
    left_open.goto(console.url("/security-credentials"))
    expect(left_open.get_by_text("This session")).to_be_visible()

    console.sign_in(context, "sara")
    page.goto(console.url("/security-credentials"))
    sessions = page.get_by_role("table", name="Sign-in sessions")
    expect(sessions.get_by_text("This session")).to_have_count(1)
    require_accessible(page)
    page.get_by_role("button", name=re.compile("End the sign-in from 127.0.0.1, Firefox on Windows")).click()
    page.get_by_role("dialog").get_by_role("button", name="End").click()
    expect(page.get_by_text("The sign-in was ended.")).to_be_visible()
    expect(sessions.get_by_text("Firefox on Windows")).to_have_count(0)

    left_open.get_by_role("button", name="Refresh sign-in sessions").click()
    left_open.get_by_role("link", name="Users", exact=True).click()
    expect(left_open).to_have_url(re.compile("/console/sign-in"))
    elsewhere.close()


def test_only_the_root_user_secures_the_account(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/secure-account"))
    expect(page.get_by_text("Only the root user can secure the account.")).to_be_visible()


@pytest.mark.parametrize("decision", ["Allow", "Deny"])
def test_a_program_is_let_in_or_not(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, decision: str
) -> None:
    name = f"lina-{decision.lower()}"
    console.create_user(name, _DEVELOPER)
    console.sign_in(context, name)
    # Nobody listens there; where the browser is sent is what counts.
    context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="done"))
    page.goto(login_url(console, "http://127.0.0.1:9/callback"))
    expect(page.get_by_text("Waits at 127.0.0.1:9 on this computer")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name=decision, exact=True).click()
    expected = r"\?code=[^&]+&state=s-1$" if decision == "Allow" else r"\?error=access_denied&state=s-1$"
    expect(page).to_have_url(re.compile(r"^http://127\.0\.0\.1:9/callback" + expected))


@pytest.mark.thorough
def test_a_refusal_of_the_grant_is_shown(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("nele")
    console.sign_in(context, "nele")
    page.goto(login_url(console, "http://localhost:9/callback"))
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_text("is not authorized to perform: signin:AuthorizeOAuth2Access")).to_be_visible()


@pytest.mark.thorough
def test_no_other_machine_is_let_in(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    for elsewhere in (
        "https://evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1@evil.example/callback",
        "http://user@127.0.0.1:9/callback",
        "javascript:alert(1)",
        "https://127.0.0.1:9/callback",
        "",
    ):
        page.goto(login_url(console, elsewhere))
        expect(page.get_by_text("This request cannot be granted")).to_be_visible()
        expect(page.get_by_role("button", name="Deny", exact=True)).to_have_count(0)
