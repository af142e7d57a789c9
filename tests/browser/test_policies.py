"""Managed policies and inline ones: listed, made, changed, attached, and in force."""

import json
import re
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.conftest import Credentials

_MOST_VERSIONS = 5


def document_for(*actions: str) -> str:
    """Return a policy that allows actions on everything."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def make_policy(console: ConsoleUnderTest, name: str, *documents: str) -> str:
    """Make a policy whose last version is the default; return its ARN."""
    first, *more = documents
    arn: str = console.iam.create_policy(PolicyName=name, PolicyDocument=first)["Policy"]["Arn"]
    for document in more:
        console.iam.create_policy_version(PolicyArn=arn, PolicyDocument=document, SetAsDefault=True)
    return arn


def go_to(console: ConsoleUnderTest, page: Page, arn: str, behind: str = "") -> None:
    """Open a policy's page."""
    page.goto(console.url(f"/policies/{quote(arn, safe='')}{behind}"))


def select(page: Page | Locator, name: str) -> None:
    """Select a row of a table."""
    page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()


def confirm(page: Page, title: str, button: str, typed: str | None = None) -> None:
    """Agree in a dialogue, by typing where it asks for that."""
    dialogue = page.get_by_role("dialog", name=title)
    if typed is not None:
        dialogue.get_by_role("textbox").fill(typed)
    dialogue.get_by_role("button", name=button, exact=True).click()


def versions_of(console: ConsoleUnderTest, arn: str) -> dict[str, bool]:
    """Return a policy's versions, and of each whether it is the default."""
    versions = console.iam.list_policy_versions(PolicyArn=arn)["Versions"]
    return {version["VersionId"]: version["IsDefaultVersion"] for version in versions}


@pytest.mark.thorough
def test_all_policies_are_listed_and_found(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.create_policy(PolicyName="Ours", Description="What we need", PolicyDocument=document_for("sts:*"))
    console.sign_in_as_admin(context)
    page.goto(console.url("/policies"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Policies \(1,?\d{3}\)"))
    require_accessible(page)

    for kind, name in {"Customer managed": "Ours", "AWS managed - job function": "ViewOnlyAccess"}.items():
        page.get_by_role("button", name="Filter by type").click()
        page.get_by_role("option", name=kind, exact=True).click()
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(kind)
        expect(page.get_by_role("link", name="AccessAnalyzerServiceRolePolicy")).to_have_count(0)
        if name == "Ours":
            expect(page.get_by_role("gridcell", name="What we need")).to_be_visible()

    page.get_by_role("link", name="ViewOnlyAccess").click()
    expect(page.get_by_role("heading", level=1, name="ViewOnlyAccess")).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    page.get_by_role("textbox", name="Find a service").or_(page.get_by_role("searchbox", name="Find a service")).fill(
        "Amazon EC2"
    )
    row = page.get_by_role("row").filter(has_text=re.compile("Amazon EC2(?! )"))
    expect(row.first).to_contain_text("Limited: List")
    require_accessible(page)
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.get_by_role("textbox", name="Permissions defined in this policy")).to_contain_text("Version")
    require_accessible(page)


@pytest.mark.thorough
def test_a_policy_that_is_attached_is_in_force(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    arn = make_policy(console, "ListUsers", document_for("iam:ListUsers"))
    console.iam.create_user(UserName="lister")
    key = console.iam.create_access_key(UserName="lister")["AccessKey"]
    iam = console.server.client("iam", Credentials(key["AccessKeyId"], key["SecretAccessKey"]))
    with pytest.raises(ClientError, match="AccessDenied"):
        iam.list_users()

    console.sign_in_as_admin(context)
    page.goto(console.url("/policies"))
    page.get_by_label("Find a policy").fill("ListUsers")
    page.get_by_role("radio", name=f"Select {arn}").check()
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("menuitem", name="Attach").click()
    dialogue = page.get_by_role("dialog", name="Attach ListUsers")
    select(dialogue, "user lister")
    require_accessible(page)
    dialogue.get_by_role("button", name="Attach policy").click()
    expect(page.get_by_text("Policy ListUsers attached to lister.")).to_be_visible()
    assert iam.list_users()["Users"]

    page.get_by_role("link", name="ListUsers", exact=True).click()
    page.get_by_role("tab", name="Entities attached").click()
    select(page, "user lister")
    require_accessible(page)
    page.get_by_role("button", name="Detach").click()
    confirm(page, "Detach ListUsers?", "Detach")
    expect(page.get_by_text("Policy ListUsers detached from lister.")).to_be_visible()
    with pytest.raises(ClientError, match="AccessDenied"):
        iam.list_users()


@pytest.mark.thorough
def test_versions_are_compared_and_one_is_in_force(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    arn = make_policy(console, "Versions", document_for("iam:ListUsers"), document_for("iam:ListUsers", "iam:GetUser"))
    console.sign_in_as_admin(context)
    go_to(console, page, arn, "?tab=versions")
    select(page, "v1")
    page.get_by_role("button", name="Compare").click()
    dialogue = page.get_by_role("dialog", name="Compare v1 with v2")
    after = dialogue.get_by_role("textbox", name="Version v2")
    expect(after.locator(".cm-changedLine").filter(has_text="iam:GetUser")).to_be_visible()
    expect(dialogue.get_by_role("textbox", name="Version v1")).not_to_contain_text("iam:GetUser")
    require_accessible(page)
    dialogue.get_by_role("button", name="Unified").click()
    expect(dialogue.get_by_role("textbox", name=re.compile("Changes from"))).to_contain_text("iam:GetUser")
    require_accessible(page)
    dialogue.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("menuitem", name="Set as default").click()
    confirm(page, "Set v1 as default?", "Set as default")
    expect(page.get_by_text("Version v1 is the default now.")).to_be_visible()
    assert versions_of(console, arn) == {"v1": True, "v2": False}

    select(page, "v2")
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("menuitem", name="Delete").click()
    confirm(page, "Delete version v2?", "Delete")
    expect(page.get_by_text("Version v2 deleted.")).to_be_visible()
    assert versions_of(console, arn) == {"v1": True}


@pytest.mark.thorough
def test_a_sixth_version_takes_the_place_of_another(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    arn = make_policy(console, "Full", *[document_for(f"iam:Get{number}*") for number in range(_MOST_VERSIONS)])
    console.sign_in_as_admin(context)
    go_to(console, page, arn)
    page.get_by_role("button", name="Edit").click()
    editor = page.get_by_role("textbox", name="Policy document")
    editor.fill(document_for("iam:ListRoles"))
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("radio", name=re.compile("Delete version v1"))).to_be_checked()
    expect(page.get_by_role("textbox", name="The new version")).to_contain_text("iam:ListRoles")
    require_accessible(page)
    page.get_by_role("radio", name=re.compile("Delete version v3")).check()

    page.get_by_role("button", name="Previous").click()
    editor.fill(document_for("iam:ListRoles").replace("Allow", "Perhaps"))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("MalformedPolicyDocument")).to_be_visible()
    assert len(versions_of(console, arn)) == _MOST_VERSIONS, "a version was given up for one that was refused"
    page.get_by_role("button", name="Previous").click()
    editor.fill(document_for("iam:ListRoles"))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Policy Full updated: version v6 saved and set as default.")).to_be_visible()
    assert versions_of(console, arn) == {"v6": True, "v5": False, "v4": False, "v2": False, "v1": False}
    expect(page.get_by_role("gridcell", name="Limited: List")).to_be_visible()


@pytest.mark.thorough
def test_a_policy_goes_with_what_hangs_on_it_but_not_as_a_boundary(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    arn = make_policy(console, "Doomed", document_for("iam:ListUsers"), document_for("iam:ListRoles"))
    console.iam.create_user(UserName="bound", PermissionsBoundary=arn)
    console.iam.attach_user_policy(UserName="bound", PolicyArn=arn)
    console.sign_in_as_admin(context)
    go_to(console, page, arn)
    page.get_by_role("button", name="Delete").click()
    confirm(page, "Delete Doomed?", "Delete", typed="Doomed")
    expect(page.get_by_text("the permissions boundary of user bound")).to_be_visible()
    assert console.iam.list_attached_user_policies(UserName="bound")["AttachedPolicies"]

    console.iam.delete_user_permissions_boundary(UserName="bound")
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Policy Doomed deleted.")).to_be_visible()
    assert console.iam.list_attached_user_policies(UserName="bound")["AttachedPolicies"] == []
    with pytest.raises(ClientError, match="NoSuchEntity"):
        console.iam.get_policy(PolicyArn=arn)


@pytest.mark.thorough
def test_an_inline_policy_is_made_and_changed(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.create_group(GroupName="Readers")
    console.sign_in_as_admin(context)
    page.goto(console.url("/groups/Readers/inline"))
    editor = page.get_by_role("textbox", name="Policy document")
    editor.fill(document_for("iam:ListUsers"))
    expect(page.get_by_text("of 5,120 characters remaining")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_text("Enter a name.").first).to_be_visible()
    require_accessible(page)
    page.get_by_role("textbox", name="Policy name").fill("Lists")
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_text("Policy Lists created.")).to_be_visible()

    page.goto(console.url("/groups/Readers/inline/Lists"))
    expect(editor).to_contain_text("iam:ListUsers")
    editor.fill(document_for("iam:ListGroups"))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Policy Lists updated.")).to_be_visible()
    policy = console.iam.get_group_policy(GroupName="Readers", PolicyName="Lists")
    assert policy["PolicyDocument"] == json.loads(document_for("iam:ListGroups"))


def test_who_has_no_rights_sees_why(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    arn = make_policy(console, "Secret", document_for("iam:ListUsers"))
    console.create_user("nobody")
    console.sign_in(context, "nobody")
    page.goto(console.url("/policies"))
    expect(page.get_by_text("iam:ListPolicies")).to_be_visible()
    go_to(console, page, arn)
    expect(page.get_by_text("iam:GetPolicy").first).to_be_visible()
    page.get_by_role("tab", name="Entities attached").click()
    expect(page.get_by_text("iam:ListEntitiesForPolicy").first).to_be_visible()
    require_accessible(page)

    page.goto(console.url("/policies/create"))
    page.get_by_role("textbox", name="Policy document").fill(document_for("sts:*"))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="Policy name").fill("Mine")
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_text("iam:CreatePolicy")).to_be_visible()
    expect(page.get_by_role("textbox", name="Policy name")).to_have_value("Mine")
