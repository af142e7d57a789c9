"""Account settings: what a person sets for everybody, and what one sees who may not."""

import re

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest
from tests.browser.test_groups import allow


def test_the_password_policy(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    iam = console.iam
    console.sign_in_as_admin(context)
    page.goto(console.url("/settings"))
    expect(page.get_by_text("This account uses the default password policy of IAM:")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Edit password policy").click()
    dialogue = page.get_by_role("dialog", name="Edit password policy")
    dialogue.get_by_role("radio", name="Custom").check()
    dialogue.get_by_label("Password minimum length").fill("5")
    expect(dialogue.get_by_text("Enter a number from 6 to 128.")).to_be_visible()
    expect(dialogue.get_by_role("button", name="Save changes")).to_be_disabled()
    dialogue.get_by_label("Password minimum length").fill("14")
    for requirement in ("uppercase letter", "one number", "Turn on password expiration", "Prevent password reuse"):
        dialogue.get_by_role("checkbox", name=re.compile(requirement)).check()
    dialogue.get_by_label("Expire passwords in days").fill("60")
    dialogue.get_by_label("Remember passwords").fill("24")
    require_accessible(page)
    dialogue.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Password expires in 60 day(s)")).to_be_visible()
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 14,
        "RequireUppercaseCharacters": True,
        "RequireLowercaseCharacters": False,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "AllowUsersToChangePassword": True,
        "ExpirePasswords": True,
        "MaxPasswordAge": 60,
        "HardExpiry": False,
        "PasswordReusePrevention": 24,
    }

    page.get_by_role("button", name="Edit password policy").click()
    dialogue.get_by_role("radio", name="IAM default").check()
    dialogue.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("This account uses the default password policy of IAM:")).to_be_visible()
    with pytest.raises(ClientError, match="NoSuchEntity"):
        iam.get_account_password_policy()


@pytest.mark.thorough
def test_the_alias_and_the_sign_in_url(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/settings"))
    expect(page.get_by_text(f"account={console.server.account_id}")).to_be_visible()
    page.get_by_role("button", name="Create alias").click()
    page.get_by_label("Preferred alias").fill("Not--good")
    expect(page.get_by_role("dialog").get_by_role("button", name="Save changes")).to_be_disabled()
    page.get_by_label("Preferred alias").fill("corner-shop")
    page.get_by_label("Preferred alias").press("Enter")
    expect(page.get_by_text("/console/sign-in?account=corner-shop")).to_be_visible()
    assert console.iam.list_account_aliases()["AccountAliases"] == ["corner-shop"]
    page.get_by_role("button", name="Delete alias").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Not created")).to_be_visible()
    assert console.iam.list_account_aliases()["AccountAliases"] == []


@pytest.mark.thorough
def test_mfa_is_required_of_everybody(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("eve")
    console.sign_in_as_admin(context)
    page.goto(console.url("/settings"))
    page.get_by_role("button", name="Require MFA").click()
    dialogue = page.get_by_role("dialog", name="Require MFA?")
    expect(dialogue.get_by_text("You signed in without MFA yourself")).to_be_visible()
    require_accessible(page)
    dialogue.get_by_role("button", name="Require MFA").click()
    expect(page.get_by_text("Required for everybody")).to_be_visible()
    body = {"kind": "user", "account": console.server.account_id, "userName": "eve", "password": PASSWORD}
    headers = {"Origin": console.origin}
    answer = context.request.post(f"{console.origin}/console/sign-in", data=body, headers=headers)
    assert answer.json()["step"] == "enrol"

    page.get_by_role("button", name="Stop requiring MFA").click()
    page.get_by_role("dialog").get_by_role("button", name="Stop requiring MFA").click()
    expect(page.get_by_text("Required of those who have a device")).to_be_visible()


@pytest.mark.thorough
def test_tokens_of_the_global_endpoint_and_quotas(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/settings"))
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("dialog").get_by_role("radio", name="Valid in all AWS Regions").check()
    page.get_by_role("dialog").get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Valid in all AWS Regions")).to_be_visible()
    assert console.iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 2
    page.get_by_role("searchbox", name="Find a quota").fill("Access keys per user")
    expect(page.get_by_role("row", name=re.compile("Access keys per user"))).to_contain_text("2")


@pytest.mark.thorough
def test_who_may_see_one_card_sees_that_one(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("guest")
    console.iam.put_user_policy(
        UserName="guest", PolicyName="See", PolicyDocument=allow("iam:GetAccountPasswordPolicy")
    )
    console.sign_in(context, "guest")
    page.goto(console.url("/settings"))
    expect(page.get_by_text("This account uses the default password policy of IAM:")).to_be_visible()
    for action in ("iam:ListAccountAliases", "ostiary:GetAccountSettings", "iam:GetAccountSummary"):
        expect(page.get_by_text(re.compile(f"is not authorized to perform: {action}")).first).to_be_visible()
    expect(page.get_by_role("button", name="Require MFA")).to_be_disabled()
    require_accessible(page)
    page.get_by_role("button", name="Edit password policy").click()
    page.get_by_role("dialog").get_by_role("radio", name="Custom").check()
    page.get_by_role("dialog").get_by_role("button", name="Save changes").click()
    refusal = re.compile("is not authorized to perform: iam:UpdateAccountPasswordPolicy")
    expect(page.get_by_role("dialog").get_by_text(refusal)).to_be_visible()


@pytest.mark.thorough
def test_narrow_and_dark_pages_are_whole(console: ConsoleUnderTest, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    console.sign_in_as_admin(context)
    page = context.new_page()
    headings = {
        "/groups/Administrators": "Administrators",
        "/create-group": "Create user group",
        "/create-role": "Select trusted entity",
        "/providers/create": "Add an identity provider",
        "/settings": "Account settings",
        "/users/admin/generate-policy": "Generate policy for admin",
    }
    for path, heading in headings.items():
        page.goto(console.url(path))
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        require_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 400, path
    context.close()
