"""Whether a page can be used by who does not see it, or has no mouse: as far as axe can tell.

Source: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
"""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
_SERIOUS = frozenset({"serious", "critical"})
_CLOUDSCAPES_OWN = {"aria-allowed-attr": "mobile-toolbar-nav"}
"""An attribute that its layout puts on its own navigation on narrow pages; screen readers pass over it."""
_RUN = """async (values) => {
    // Preloading copies style sheets into a document of its own, which the page's security policy counts as an offence.
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(document, options);
    return violations;
}"""


def require_accessible(page: Page) -> None:
    """Return when axe has no serious finding about a page as it stands; else fail with what was found, and where."""
    # By the debugger's door: the page's own security policy lets no such script in.
    page.evaluate(_axe())
    findings: list[dict[str, Any]] = page.evaluate(_RUN, list(_RULES))
    serious = [_described(each) for each in findings if each["impact"] in _SERIOUS and _is_ours(each)]
    assert not serious, "\n".join(["axe found:", *serious])


def _is_ours(finding: dict[str, Any]) -> bool:
    known = _CLOUDSCAPES_OWN.get(finding["id"])
    return known is None or any(known not in node["html"] for node in finding["nodes"])


def _described(finding: dict[str, Any]) -> str:
    where = "\n".join(f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in finding["nodes"][:5])
    return f"  {finding['id']} ({finding['impact']}): {finding['help']}\n{where}"


@cache
def _axe() -> str:
    return _AXE.read_text()
