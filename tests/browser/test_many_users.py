"""Ten thousand users: shown while they come, paged through, filtered, sorted, opened."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import insert

from ostiary.credentials import mint_unique_id
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

_MANY = 10_000
# On a machine that does other things besides.
_PATIENCE_MS = 60_000


@pytest.fixture(scope="module", autouse=True)
def many_users(console: ConsoleUnderTest) -> None:
    account, now = console.server.setup.account_id, system_clock()
    rows = [
        {
            "account_id": account,
            "user_id": mint_unique_id("AIDA", account),
            "name": f"person-{number:05}",
            "name_key": f"person-{number:05}",
            "path": f"/floor-{number % 10}/",
            "created_at": now,
        }
        for number in range(_MANY)
    ]
    with console.server.changing() as directory:
        directory.connection.execute(insert(schema.users), rows)


@pytest.mark.thorough
def test_they_are_listed_paged_filtered_and_opened(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    began = time.monotonic()
    page.goto(console.url("/users"))
    users = page.get_by_role("grid", name="Users")
    expect(users.get_by_role("link", name="person-00000")).to_be_visible()
    first = time.monotonic() - began
    # The first administrator is there as well.
    expect(page.get_by_text(f"({_MANY + 1})", exact=True)).to_be_visible(timeout=_PATIENCE_MS)
    whole = time.monotonic() - began
    print(f"\n{_MANY} users: the first rows after {first:.1f} s, all after {whole:.1f} s")  # noqa: T201 - figures to be kept
    require_accessible(page)

    page.get_by_role("button", name="Next page").click()
    expect(users.get_by_role("link", name="person-00019")).to_be_visible()
    page.get_by_role("button", name="Page 501").click()
    expect(users.get_by_role("link", name=f"person-{_MANY - 1:05}")).to_be_visible()
    page.get_by_role("searchbox", name="Find a user").fill("floor-7")
    expect(page.get_by_text("1000 matches", exact=True).first).to_be_visible()
    page.get_by_role("searchbox", name="Find a user").fill("person-04321")
    expect(page.get_by_text("1 match", exact=True).first).to_be_visible()
    users.get_by_role("link", name="person-04321").click()
    expect(page.get_by_role("heading", name="person-04321", exact=True)).to_be_visible()
    arn = f"arn:aws:iam::{console.server.account_id}:user/floor-1/person-04321"
    expect(page.get_by_text(arn, exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text(f"({_MANY + 1})", exact=True)).to_be_visible(timeout=_PATIENCE_MS)
    users.get_by_role("button", name="User name").press("Enter")
    expect(users.get_by_role("link", name=f"person-{_MANY - 1:05}")).to_be_visible()
