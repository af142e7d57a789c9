"""The dashboard: what to mend in the account, what there is in it, and what is not shown to whom."""

import json
import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import insert, update

from ostiary.directory import accounts, users
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

_EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_MANY = 10_000
_PATIENCE_SECONDS = 20
"""It took three and a half on two busy cores; the rest is for machines that are busier."""


def point(page: Page, text: str | re.Pattern[str]) -> Locator:
    """Return the point of the recommendations that has a text."""
    return page.get_by_role("listitem").filter(has_text=text)


def age_access_keys(console: ConsoleUnderTest, user_name: str, days: int) -> None:
    """Make a user's access keys older than they are."""
    with console.server.changing() as directory:
        user = users.get_user(directory, console.server.setup.account_id, user_name)
        keys = schema.access_keys
        directory.connection.execute(
            update(keys)
            .where(keys.c.account_id == user.account, keys.c.user_id == user.user_id)
            .values(created_at=system_clock() - timedelta(days=days))
        )


def test_what_to_mend_is_shown_with_where(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("direct", "AdministratorAccess")
    console.iam.create_policy(PolicyName="Everything", PolicyDocument=json.dumps(_EVERYTHING))
    console.iam.create_user(UserName="robot")
    console.iam.create_access_key(UserName="robot")
    age_access_keys(console, "robot", 91)
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))

    expect(point(page, "Add MFA for root user")).to_contain_text("high")
    expect(point(page, "Add MFA for 2 users with console access")).to_contain_text("admin, direct")
    expect(point(page, "Narrow 1 policy that allows everything").get_by_role("link")).to_have_text("Everything")
    expect(point(page, "not to 1 user directly").get_by_role("link")).to_have_text("direct")
    expect(point(page, "Rotate access keys of 1 user")).to_contain_text("robot")
    expect(point(page, "Remove unused credentials of 1 user")).to_contain_text("robot")
    expect(point(page, "Set a password policy").get_by_role("link")).to_have_attribute("href", "/console/settings")
    expect(point(page, "Root user has no access keys")).to_be_visible()
    expect(page.get_by_role("heading", name="Security recommendations (7)")).to_be_visible()
    expect(page.get_by_role("link", name="Users: 3")).to_be_visible()
    require_accessible(page)

    point(page, "Rotate access keys").get_by_role("link", name="robot").click()
    expect(page).to_have_url(console.url("/users/robot"))


@pytest.mark.thorough
def test_what_was_mended_is_good(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.update_account_password_policy(MinimumPasswordLength=14)
    console.server.create_root_key()
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))
    expect(point(page, "at least 14 characters")).to_be_visible()
    mended = point(page, "Delete access keys of root user")
    expect(mended).to_contain_text("Sign in as the root user")
    with console.server.changing() as directory:
        account = console.server.setup.account_id
        directory.connection.execute(
            schema.access_keys.delete().where(
                schema.access_keys.c.account_id == account, schema.access_keys.c.user_id.is_(None)
            )
        )
    page.get_by_role("button", name="Refresh security recommendations").click()
    expect(point(page, "Root user has no access keys")).to_be_visible()


@pytest.mark.thorough
def test_what_is_refused_says_so_and_the_rest_is_there(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("modest")
    may = {"Effect": "Allow", "Action": ["iam:GetAccountSummary"], "Resource": "*"}
    console.iam.put_user_policy(
        UserName="modest",
        PolicyName="Sees",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": may}),
    )
    console.sign_in(context, "modest")
    page.goto(console.url("/"))
    expect(point(page, "Add MFA for root user")).to_be_visible()
    for subject, action in {
        "MFA of users with console access": "iam:GenerateCredentialReport",
        "Customer managed policies": "iam:GetAccountAuthorizationDetails",
        "Users with AdministratorAccess": "iam:ListEntitiesForPolicy",
        "Password policy": "iam:GetAccountPasswordPolicy",
    }.items():
        expect(point(page, subject)).to_contain_text(f"is not authorized to perform: {action}")
    expect(page.get_by_text(console.server.account_id, exact=True)).to_be_visible()
    expect(page.get_by_text("sign-in?account=")).to_be_visible()
    require_accessible(page)


@pytest.mark.thorough
def test_it_fits_a_narrow_dark_page(console: ConsoleUnderTest, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    console.sign_in_as_admin(context)
    page = context.new_page()
    page.goto(console.url("/"))
    expect(point(page, "Root user has no access keys")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    require_accessible(page)
    context.close()


@pytest.mark.thorough
def test_ten_thousand_users_are_looked_at_in_little_time(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    with console.server.changing() as directory:
        common = {"account_id": console.server.account_id, "created_at": system_clock() - timedelta(days=100)}
        people = [{"user_id": f"U{n}", "name": f"u{n}", "name_key": f"u{n}", "path": "/"} for n in range(_MANY)]
        directory.connection.execute(insert(schema.users), [{**common, **person} for person in people])
        keys = [
            {"access_key_id": f"K{n}", "user_id": f"U{n}", "sealed_secret": b"", "active": True} for n in range(_MANY)
        ]
        directory.connection.execute(insert(schema.access_keys), [{**common, **key} for key in keys])
        accounts.raise_revision(directory, console.server.setup.account_id, access=False)
    console.sign_in_as_admin(context)
    start = time.perf_counter()
    page.goto(console.url("/"))
    # The robot of another test has an old key too, where that test has run.
    rotate = point(page, re.compile(r"Rotate access keys of 10,00\d users"))
    expect(rotate).to_contain_text(re.compile(r"and 9,99\d more"), timeout=60_000)
    seconds = time.perf_counter() - start
    print(f"\ndashboard of {_MANY:,} users: {seconds:.1f} s")  # noqa: T201 - whoever runs it with -s sees the figure
    expect(page.get_by_role("link", name=re.compile(r"Users: 10\d{3}"))).to_be_visible()
