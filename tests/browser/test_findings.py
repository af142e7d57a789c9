"""Controls and findings: what fails and how to mend it, and letting it be for a reason that is kept."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.browser.test_groups import allow
from tests.conftest import RunningServer
from tests.services.evaluating import evaluate

_EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
_WIDE_OPEN = "Customer managed policies should not allow everything"
_REASON = "Agreed with the auditors until the move is done"
_ROUNDS = 10


@pytest.fixture(scope="module")
def held(console: ConsoleUnderTest) -> ConsoleUnderTest:
    """A console on an account that was held to its controls, with one policy that allows everything."""
    console.iam.create_policy(PolicyName="Everything", PolicyDocument=_EVERYTHING)
    # The server's own job may be at it, and have begun before the policy was there.
    for _ in range(_ROUNDS):
        evaluate(console.server)
        if finding(console):
            return console
    raise AssertionError("the policy was not found")


def finding(console: ConsoleUnderTest) -> dict[str, object]:
    """Return the finding about the policy, as Security Hub's API has it; nothing before it is there."""
    hub = console.server.client("securityhub", console.server.admin)
    filters = {
        "ComplianceSecurityControlId": [{"Value": "IAM.1", "Comparison": "EQUALS"}],
        "ComplianceStatus": [{"Value": "FAILED", "Comparison": "EQUALS"}],
    }
    found: list[dict[str, object]] = hub.get_findings(Filters=filters)["Findings"]
    return found[0] if found else {}


def control(page: Page, title: str) -> Locator:
    return page.get_by_role("grid", name="Controls").get_by_role("row").filter(has_text=title)


def resource(page: Page, name: str) -> Locator:
    return page.get_by_role("grid", name="Resources").get_by_role("row").filter(has_text=name)


def test_what_fails_is_let_be_for_a_reason_and_not_any_more(
    held: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    held.sign_in_as_admin(context)
    page.goto(held.url("/"))
    page.get_by_role("link", name=re.compile("Critical and high findings: [1-9]")).click()
    expect(page).to_have_url(held.url("/findings?severity=CRITICAL,HIGH&state=failing"))
    expect(control(page, _WIDE_OPEN)).to_contain_text("Failing")
    expect(control(page, "The root user should have no access key")).to_have_count(0)
    require_accessible(page)

    control(page, _WIDE_OPEN).get_by_role("link").click()
    expect(page.get_by_text("How to mend it")).to_be_visible()
    expect(resource(page, "Everything")).to_contain_text("Failed")
    href = resource(page, "Everything").get_by_role("link").get_attribute("href")
    assert href == f"/console/policies/arn%3Aaws%3Aiam%3A%3A{held.server.account_id}%3Apolicy%2FEverything"
    require_accessible(page)

    resource(page, "Everything").get_by_role("checkbox").check()
    page.get_by_role("button", name="Suppress", exact=True).click()
    dialogue = page.get_by_role("dialog", name="Suppress Everything")
    expect(dialogue.get_by_role("button", name="Suppress")).to_be_disabled()
    dialogue.get_by_label("Reason").fill(_REASON)
    require_accessible(page)
    dialogue.get_by_role("button", name="Suppress").click()
    expect(resource(page, "Everything")).to_contain_text("Suppressed by admin")
    expect(resource(page, "Everything")).to_contain_text(_REASON)
    assert finding(held)["Workflow"] == {"Status": "SUPPRESSED"}

    evaluate(held.server)
    page.get_by_role("link", name="Controls and findings").first.click()
    page.get_by_role("searchbox", name="Find a control").fill("IAM.1 ")
    expect(control(page, _WIDE_OPEN)).to_contain_text("Suppressed")
    control(page, _WIDE_OPEN).get_by_role("link").click()
    resource(page, "Everything").get_by_role("checkbox").check()
    page.get_by_role("button", name="Stop suppressing").click()
    dialogue = page.get_by_role("dialog", name="Stop suppressing Everything")
    dialogue.get_by_label("Reason").fill("The move is done")
    dialogue.get_by_role("button", name="Stop suppressing").click()
    expect(resource(page, "Everything")).to_contain_text("Failed")
    resource(page, "Everything").get_by_role("button", name=re.compile("History of")).click()
    history = page.get_by_role("dialog", name="History of Everything").get_by_role("row")
    expect(history).to_contain_text(["Time", "SUPPRESSED → NEW", "NEW → SUPPRESSED", "First looked at"])
    expect(history.nth(2)).to_contain_text(_REASON)
    expect(history.nth(2)).to_contain_text("admin")
    require_accessible(page)


@pytest.mark.thorough
def test_who_may_look_but_not_suppress_is_told_so(held: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    held.create_user("auditor", "SecurityAudit")
    held.sign_in(context, "auditor")
    page.goto(held.url("/findings/IAM.1"))
    resource(page, "Everything").get_by_role("checkbox").check()
    page.get_by_role("button", name="Suppress", exact=True).click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Reason").fill("Let it be")
    dialogue.get_by_role("button", name="Suppress").click()
    expect(
        dialogue.get_by_text(re.compile("not authorized to perform: securityhub:BatchUpdateFindings"))
    ).to_be_visible()


@pytest.mark.thorough
def test_who_may_not_look_is_told_so(held: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    held.create_user("blind")
    held.iam.put_user_policy(
        UserName="blind", PolicyName="See", PolicyDocument=allow("securityhub:ListSecurityControlDefinitions")
    )
    held.sign_in(context, "blind")
    refusal = page.get_by_text(re.compile("not authorized to perform: securityhub:GetFindings")).first
    for path in ("/findings", "/findings/IAM.1"):
        page.goto(held.url(path))
        expect(refusal).to_be_visible()
        expect(page.get_by_text("Nothing fails")).to_have_count(0)
    require_accessible(page)
    page.goto(held.url("/"))
    expect(page.get_by_text("No permission")).to_have_count(2)


@pytest.mark.thorough
def test_before_the_first_evaluation_nothing_is_said_to_be_well(
    start_server: Callable[..., RunningServer], context: BrowserContext, page: Page
) -> None:
    console = ConsoleUnderTest(start_server())
    console.sign_in_as_admin(context)
    # The server's own job is at work as soon as it starts, so what it has found is held back.
    page.route(f"{console.origin}/findings", lambda route: route.fulfill(json={"Findings": []}))
    page.goto(console.url("/findings"))
    expect(page.get_by_text("The account has not been held to its controls yet.")).to_be_visible()
    expect(page.get_by_text("Nothing fails")).to_have_count(0)
    page.goto(console.url("/"))
    expect(page.get_by_text("Not evaluated yet")).to_be_visible()


@pytest.mark.thorough
def test_what_is_too_much_to_count_is_not_said_to_be_well(
    held: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    held.sign_in_as_admin(context)
    many = [{**finding(held), "Id": str(number)} for number in range(100)]
    page.route(f"{held.origin}/findings", lambda route: route.fulfill(json={"Findings": many, "NextToken": "more"}))
    page.goto(held.url("/findings"))
    expect(page.get_by_role("link", name="High: 1,000+ failing")).to_be_visible()
    expect(page.get_by_role("link", name="Critical: 0 failing")).to_be_visible()
    expect(page.get_by_role("link", name="Medium: 0+ failing")).to_be_visible()
    expect(control(page, _WIDE_OPEN)).to_contain_text("1,000+")
    page.get_by_role("searchbox", name="Find a control").fill("The root user should")
    expect(control(page, "The root user should have no access key")).to_contain_text("Nothing fails")
    expect(control(page, "The root user should not be used for everyday work")).to_contain_text("Not known")


@pytest.mark.thorough
def test_they_fit_a_narrow_dark_page(held: ConsoleUnderTest, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    held.sign_in_as_admin(context)
    page = context.new_page()
    for path, heading in {"/findings": "Controls and findings", "/findings/IAM.1": _WIDE_OPEN}.items():
        page.goto(held.url(path))
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        require_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 400, path
    context.close()
