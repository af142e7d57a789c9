"""Access keys: made with a warning, shown once, rotated step by step without a moment in which none works."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.conftest import Credentials

# The page looks every three seconds, after the server has written uses down.
_SOON_MS = 15_000


@pytest.mark.thorough
def test_a_key_is_made_switched_off_and_deleted(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, tmp_path: Path
) -> None:
    console.iam.create_user(UserName="maker")
    _open(console, context, page, "maker")
    page.get_by_role("button", name="Create access key").click()
    dialog = page.get_by_role("dialog", name="Create access key")
    expect(dialog.get_by_role("button", name="Create access key")).to_be_disabled()
    dialog.get_by_role("radio", name="Command Line Interface (CLI)").check()
    expect(dialog.get_by_text("ostiary login")).to_be_visible()
    dialog.get_by_label("I understand the above recommendation").check()
    require_accessible(page)
    dialog.get_by_role("button", name="Create access key").click()
    key = _download(page, tmp_path)
    assert _works(console, key)
    page.get_by_role("dialog").get_by_role("button", name="Done").click()

    actions = page.get_by_role("button", name=f"Actions for {key.access_key_id}")
    actions.click()
    expect(page.get_by_role("menuitem", name="Delete")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("menuitem", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text(f"Access key {key.access_key_id} deactivated.")).to_be_visible()
    assert not _works(console, key)

    actions.click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_label(f"Type {key.access_key_id} to confirm").fill(key.access_key_id)
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text(f"Access key {key.access_key_id} deleted.")).to_be_visible()
    assert _keys(console, "maker") == {}


def test_a_rotation_is_left_and_gone_on_with(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, tmp_path: Path
) -> None:
    console.iam.create_user(UserName="turner")
    console.iam.attach_user_policy(UserName="turner", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    old = Credentials.of(console.iam.create_access_key(UserName="turner")["AccessKey"])
    _open(console, context, page, "turner")
    page.get_by_role("button", name="Rotate access key").click()
    dialog = page.get_by_role("dialog", name="Rotate the access key of turner")
    dialog.get_by_role("button", name="Create the new key").click()
    new = _download(page, tmp_path)
    expect(dialog.get_by_text("Not used yet")).to_be_visible()
    require_accessible(page)

    console.server.client("iam", new).list_users()
    expect(dialog.get_by_text(re.compile("for iam in us-east-1"))).to_be_visible(timeout=_SOON_MS)
    dialog.get_by_role("button", name="Finish later").click()

    page.reload()
    page.get_by_role("button", name="Rotate access key").click()
    dialog.get_by_role("button", name="The new key is in use everywhere").click()
    dialog.get_by_role("button", name="Deactivate the old key").click()
    expect(dialog.get_by_role("button", name="Delete the old key")).to_be_visible()
    assert _keys(console, "turner") == {old.access_key_id: "Inactive", new.access_key_id: "Active"}
    dialog.get_by_role("button", name="Activate it again").click()
    dialog.get_by_role("button", name="The new key is in use everywhere").click()
    dialog.get_by_role("button", name="Deactivate the old key").click()
    dialog.get_by_role("button", name="Delete the old key").click()
    expect(dialog.get_by_text("The old key is gone.")).to_be_visible()
    require_accessible(page)
    dialog.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name=f"Actions for {new.access_key_id}")).to_be_visible()
    assert _keys(console, "turner") == {new.access_key_id: "Active"}
    assert _works(console, new)
    assert not _works(console, old)


@pytest.mark.thorough
def test_what_is_refused_is_said_and_the_rest_goes_on(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.create_user("viewer", "IAMReadOnlyAccess")
    console.iam.create_user(UserName="owner")
    key = console.iam.create_access_key(UserName="owner")["AccessKey"]["AccessKeyId"]
    console.sign_in(context, "viewer")
    page.goto(console.url("/users/owner?tab=credentials"))
    page.get_by_role("button", name="Rotate access key").click()
    dialog = page.get_by_role("dialog", name="Rotate the access key of owner")
    dialog.get_by_role("button", name="Create the new key").click()
    expect(dialog.get_by_text("is not authorized to perform: iam:CreateAccessKey")).to_be_visible()
    dialog.get_by_role("button", name="Finish later").click()
    page.get_by_role("button", name=f"Actions for {key}").click()
    page.get_by_role("menuitem", name="Deactivate").click()
    page.get_by_role("dialog").get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("is not authorized to perform: iam:UpdateAccessKey")).to_be_visible()
    assert _keys(console, "owner") == {key: "Active"}


def _open(console: ConsoleUnderTest, context: BrowserContext, page: Page, name: str) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url(f"/users/{name}?tab=credentials"))


def _download(page: Page, folder: Path) -> Credentials:
    """Save the new key's file, and return what is in it."""
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download .csv file").click()
    saved = folder / downloading.value.suggested_filename
    downloading.value.save_as(saved)
    header, row = csv.reader(saved.read_text().splitlines())
    assert header == ["Access key ID", "Secret access key"]
    return Credentials(*row)


def _works(console: ConsoleUnderTest, key: Credentials) -> bool:
    try:
        console.server.client("sts", key).get_caller_identity()
    except ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidClientTokenId"  # noqa: PT017 - what a dead key is told
        return False
    return True


def _keys(console: ConsoleUnderTest, name: str) -> dict[str, Any]:
    listed = console.iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
    return {key["AccessKeyId"]: key["Status"] for key in listed}
