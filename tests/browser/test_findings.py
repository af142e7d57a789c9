"""Controls and findings: what fails, how to mend it, and letting it be with a reason that stays."""

import json
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ostiary.server.jobs import evaluate_controls
from ostiary.values.clock import system_clock
from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest

_EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_OPEN_POLICIES = "IAM policies should not allow full"
_REASON = "Agreed with the auditors until the move is done"


def evaluate(console: ConsoleUnderTest) -> None:
    """Hold the account to its controls at once, as the server's job does a few seconds after a change."""
    evaluate_controls.JOB.run(console.server.state, system_clock())


def control(page: Page, title: str) -> Locator:
    return page.get_by_role("grid", name="Controls").get_by_role("row").filter(has_text=title)
