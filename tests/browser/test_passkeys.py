"""Passkeys in a real browser: given to oneself, used after a password and in its place, and copied."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.at_the_door import type_as_user
from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest
from tests.browser.devices import Laptop, scan_app
from tests.services.authenticator import enrol

_MAY_ENROL = "IAMFullAccess"


@contextmanager
def mfa_required(console: ConsoleUnderTest) -> Iterator[None]:
    """Let nobody in without a second factor meanwhile."""
    ostiary = console.server.client("ostiary", console.server.admin)
    ostiary.update_account_settings(MfaRequired=True)
    yield
    ostiary.update_account_settings(MfaRequired=False)


def register(page: Page, console: ConsoleUnderTest, name: str) -> None:
    """Give oneself a passkey in the console, and sign out."""
    page.goto(console.url("/security-credentials"))
    page.get_by_role("button", name="Assign MFA device").click()
    page.get_by_label("Device name").fill("laptop")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("The MFA device was assigned.")).to_be_visible()
    (device,) = console.iam.list_mfa_devices(UserName=name)["MFADevices"]
    assert f":u2f/user/{name}/laptop-" in device["SerialNumber"]
    expect(page.get_by_role("cell", name="Passkeys and security keys")).to_be_visible()
    page.context.clear_cookies()
    page.goto(console.url("/sign-in"))


def signed_in_as(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=f"Account menu of {name}")).to_be_visible()


def test_a_passkey_is_given_and_used(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("paula", _MAY_ENROL)
    laptop = Laptop.of(page)
    console.sign_in(page.context, "paula")
    register(page, console, "paula")

    # After a password it is asked for by itself, as there is no other device.
    laptop.refuse()
    type_as_user(console, page, "paula", PASSWORD)
    expect(page.get_by_text("The passkey was not used: the request was cancelled")).to_be_visible()
    require_accessible(page)
    laptop.refuse(refuses=False)
    page.get_by_role("button", name="Use passkey").click()
    signed_in_as(page, "paula")

    # And it is enough alone.
    page.context.clear_cookies()
    page.goto(console.url("/sign-in"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    signed_in_as(page, "paula")
    page.goto(console.url("/security-credentials"))
    expect(page.get_by_text("Signed in with MFA")).to_be_visible()


@pytest.mark.thorough
def test_a_copy_of_a_passkey_is_refused(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("klara", _MAY_ENROL)
    laptop = Laptop.of(page)
    console.sign_in(page.context, "klara")
    register(page, console, "klara")
    type_as_user(console, page, "klara", PASSWORD)
    signed_in_as(page, "klara")
    page.context.clear_cookies()
    laptop.set_back(0)
    page.goto(console.url("/sign-in"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    refusal = page.get_by_text("The passkey was refused: its signature counter did not go up")
    expect(refusal).to_be_visible()
    laptop.set_back(0)
    type_as_user(console, page, "klara", PASSWORD)
    expect(refusal).to_be_visible()


@pytest.mark.thorough
def test_who_has_both_may_choose(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("bea", _MAY_ENROL)
    Laptop.of(page)
    console.sign_in(page.context, "bea")
    register(page, console, "bea")
    enrol(console.iam, "bea")
    type_as_user(console, page, "bea", PASSWORD)
    expect(page.get_by_role("textbox", name="MFA code")).to_be_visible()
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.get_by_role("button", name="Use an authenticator app").click()
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.get_by_role("button", name="Use passkey").click()
    signed_in_as(page, "bea")


@pytest.mark.thorough
def test_an_unknown_passkey_opens_nothing(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("fran", _MAY_ENROL)
    Laptop.of(page)
    console.sign_in(page.context, "fran")
    register(page, console, "fran")
    (device,) = console.iam.list_mfa_devices(UserName="fran")["MFADevices"]
    console.iam.deactivate_mfa_device(UserName="fran", SerialNumber=device["SerialNumber"])
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey is not known here, or could not be verified.")).to_be_visible()


def test_an_account_that_requires_mfa_gives_a_passkey_at_sign_in(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("mina")
    Laptop.of(page)
    with mfa_required(console):
        page.goto(console.url("/sign-in"))
        type_as_user(console, page, "mina", PASSWORD)
        expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
        require_accessible(page)
        page.get_by_role("button", name="Next").click()
        signed_in_as(page, "mina")
    (device,) = console.iam.list_mfa_devices(UserName="mina")["MFADevices"]
    assert ":u2f/user/mina/passkey-" in device["SerialNumber"]


@pytest.mark.thorough
def test_or_takes_an_authenticator_app(console: ConsoleUnderTest, page: Page) -> None:
    console.create_user("toni")
    with mfa_required(console):
        page.goto(console.url("/sign-in"))
        type_as_user(console, page, "toni", PASSWORD)
        page.get_by_role("radio", name="Authenticator app").check()
        page.get_by_role("button", name="Next").click()
        app = scan_app(page.get_by_role("img", name="QR code to scan with an authenticator app"))
        require_accessible(page)
        page.get_by_label("MFA code 1").fill("000000")
        page.get_by_label("MFA code 2").fill("111111")
        page.get_by_role("button", name="Register MFA").click()
        expect(page.get_by_text(re.compile("not two codes in a row"))).to_be_visible()
        page.get_by_label("MFA code 1").fill(app.code())
        page.get_by_label("MFA code 2").fill(app.code())
        page.get_by_role("button", name="Register MFA").click()
        signed_in_as(page, "toni")
    (device,) = console.iam.list_mfa_devices(UserName="toni")["MFADevices"]
    assert device["SerialNumber"].endswith(":mfa/toni")
