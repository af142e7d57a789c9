"""What is around every page: the way in, the way around, the way out."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.console_under_test import ConsoleUnderTest


def test_who_is_not_signed_in_is_sent_to_sign_in(console: ConsoleUnderTest, page: Page) -> None:
    page.goto(console.url("/users?filter=a"))
    expect(page).to_have_url(re.compile(r"/console/sign-in\?next=%2Fusers%3Ffilter%3Da$"))


def test_who_is_signed_in_sees_who_they_are(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))
    expect(page.get_by_role("button", name="Account menu of admin")).to_be_visible()
    page.get_by_role("link", name="Account settings").click()
    expect(page).to_have_url(console.url("/settings"))


def test_signing_out_ends_it(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))
    page.get_by_role("button", name="Account menu of admin").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/console/sign-in"))
    page.goto(console.url("/users"))
    expect(page).to_have_url(re.compile("/console/sign-in"))


def test_an_address_becomes_a_name(console: ConsoleUnderTest, page: Page) -> None:
    page.goto(f"{console.server.endpoint}/console/sign-in")
    expect(page).to_have_url(console.url("/sign-in"))
