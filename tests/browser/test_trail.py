"""The event history: who did what, looked up as CloudTrail does."""

import re

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

_PAGE = 50


def rows(page: Page) -> Locator:
    """Return the events that are shown."""
    return page.get_by_role("grid", name="Event history").get_by_role("row").filter(has=page.get_by_role("link"))


def choose(page: Page, attribute: str) -> None:
    page.get_by_role("button", name="Lookup attribute").click()
    page.get_by_role("option", name=attribute).click()


def test_changes_are_there_and_an_event_tells_all(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.iam.create_user(UserName="watched")
    console.iam.list_users()
    try:
        console.iam.delete_user(UserName="missing")
    except ClientError as error:
        assert error.response["Error"]["Code"] == "NoSuchEntity"  # noqa: PT017 - it is what the page has to show
    console.sign_in_as_admin(context)
    page.goto(console.url("/trail"))
    expect(rows(page).filter(has_text="DeleteUser")).to_contain_text("NoSuchEntity")
    expect(rows(page).filter(has_text="ConsoleLogin")).to_contain_text("signin.amazonaws.com")
    expect(rows(page).filter(has_text="ListUsers")).to_have_count(0)
    require_accessible(page)

    rows(page).filter(has_text="watched").get_by_role("link", name="CreateUser").click()
    expect(page.get_by_role("heading", name="CreateUser")).to_be_visible()
    expect(page.get_by_text("127.0.0.1").first).to_be_visible()
    expect(page.get_by_text('"eventName": "CreateUser"')).to_be_visible()
    require_accessible(page)
    resource = page.get_by_role("row").filter(has_text="AWS::IAM::User").filter(has_text="watched").first
    expect(resource.get_by_role("link", name="watched").first).to_have_attribute("href", "/console/users/watched")
    resource.get_by_role("link", name="Events of this resource").click()
    expect(page).to_have_url(re.compile("/trail\\?resource="))
    expect(rows(page)).to_have_count(1)


@pytest.mark.thorough
def test_events_are_looked_up_by_an_attribute(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("busy", "IAMReadOnlyAccess")
    console.sign_in(context, "busy")
    console.sign_in_as_admin(context)
    page.goto(console.url("/trail?user=busy"))
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("ConsoleLogin")

    choose(page, "Event name")
    page.get_by_role("searchbox", name="Event name").fill("CreateLoginProfile")
    page.get_by_role("button", name="Look up").click()
    expect(page).to_have_url(console.url("/trail?event=CreateLoginProfile"))
    expect(rows(page)).to_contain_text(["busy"])

    page.get_by_role("searchbox", name="Event name").fill("NoSuchEvent")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No event matches.")).to_be_visible()

    choose(page, "All events")
    expect(rows(page).filter(has_text="CreateLoginProfile")).to_have_count(1)


@pytest.mark.thorough
def test_a_range_of_time_goes_into_the_address(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.create_group(GroupName="lately")
    console.sign_in_as_admin(context)
    page.goto(console.url("/trail?event=CreateGroup"))
    page.get_by_role("button", name="Time range").click()
    page.get_by_role("radio", name="Last 1 hour").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(console.url("/trail?event=CreateGroup&last=1-hour"))
    expect(rows(page)).to_contain_text(["lately"])
    page.goto(console.url("/trail?event=CreateGroup&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z"))
    expect(page.get_by_text("No event matches.")).to_be_visible()


@pytest.mark.thorough
def test_older_pages_are_loaded_as_one_goes_on(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.create_user(UserName="tagged")
    for number in range(_PAGE + 10):
        console.iam.tag_user(UserName="tagged", Tags=[{"Key": "n", "Value": str(number)}])
    console.sign_in_as_admin(context)
    page.goto(console.url("/trail?event=TagUser"))
    expect(page.get_by_role("heading", name="Event history (50+)")).to_be_visible()
    expect(rows(page)).to_have_count(_PAGE)
    page.get_by_role("button", name="Next page").click()
    expect(rows(page)).to_have_count(10)
    expect(page.get_by_role("heading", name="Event history (60)")).to_be_visible()


@pytest.mark.thorough
def test_who_may_not_look_is_told_so(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("blind")
    console.sign_in(context, "blind")
    page.goto(console.url("/trail"))
    expect(page.get_by_text(re.compile("not authorized to perform: cloudtrail:LookupEvents"))).to_be_visible()
    expect(page.get_by_text("No event matches.")).to_have_count(0)


@pytest.mark.thorough
def test_it_fits_a_narrow_dark_page(console: ConsoleUnderTest, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    console.sign_in_as_admin(context)
    page = context.new_page()
    page.goto(console.url("/trail"))
    rows(page).filter(has_text="ConsoleLogin").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Event record")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    require_accessible(page)
    context.close()
