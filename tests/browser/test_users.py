"""The list of users and the page of one: what is done there, what is refused there, and what is only text there."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest

# Of all that IAM lets people choose, paths alone may have these characters.
_SCRIPT_PATH = "/<img/src=x/onerror=document.title='owned'>/"
_DOCUMENT = '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}'
_SCRIPTLIKE_TAG = "javascript:alert = @onerror"


@pytest.mark.thorough
def test_users_are_found_and_deleted_with_all_that_hangs_on_them(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    iam = console.iam
    console.create_user("gone", "ReadOnlyAccess")
    iam.create_access_key(UserName="gone")
    iam.create_group(GroupName="leavers")
    iam.add_user_to_group(GroupName="leavers", UserName="gone")
    iam.put_user_policy(UserName="gone", PolicyName="p", PolicyDocument=_DOCUMENT)
    iam.create_user(UserName="stays")
    console.sign_in_as_admin(context)
    page.goto(console.url("/users"))
    require_accessible(page)
    page.get_by_role("searchbox", name="Find a user").fill("GONE")
    expect(page.get_by_text("1 match", exact=True).first).to_be_visible()
    page.get_by_role("checkbox", name="Select gone").check()
    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog", name="Delete gone?")
    expect(dialog.get_by_role("button", name="Delete")).to_be_disabled()
    dialog.get_by_label("Type gone to confirm").fill("gone")
    require_accessible(page)
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("User gone deleted.")).to_be_visible()
    page.get_by_role("button", name="Clear the filter").click()
    expect(page.get_by_role("link", name="stays")).to_be_visible()
    expect(page.get_by_role("link", name="gone")).to_have_count(0)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_user(UserName="gone")


@pytest.mark.thorough
def test_the_page_of_a_user(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    iam = console.iam
    console.create_user("olive", "ReadOnlyAccess")
    iam.create_group(GroupName="gardeners")
    iam.tag_user(UserName="olive", Tags=[{"Key": "Team", "Value": "blue"}, {"Key": "floor", "Value": "2"}])
    console.sign_in_as_admin(context)
    page.goto(console.url("/users"))
    page.get_by_role("link", name="olive", exact=True).click()
    expect(page.get_by_role("heading", name="olive", exact=True)).to_be_visible()
    expect(page.get_by_text("Enabled without MFA")).to_be_visible()
    expect(page.get_by_role("link", name="ReadOnlyAccess")).to_be_visible()
    require_accessible(page)

    page.get_by_role("tab", name="Groups").click()
    page.get_by_role("button", name="Add user to groups").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="Select gardeners").check()
    dialog.get_by_role("button", name="Add user to groups").click()
    expect(page.get_by_text("olive added to gardeners.")).to_be_visible()
    page.get_by_role("checkbox", name="Select gardeners").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("olive removed from gardeners.")).to_be_visible()

    page.get_by_role("tab", name="Tags").click()
    page.get_by_role("button", name="Manage tags").click()
    keys, values = page.get_by_role("textbox", name="Key"), page.get_by_role("textbox", name="Value")
    keys.nth(1).fill("team")
    values.nth(1).fill(_SCRIPTLIKE_TAG)
    page.get_by_role("button", name="Remove tag floor").click()
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("You must specify a tag key.")).to_be_visible()
    keys.last.fill("aws:own")
    expect(page.get_by_text("Keys that begin with aws: are reserved.")).to_be_visible()
    keys.last.fill("desk")
    require_accessible(page)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Tags updated.")).to_be_visible()
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName="olive")["Tags"]}
    assert tags == {"team": _SCRIPTLIKE_TAG, "desk": ""}

    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="User name").fill("olivia")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", name="olivia", exact=True)).to_be_visible()
    assert iam.get_user(UserName="olivia")["User"]["Arn"].endswith(":user/olivia")


@pytest.mark.thorough
def test_console_access_is_given_renewed_and_taken(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    iam = console.iam
    iam.create_user(UserName="pavel")
    console.sign_in_as_admin(context)
    page.goto(console.url("/users/pavel?tab=credentials"))
    page.get_by_role("button", name="Enable console access").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Custom password").check()
    dialog.get_by_role("textbox", name="Custom password").fill(PASSWORD)
    require_accessible(page)
    dialog.get_by_role("button", name="Enable console access").click()
    dialog.get_by_role("button", name="Show console password").click()
    expect(dialog.get_by_text(PASSWORD)).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text("Must be changed at next sign-in")).to_be_visible()
    assert iam.get_login_profile(UserName="pavel")["LoginProfile"]["PasswordResetRequired"]
    [policy] = iam.list_attached_user_policies(UserName="pavel")["AttachedPolicies"]
    assert policy["PolicyName"] == "IAMUserChangePassword"

    page.get_by_role("button", name="Reset password").click()
    dialog.get_by_label("Users must create a new password at next sign-in").uncheck()
    dialog.get_by_role("button", name="Reset password").click()
    expect(dialog.get_by_role("button", name="Show console password")).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text("Must be changed at next sign-in")).to_have_count(0)
    require_accessible(page)

    page.get_by_role("button", name="Disable console access").click()
    dialog.get_by_role("button", name="Disable access").click()
    expect(page.get_by_text("Console access of pavel disabled.")).to_be_visible()
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_login_profile(UserName="pavel")


def test_who_may_nothing_sees_why_and_the_page_goes_on(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("nobody")
    console.iam.create_user(UserName="somebody")
    console.sign_in(context, "nobody")
    page.goto(console.url("/users"))
    expect(page.get_by_text("is not authorized to perform: iam:ListUsers")).to_be_visible()
    require_accessible(page)

    page.goto(console.url("/users/somebody"))
    page.get_by_text("You don't have permission", exact=True).first.click()
    expect(page.get_by_text("is not authorized to perform: iam:GetUser").first).to_be_visible()
    page.get_by_role("tab", name="Groups").click()
    expect(page.get_by_text("is not authorized to perform: iam:ListGroupsForUser")).to_be_visible()
    page.get_by_role("tab", name="Tags").click()
    expect(page.get_by_text("is not authorized to perform: iam:ListUserTags")).to_be_visible()
    page.get_by_role("tab", name="Security credentials").click()
    expect(page.get_by_text("is not authorized to perform: iam:ListSSHPublicKeys")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_label("Type somebody to confirm").fill("somebody")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("is not authorized to perform: iam:DeleteUser")).to_be_visible()
    assert console.iam.get_user(UserName="somebody")


@pytest.mark.thorough
def test_a_user_who_is_not_there_is_said_not_to_be(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/users/who"))
    expect(page.get_by_text("The user with name who cannot be found.")).to_be_visible()


@pytest.mark.thorough
def test_what_looks_like_script_is_text(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.iam.create_user(UserName="scripted", Path=_SCRIPT_PATH)
    console.sign_in_as_admin(context)
    page.goto(console.url("/users"))
    expect(page.get_by_role("gridcell", name=_SCRIPT_PATH, exact=True)).to_be_visible()
    page.get_by_role("link", name="scripted").click()
    arn = f"arn:aws:iam::{console.server.account_id}:user{_SCRIPT_PATH}scripted"
    expect(page.get_by_text(arn, exact=True)).to_be_visible()
    assert page.locator("img[src='x']").count() == 0
    assert page.title() != "owned"
