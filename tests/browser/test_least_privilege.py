"""Permissions that were used become a policy, and the limits on how old keys and events grow."""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import update

from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.conftest import Credentials


def work(console: ConsoleUnderTest, name: str) -> None:
    """Make a user who may do much, and does two things."""
    console.iam.create_user(UserName=name)
    console.iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/IAMFullAccess")
    key = console.iam.create_access_key(UserName=name)["AccessKey"]
    client = console.server.client("iam", Credentials.of(key))
    client.list_users()
    client.get_user(UserName=name)


def test_what_was_done_becomes_a_policy(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    work(console, "worker")
    console.sign_in_as_admin(context)
    page.goto(console.url("/users/worker"))
    page.get_by_role("button", name="Generate policy").click()
    expect(page.get_by_text("None was generated in the last seven days.")).to_be_visible()
    page.get_by_role("button", name="Generate policy").click()
    expect(page.get_by_role("heading", name="Generated policies (1)")).to_be_visible()
    expect(page.get_by_text('"iam:ListUsers"')).to_be_visible()
    expect(page).to_have_url(re.compile(r"/users/worker/generate-policy\?job="))
    require_accessible(page)

    page.get_by_role("button", name="Create policy").click()
    expect(page).to_have_url(console.url("/policies/create"))
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("textbox", name="Policy name").fill("EnoughForWorker")
    page.get_by_role("button", name="Create policy").click()
    expect(page.get_by_text("Policy EnoughForWorker created.")).to_be_visible()
    arn = f"arn:aws:iam::{console.server.account_id}:policy/EnoughForWorker"
    document = console.iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]
    assert {action for statement in document["Statement"] for action in statement["Action"]} == {
        "iam:GetUser",
        "iam:ListUsers",
    }


@pytest.mark.thorough
def test_a_shorter_period_takes_a_role(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "access-analyzer.amazonaws.com"}, "Action": "sts:AssumeRole"}
    console.iam.create_role(
        RoleName="Idle", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )
    console.sign_in_as_admin(context)
    page.goto(console.url("/roles/Idle/generate-policy"))
    page.get_by_label("Period").click()
    page.get_by_role("option", name="Last 7 days").click()
    expect(page.get_by_role("button", name="Generate policy")).to_be_disabled()
    page.get_by_label("Access role").click()
    page.get_by_role("option", name="Idle").click()
    page.get_by_role("button", name="Generate policy").click()
    expect(page.get_by_text("There is nothing to allow")).to_be_visible()
    require_accessible(page)


@pytest.mark.thorough
def test_who_may_not_generate_is_told_so(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.create_user("reader", "IAMReadOnlyAccess")
    console.sign_in(context, "reader")
    page.goto(console.url("/users/reader/generate-policy"))
    page.get_by_role("button", name="Generate policy").click()
    refused = page.get_by_text(re.compile("not authorized to perform: access-analyzer:StartPolicyGeneration"))
    expect(refused).to_be_visible()


@pytest.mark.thorough
def test_keys_and_events_grow_no_older_than_is_set(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.iam.create_user(UserName="sleeper")
    console.iam.create_access_key(UserName="sleeper")
    with console.server.changing() as directory:
        keys, users = schema.access_keys, schema.users
        of_sleeper = users.select().with_only_columns(users.c.user_id).where(users.c.name == "sleeper")
        made = system_clock() - timedelta(days=70)
        directory.connection.execute(update(keys).where(keys.c.user_id.in_(of_sleeper)).values(created_at=made))
    console.sign_in_as_admin(context)
    page.goto(console.url("/settings"))
    page.get_by_role("button", name="Edit age limits").click()
    dialogue = page.get_by_role("dialog", name="Edit age limits of access keys")
    dialogue.get_by_label("Warn of a key").fill("60")
    dialogue.get_by_label("Deactivate a key").fill("60")
    expect(dialogue.get_by_text("Must be more than the age of the warning.")).to_be_visible()
    expect(dialogue.get_by_role("button", name="Save changes")).to_be_disabled()
    dialogue.get_by_label("Deactivate a key").fill("90")
    require_accessible(page)
    dialogue.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("After 60 days")).to_be_visible()
    expect(page.get_by_text("After 90 days")).to_be_visible()

    page.get_by_role("button", name="Edit retention").click()
    dialogue = page.get_by_role("dialog", name="Edit retention of events")
    dialogue.get_by_label("Keep events").fill("30")
    expect(dialogue.get_by_text("Enter a number from 90 to 3653, or nothing.")).to_be_visible()
    dialogue.get_by_label("Keep events").fill("400")
    require_accessible(page)
    dialogue.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("400 days", exact=True)).to_be_visible()
    settings = console.server.client("ostiary", console.server.admin).get_account_settings()
    assert settings["AccessKeyWarningDays"] == 60
    assert settings["AccessKeyMaximumDays"] == 90
    assert settings["TrailRetentionDays"] == 400

    page.goto(console.url("/users/sleeper?tab=credentials"))
    row = page.get_by_role("grid", name="Access keys").get_by_role("row").nth(1)
    expect(row).to_contain_text("Over 60 days old")
    expect(row).to_contain_text("Deactivated in 20 days")

    page.goto(console.url("/settings"))
    page.get_by_role("button", name="Edit age limits").click()
    dialogue = page.get_by_role("dialog", name="Edit age limits of access keys")
    dialogue.get_by_label("Warn of a key").fill("")
    dialogue.get_by_label("Deactivate a key").fill("")
    dialogue.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Never", exact=True)).to_have_count(2)
