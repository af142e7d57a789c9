"""The policy simulator: a question, its answer in one line, and the way to it layer by layer."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

_SECRET = "arn:aws:s3:::secret/plan"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Resource": "*", **each} for each in statements]})


@pytest.fixture(scope="module")
def alice(console: ConsoleUnderTest) -> str:
    """Make a user who has policies of several kinds, and return the ARN."""
    iam = console.iam
    arn: str = iam.create_user(UserName="alice")["User"]["Arn"]
    office = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
    iam.put_user_policy(
        UserName="alice",
        PolicyName="Mine",
        PolicyDocument=document(
            {"Effect": "Allow", "Action": "s3:*"},
            {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::secret/*", "Sid": "NoSecrets"},
            {"Effect": "Allow", "Action": "ec2:StopInstances", "Condition": office, "Sid": "FromTheOffice"},
        ),
    )
    bound = iam.create_policy(
        PolicyName="Bound", PolicyDocument=document({"Effect": "Allow", "Action": ["s3:Get*", "ec2:*"]})
    )["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="alice", PermissionsBoundary=bound)
    return arn


def address(console: ConsoleUnderTest, **question: str) -> str:
    return console.url(f"/why?{urlencode(question)}")


def layer(page: Page, name: str) -> Locator:
    """Return the step of a kind of policy."""
    return page.get_by_role("list", name="Layers of the decision").get_by_role("listitem").filter(has_text=name)


def test_a_question_is_put_together_and_answered(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, alice: str
) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/why"))
    page.get_by_role("button", name="Why?").click()
    expect(page.get_by_text("Enter an action such as s3:GetObject.")).to_be_visible()

    page.get_by_role("button", name="Principal").click()
    page.get_by_role("option", name="IAM user").click()
    page.get_by_role("combobox", name="User", exact=True).fill("ali")
    page.get_by_role("option", name=alice).click()
    page.get_by_role("combobox", name="Action").fill("s3:GetObj")
    page.get_by_role("option", name="s3:GetObject").first.click()
    page.get_by_role("combobox", name="Resource").click()
    page.get_by_role("option", name="arn:aws:s3:::BucketName/ObjectName").first.click()
    page.get_by_role("combobox", name="Resource").fill(_SECRET)
    page.get_by_role("button", name="Why?").click()

    expect(
        page.get_by_text("Denied: explicit deny in policy Mine in user alice, statement 2 (NoSecrets)")
    ).to_be_visible()
    expect(page).to_have_url(address(console, principal=alice, action="s3:GetObject", resource=_SECRET))
    expect(layer(page, "Permissions boundary")).to_contain_text("Allows: statement 1 of Bound")
    identity = layer(page, "Identity-based policies")
    expect(identity).to_contain_text("Denies: statement 2 (NoSecrets) of Mine in user alice")
    identity.get_by_role("button", name="Statement JSON").nth(1).click()
    expect(identity.locator("pre")).to_contain_text('"Sid": "NoSecrets"')
    require_accessible(page)
    expect(identity.get_by_role("link", name="Open the policy")).to_have_attribute(
        "href", "/console/users/alice/inline/Mine"
    )


@pytest.mark.thorough
def test_what_is_missing_is_said_and_context_changes_it(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, alice: str
) -> None:
    console.sign_in_as_admin(context)
    question = {"principal": alice, "action": "ec2:StopInstances"}
    page.goto(address(console, **question))
    expect(page.get_by_text("Denied: nothing allows it in the identity-based policies")).to_be_visible()
    identity = layer(page, "Identity-based policies")
    expect(identity).to_contain_text(
        "Condition IpAddress aws:SourceIp expects 192.0.2.0/24; the request does not have it."
    )
    expect(page.get_by_text("The request has no aws:SourceIp; with it the answer may differ.")).to_be_visible()

    page.get_by_role("button", name="Add condition key").click()
    page.get_by_role("combobox", name="Condition key").fill("aws:SourceIp")
    page.get_by_role("combobox", name="Value").fill("192.0.2.7")
    page.get_by_role("button", name="Why?").click()
    expect(page.get_by_text("Allowed", exact=True)).to_be_visible()
    expect(page).to_have_url(address(console, **question, context="aws:SourceIp=192.0.2.7"))

    page.go_back()
    expect(page.get_by_text("Denied: nothing allows it")).to_be_visible()
    expect(page.get_by_role("combobox", name="Condition key")).to_have_count(0)


@pytest.mark.thorough
def test_a_boundary_that_is_silent_stands_in_the_way(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, alice: str
) -> None:
    console.sign_in_as_admin(context)
    page.goto(address(console, principal=alice, action="s3:PutObject", resource="arn:aws:s3:::site/a"))
    expect(page.get_by_text("Denied: nothing allows it in the permissions boundary")).to_be_visible()
    boundary = layer(page, "Permissions boundary")
    expect(boundary).to_contain_text("Does not allow: no statement allows it")
    boundary.get_by_role("button", name="Bound").click()
    boundary.get_by_role("button", name="1 statement about other actions").click()
    expect(boundary).to_contain_text("Action expects s3:Get*, ec2:*; the request has s3:PutObject.")
    expect(layer(page, "Identity-based policies")).to_contain_text("Allows: statement 1 of Mine in user alice")


@pytest.mark.thorough
def test_a_trust_policy_has_its_say(console: ConsoleUnderTest, context: BrowserContext, page: Page, alice: str) -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": alice}, "Action": "sts:AssumeRole"}
    role = console.iam.create_role(
        RoleName="Deployer",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}),
    )["Role"]["Arn"]
    console.sign_in_as_admin(context)
    page.goto(address(console, action="sts:AssumeRole", resource=role))
    expect(page.get_by_text("Denied: nothing allows it in the role trust policy")).to_be_visible()
    trusted = layer(page, "Role trust policy")
    expect(trusted).to_contain_text(f"Principal expects {alice}; the request has")
    expect(trusted.get_by_role("link", name="Open the role")).to_have_attribute("href", "/console/roles/Deployer")


@pytest.mark.thorough
def test_the_root_user_needs_no_policy(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    root = f"arn:aws:iam::{console.server.account_id}:root"
    page.goto(address(console, principal=root, action="iam:CreateUser"))
    expect(page.get_by_text("Allowed", exact=True)).to_be_visible()
    expect(layer(page, "Identity-based policies")).to_contain_text("The root user needs none")


@pytest.mark.thorough
def test_who_may_not_ask_is_told_so(console: ConsoleUnderTest, context: BrowserContext, page: Page, alice: str) -> None:
    console.create_user("curious")
    console.sign_in(context, "curious")
    page.goto(address(console, principal=alice, action="s3:GetObject"))
    expect(page.get_by_text(re.compile("not authorized to perform: iam:SimulatePrincipalPolicy"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Action")).to_have_value("s3:GetObject")


def test_a_refusal_leads_to_why(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("refused")
    ask = {"Effect": "Allow", "Action": "iam:SimulatePrincipalPolicy"}
    console.iam.put_user_policy(UserName="refused", PolicyName="Asks", PolicyDocument=document(ask))
    console.sign_in(context, "refused")
    page.goto(console.url("/trail"))
    page.get_by_role("link", name="Why?", exact=True).click()
    expect(page.get_by_text("Denied: nothing allows it in the identity-based policies")).to_be_visible()
    expect(page.get_by_role("combobox", name="Action")).to_have_value("cloudtrail:LookupEvents")
    expect(layer(page, "Identity-based policies")).to_contain_text("Asks in user refused")


@pytest.mark.thorough
def test_what_is_no_action_is_said_by_the_server(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    page.goto(address(console, action="s3:GetObjekt"))
    expect(page.get_by_text(re.compile("GetObjekt")).last).to_be_visible()
    expect(page.get_by_text("The question could not be answered")).to_be_visible()


@pytest.mark.thorough
def test_it_fits_a_narrow_dark_page(console: ConsoleUnderTest, browser: Browser, alice: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    console.sign_in_as_admin(context)
    page = context.new_page()
    page.goto(
        address(console, principal=alice, action="s3:GetObject", resource=_SECRET, context="aws:SourceIp=10.0.0.1")
    )
    expect(layer(page, "Identity-based policies")).to_contain_text("Denies")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    require_accessible(page)
    context.close()
