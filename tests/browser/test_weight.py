"""What the console weighs on the wire: the first load is small, and code comes when somebody goes where it is used."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.console_under_test import ConsoleUnderTest

_MOST_BYTES = 1_000_000


@dataclass
class Loaded:
    """What came over the network, with its size as it was sent."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def by(page: Page) -> "Loaded":
        """Begin to count what a page loads."""
        loaded = Loaded()
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", loaded._asked)
        devtools.on("Network.loadingFinished", loaded._came)
        devtools.send("Network.enable")
        return loaded

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        # What a file has within it, such as its fonts, came with it.
        if event["requestId"] in self.addresses:
            self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    def has(self, part: str) -> bool:
        return any(part in address for address in self.addresses.values())

    def heaviest(self, count: int = 6) -> str:
        ranked = sorted(self.sizes, key=self.sizes.__getitem__, reverse=True)[:count]
        return "\n".join(f"  {self.sizes[one] / 1000:7.1f} kB  {self.addresses[one]}" for one in ranked)


def test_the_first_load_is_small(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    loaded = Loaded.by(page)
    page.goto(console.url("/sign-in"))
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    at_the_door = loaded.total
    console.sign_in_as_admin(context)
    page.goto(console.url("/"))
    expect(page.get_by_text("Root user has no access keys")).to_be_visible()
    page.wait_for_load_state("networkidle")
    figures = (
        f"sign-in {at_the_door / 1000:.0f} kB, with the dashboard {loaded.total / 1000:.0f} kB\n{loaded.heaviest()}"
    )
    print(f"\n{figures}")  # noqa: T201 - whoever runs it with -s sees the figures
    assert 0 < at_the_door < loaded.total < _MOST_BYTES, figures


@pytest.mark.thorough
def test_pages_load_their_code_as_needed(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    loaded = Loaded.by(page)
    page.goto(console.url("/"))
    expect(page.get_by_text("Root user has no access keys")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not loaded.has("CodeEditor"), "the editor is part of the first load"
    before = set(loaded.addresses.values())

    page.get_by_role("link", name="Event history").first.click()
    page.get_by_role("link", name="ConsoleLogin").first.click()
    expect(page.get_by_text('"eventName": "ConsoleLogin"')).to_be_visible()
    later = {address for address in loaded.addresses.values() if "/assets/" in address} - before
    assert loaded.has("CodeEditor")
    assert len(later) >= 2, "the trail's own code came with the first load"
