"""User groups: made, filled, given permissions, renamed and deleted by a person; and seen by one who may not."""

import json
import re

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"


def allow(*actions: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})


def pick_policy(page: Page, name: str, arn: str) -> None:
    """Choose a policy in the table of all, found by its name."""
    page.get_by_role("searchbox", name="Find a policy").fill(name)
    page.get_by_role("checkbox", name=f"Select {arn}").check()


def test_a_group_is_made_with_users_and_policies(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    for name in ("alice", "bob"):
        console.iam.create_user(UserName=name)
    console.sign_in_as_admin(context)
    page.goto(console.url("/groups"))
    page.get_by_role("button", name="Create group").click()

    page.get_by_role("button", name="Create user group").click()
    expect(page.get_by_text("Enter a name.", exact=True)).to_be_visible()
    page.get_by_label("User group name").fill("not a name!")
    expect(page.get_by_text("The name has characters that are not allowed.").first).to_be_visible()
    page.get_by_label("User group name").fill("Admins")
    console.iam.create_group(GroupName="Admins")
    page.get_by_role("checkbox", name="Select alice").check()
    pick_policy(page, "IAMReadOnlyAccess", READ_ONLY)
    require_accessible(page)
    page.get_by_role("button", name="Create user group").click()
    expect(page.get_by_text(re.compile("Group with name Admins already exists."))).to_be_visible()

    page.get_by_label("User group name").fill("Readers")
    page.get_by_role("button", name="Create user group").click()
    expect(page.get_by_text("Readers user group created.")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("Readers"))
    expect(row.get_by_role("gridcell").nth(1)).to_have_text("1")
    require_accessible(page)
    assert [user["UserName"] for user in console.iam.get_group(GroupName="Readers")["Users"]] == ["alice"]
    attached = console.iam.list_attached_group_policies(GroupName="Readers")["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [READ_ONLY]


@pytest.mark.thorough
def test_what_could_not_be_done_is_told_and_done_again(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("maker", "IAMReadOnlyAccess")
    console.iam.put_user_policy(UserName="maker", PolicyName="Make", PolicyDocument=allow("iam:CreateGroup"))
    console.iam.create_user(UserName="dora")
    console.sign_in(context, "maker")
    page.goto(console.url("/create-group"))
    page.get_by_label("User group name").fill("Half")
    page.get_by_role("checkbox", name="Select dora").check()
    page.get_by_role("button", name="Create user group").click()
    expect(page.get_by_text("It was made, but not everything could be done")).to_be_visible()
    expect(
        page.get_by_text(re.compile("AccessDenied: .* is not authorized to perform: iam:AddUserToGroup"))
    ).to_be_visible()

    console.iam.put_user_policy(UserName="maker", PolicyName="Add", PolicyDocument=allow("iam:AddUserToGroup"))
    page.get_by_role("button", name="Try the rest again").click()
    expect(page.get_by_text("Half user group created.")).to_be_visible()
    assert [user["UserName"] for user in console.iam.get_group(GroupName="Half")["Users"]] == ["dora"]


@pytest.mark.thorough
def test_a_group_changes_its_users_policies_and_name(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    iam = console.iam
    iam.create_group(GroupName="Team")
    for name in ("carol", "dave"):
        iam.create_user(UserName=name)
    iam.add_user_to_group(GroupName="Team", UserName="carol")
    iam.put_group_policy(GroupName="Team", PolicyName="Buckets", PolicyDocument=allow("s3:*"))
    console.sign_in_as_admin(context)
    page.goto(console.url("/groups/Team"))

    page.get_by_role("button", name="Add users").click()
    dialogue = page.get_by_role("dialog", name="Add users to Team")
    expect(dialogue.get_by_role("checkbox", name="Select carol")).to_have_count(0)
    dialogue.get_by_role("checkbox", name="Select dave").check()
    dialogue.get_by_role("button", name="Add users").click()
    expect(page.get_by_text("dave added to Team.")).to_be_visible()
    page.get_by_role("checkbox", name="Select carol").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("link", name="carol")).to_have_count(0)
    require_accessible(page)
    assert [user["UserName"] for user in iam.get_group(GroupName="Team")["Users"]] == ["dave"]

    page.get_by_role("tab", name="Permissions").click()
    page.get_by_role("button", name="Add permissions").click()
    page.get_by_role("menuitem", name="Attach policies").click()
    dialogue = page.get_by_role("dialog", name="Attach policies to Team")
    dialogue.get_by_role("searchbox", name="Find a policy").fill("IAMReadOnlyAccess")
    dialogue.get_by_role("checkbox", name=f"Select {READ_ONLY}").check()
    dialogue.get_by_role("button", name="Attach policies").click()
    expect(page.get_by_role("link", name="IAMReadOnlyAccess")).to_be_visible()
    page.get_by_role("checkbox", name="Select Buckets").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog", name="Remove Buckets?").get_by_role("button", name="Remove policies").click()
    expect(page.get_by_role("link", name="Buckets")).to_have_count(0)
    require_accessible(page)
    assert iam.list_group_policies(GroupName="Team")["PolicyNames"] == []
    assert len(iam.list_attached_group_policies(GroupName="Team")["AttachedPolicies"]) == 1

    page.get_by_role("button", name="Edit").click()
    page.get_by_label("User group name").fill("Crew")
    page.get_by_label("User group name").press("Enter")
    expect(page).to_have_url(console.url("/groups/Crew"))
    page.get_by_role("button", name="Delete").click()
    dialogue = page.get_by_role("dialog", name="Delete Crew?")
    expect(dialogue.get_by_role("button", name="Delete")).to_be_disabled()
    dialogue.get_by_label("Type Crew to confirm").fill("Crew")
    dialogue.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("User group Crew deleted.")).to_be_visible()
    with pytest.raises(ClientError, match="NoSuchEntity"):
        iam.get_group(GroupName="Crew")


@pytest.mark.thorough
def test_what_a_group_used_is_told(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/groups/Administrators?tab=last-accessed"))
    page.get_by_role("searchbox", name="Find a service").fill("Identity and Access Management")
    service = page.get_by_role("button", name=re.compile("Management .IAM"))
    row = page.get_by_role("row").filter(has=service)
    expect(row).to_contain_text(re.compile("just now|minute"))
    service.click()
    expect(page.get_by_role("dialog")).to_contain_text("AdministratorAccess")
    require_accessible(page)


@pytest.mark.thorough
def test_who_may_see_little_sees_that_and_why_not_more(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("guest")
    console.iam.create_group(GroupName="Club")
    console.sign_in(context, "guest")
    page.goto(console.url("/groups"))
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:ListGroups on resource"))).to_be_visible()

    console.iam.put_user_policy(
        UserName="guest", PolicyName="See", PolicyDocument=allow("iam:GetGroup", "iam:ListGroupPolicies")
    )
    page.goto(console.url("/groups/Club"))
    expect(page.get_by_text("There are no users in this group here yet.")).to_be_visible()
    page.get_by_role("tab", name="Permissions").click()
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:ListAttachedGroupPolicies"))).to_be_visible()
    expect(page.get_by_text("There are no permissions policies here yet.")).to_have_count(0)
    require_accessible(page)
    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type Club to confirm").fill("Club")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog").get_by_text(re.compile("not authorized to perform"))).to_be_visible()
