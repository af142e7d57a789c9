"""Alerts: what people are to know of, where it comes from, and what became of telling them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import insert, select

from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.conftest import RunningServer

_WORD = "AdministratorAccess, which allows everything, was attached to the user careless"


def alert(page: Page, text: str) -> Locator:
    return page.get_by_role("grid", name="Alerts").get_by_role("row").filter(has_text=text)


def send(console: ConsoleUnderTest, channel: str, status: str, **facts: object) -> None:
    """Note what became of sending each alert to a channel, as the thread does that sends them."""
    alerts, deliveries = schema.alerts, schema.alert_deliveries
    with console.server.changing() as directory:
        for row in directory.connection.execute(select(alerts.c.account_id, alerts.c.alert_id)).all():
            values = {"account_id": row.account_id, "alert_id": row.alert_id, "channel": channel, "status": status}
            directory.connection.execute(insert(deliveries).values(begun_after=0, **values, **facts))


def test_an_alert_leads_to_its_event_and_says_whom_it_was_told(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.iam.create_user(UserName="careless")
    console.iam.attach_user_policy(UserName="careless", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))
    expect(page.get_by_text(_WORD)).to_be_visible()
    page.get_by_role("link", name="All alerts").click()
    expect(page.get_by_text("Alerts are only shown here")).to_be_visible()
    expect(alert(page, _WORD)).to_contain_text("High")
    expect(alert(page, _WORD).get_by_role("link", name="careless", exact=True)).to_have_attribute(
        "href", "/console/users/careless"
    )
    require_accessible(page)

    now = system_clock()
    send(console, "pager", "delivered", attempts=1, delivered_at=now)
    later = now + timedelta(hours=2, minutes=5)
    send(console, "mail", "pending", attempts=3, next_attempt_at=later, last_error="the mail server takes too long")
    page.get_by_role("button", name="Refresh alerts").click()
    expect(alert(page, _WORD)).to_contain_text("pager: delivered")
    expect(alert(page, _WORD)).to_contain_text("3 attempts. Next attempt: in 2 hours. timed out")
    expect(page.get_by_text("Alerts are only shown here")).to_have_count(0)
    require_accessible(page)

    page.get_by_role("button", name="Send test alert").click()
    expect(alert(page, "Informational")).to_contain_text("test")
    alert(page, _WORD).get_by_role("link", name=f"Event of: {_WORD}").click()
    expect(page.get_by_role("heading", name="AttachUserPolicy")).to_be_visible()


@pytest.mark.thorough
def test_who_may_not_look_is_told_so(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("blind")
    console.sign_in(context, "blind")
    page.goto(console.url("/alerts"))
    expect(page.get_by_text(re.compile("not authorized to perform: ostiary:ListAlerts"))).to_be_visible()
    expect(page.get_by_text("Alerts are only shown here")).to_have_count(0)


@pytest.mark.thorough
def test_there_is_nothing_to_know_of_at_first(
    start_server: Callable[..., RunningServer], context: BrowserContext, page: Page
) -> None:
    console = ConsoleUnderTest(start_server())
    console.sign_in_as_admin(context)
    page.goto(console.url("/alerts"))
    expect(page.get_by_text("There are no alerts here yet.")).to_be_visible()
    require_accessible(page)


@pytest.mark.thorough
def test_they_fit_a_narrow_dark_page(console: ConsoleUnderTest, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    console.sign_in_as_admin(context)
    page = context.new_page()
    page.goto(console.url("/alerts"))
    page.get_by_role("button", name="Send test alert").click()
    expect(alert(page, "Informational").first).to_be_visible()
    require_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    context.close()
