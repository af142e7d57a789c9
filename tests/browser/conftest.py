"""The console in a real browser: Debian's chromium, headless, on servers of the tests' own."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.console_under_test import ConsoleUnderTest
from tests.conftest import RunningServer

# Without these, chromium looks for its maker's servers; as root it cannot make its sandbox.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE_MS = 15_000
CONSOLE_FILES = os.environ.get("CONSOLE_FILES_UNDER_TEST")
"""Another build than the one in the package, for who works on the console."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    # The machine may be busy: what is expected is waited for as long as what is clicked.
    expect.set_options(timeout=_PATIENCE_MS)
    assert executable, "the browser tests need Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def console(start_server: Callable[..., RunningServer]) -> ConsoleUnderTest:
    """A console on a fresh account, for the tests of one module."""
    files = {"console_files": Path(CONSOLE_FILES)} if CONSOLE_FILES else {}
    # A test sees its own changes in the credential report, whichever test had one made before.
    return ConsoleUnderTest(start_server(credential_report_reuse=timedelta(0), **files))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies or memories."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened.set_default_timeout(_PATIENCE_MS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not log errors or break the rules it was given."""
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    assert problems == []
