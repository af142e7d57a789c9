"""What somebody else's site, a stolen cookie, or a name full of markup can do to who is signed in: nothing."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import APIResponse, Browser, BrowserContext, Dialog, Page, expect

from tests.browser.console_under_test import PASSWORD, ConsoleUnderTest
from tests.browser.elsewhere import site
from tests.conftest import Credentials

_SESSION = "ostiary-session"
_MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
_POSTS = ("sign-out", "credentials", "sign-in", "sign-in/code", "sign-in/password", "sign-in/root-reset", "login/grant")
_JSON = "application/json"
_ONWARD = ("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/%09/evil.example")


def post(
    console: ConsoleUnderTest, context: BrowserContext, path: str, headers: Mapping[str, str], body: str = "{}"
) -> APIResponse:
    """POST with the browser's cookies, but with headers that no page of the console would have sent."""
    return context.request.post(console.url(f"/{path}"), data=body, headers=dict(headers))


def session_cookie(context: BrowserContext) -> str:
    (value,) = (cookie["value"] for cookie in context.cookies() if cookie["name"] == _SESSION)
    return str(value)


def plant(console: ConsoleUnderTest, context: BrowserContext, value: str) -> None:
    """Put a session's cookie into a browser."""
    context.add_cookies([{"name": _SESSION, "value": value, "domain": "localhost", "path": "/console"}])
    assert console.origin.startswith("http://localhost")


def who(console: ConsoleUnderTest, context: BrowserContext) -> str | None:
    """Return the ARN of who is signed in, as the server sees it."""
    answer: dict[str, Any] = context.request.get(console.url("/session")).json()
    return str(answer["session"]["principal"]["arn"]) if answer["signedIn"] else None


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": _JSON},
        {"Content-Type": _JSON, "Origin": "null"},
        {"Content-Type": _JSON, "Origin": "http://localhost:1"},
        {"Content-Type": _JSON, "Origin": "https://evil.example"},
        {"Content-Type": "text/plain", "Origin": "same"},
        {"Content-Type": "application/x-www-form-urlencoded", "Origin": "same"},
        {"Content-Type": _JSON, "Origin": "same", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": _JSON, "Origin": "same", "Sec-Fetch-Site": "same-site"},
    ],
    ids=["no origin", "null", "other port", "other host", "plain", "form", "cross-site", "same-site"],
)
def test_no_endpoint_heeds_a_request_from_elsewhere(
    console: ConsoleUnderTest, context: BrowserContext, headers: dict[str, str]
) -> None:
    console.sign_in_as_admin(context)
    if headers.get("Origin") == "same":
        headers = {**headers, "Origin": console.origin}
    refused = {path: post(console, context, path, headers).status for path in _POSTS}
    assert set(refused.values()) <= {403, 415}, refused
    assert who(console, context) is not None


def test_a_page_elsewhere_cannot_act_for_who_is_signed_in(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    attack = """<form id="f" method="post" action="TARGET/sign-out" enctype="text/plain"><input name="{}"></form>
        <script>
        const ask = (path, more) => fetch(`TARGET/${path}`, { credentials: "include", ...more });
        const told = (answer) => answer.then(() => "answered", () => "refused");
        const post = { method: "POST", body: "{}" };
        Promise.all([
            told(ask("sign-out", { ...post, mode: "no-cors", headers: { "Content-Type": "text/plain" } })),
            told(ask("sign-out", { ...post, headers: { "Content-Type": "application/json" } })),
            told(ask("session")),
        ]).then((results) => { window.results = results; });
        </script>""".replace("TARGET", console.url(""))
    with site(attack) as origin:
        page.goto(origin)
        results = page.wait_for_function("window.results").json_value()
        assert results == ["refused", "refused", "refused"]
        assert who(console, context) is not None
        page.evaluate("document.getElementById('f').submit()")
        page.wait_for_url(console.url("/sign-out"))
        expect(page.get_by_text("AccessDenied")).to_be_visible()
    assert who(console, context) is not None


def test_a_session_set_up_by_somebody_else_is_not_gone_on_with(console: ConsoleUnderTest, browser: Browser) -> None:
    for name in ("mallory", "victim"):
        console.create_user(name)
    attacker, victim = browser.new_context(), browser.new_context()
    console.sign_in(attacker, "mallory")
    planted = session_cookie(attacker)
    for cookie in (planted, "A" * len(planted)):
        plant(console, victim, cookie)
        console.sign_in(victim, "victim")
        assert session_cookie(victim) != cookie
        assert str(who(console, victim)).endswith(":user/victim")
    # What was planted is over, for the attacker too: it can have been meant for nothing good.
    assert who(console, attacker) is None
    attacker.close()
    victim.close()


def test_signing_in_leads_to_the_console_alone(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    console.sign_in_as_admin(context)
    for onward in _ONWARD:
        context.clear_cookies()
        page.goto(console.url(f"/sign-in?account={console.server.account_id}&next={onward}"))
        page.get_by_label("IAM user name").fill(console.server.setup.admin.user_name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("button", name=re.compile("Account menu"))).to_be_visible()
        assert page.url.startswith(f"{console.origin}/console"), onward
    elsewhere = [url for url in asked if not url.startswith((f"{console.origin}/", "data:"))]
    assert elsewhere == []


def test_no_other_page_can_frame_the_console(console: ConsoleUnderTest, context: BrowserContext) -> None:
    console.sign_in_as_admin(context)
    page = context.new_page()
    with site(f'<iframe src="{console.url("/")}" width="900" height="600"></iframe>') as origin:
        page.goto(origin)
        page.wait_for_load_state("networkidle")
        (framed,) = page.frames[1:]
        assert framed.url.startswith("chrome-error:")
        assert framed.get_by_role("button").count() == 0


def test_markup_in_what_is_stored_is_shown_as_text(console: ConsoleUnderTest, browser: Browser) -> None:
    iam, account = console.iam, console.server.account_id
    statement = {"Effect": "Deny", "Action": "*", "Resource": f"arn:aws:s3:::{_MARKUP}", "Sid": "Marked"}
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    policy = iam.create_policy(PolicyName="Marked", PolicyDocument=document, Description=_MARKUP)["Policy"]["Arn"]
    trust = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}
    condition = {"Condition": {"StringEquals": {"sts:ExternalId": _MARKUP}}}
    iam.create_role(
        RoleName="Marked",
        Description=_MARKUP,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {**trust, **condition}}),
    )
    arn = iam.create_user(UserName="marked", Tags=[{"Key": "owner", "Value": "a=b+c@d"}])["User"]["Arn"]
    iam.put_user_policy(UserName="marked", PolicyName="Marked", PolicyDocument=document)
    iam.create_login_profile(UserName="marked", Password=PASSWORD)
    context = browser.new_context(user_agent=_MARKUP)
    console.sign_in_as_admin(context)
    page = context.new_page()
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    quoted = "%3Cimg%20src%3Dx%20onerror%3D%22window.owned%3D1%22%3E"
    policy_page = policy.replace(":", "%3A").replace("/", "%2F")
    pages = {
        f"/policies/{policy_page}": _MARKUP,
        f"/why?principal={arn}&action=s3:GetObject&resource=arn:aws:s3:::a": "Resource expects arn:aws:s3:::<img",
        f"/why?action=s3:GetObject&resource=arn:aws:s3:::{quoted}": "arn:aws:s3:::<img",
        f"/trail?user={quoted}": "No event matches.",
        "/trail?event=ConsoleLogin": "ConsoleLogin",
        "/roles/Marked": _MARKUP,
        "/users/marked": "marked",
        f"/users/{quoted}": "<img",
    }
    for path, shown in pages.items():
        page.goto(console.url(path))
        expect(page.get_by_text(shown).locator("visible=true").first, path).to_be_visible()
        _require_unowned(page)
    page.goto(console.url("/trail?event=ConsoleLogin"))
    page.get_by_role("link", name="ConsoleLogin").first.click()
    expect(page.get_by_text("window.owned").first).to_be_visible()
    _require_unowned(page)
    assert dialogs == []
    context.close()


def _require_unowned(page: Page) -> None:
    assert page.evaluate("window.owned") is None
    assert page.locator("img[src='x']").count() == 0


def test_what_was_stolen_is_worth_nothing_after_sign_out(console: ConsoleUnderTest, browser: Browser) -> None:
    console.create_user("robbed", "IAMReadOnlyAccess")
    owner, thief = browser.new_context(), browser.new_context()
    console.sign_in(owner, "robbed")
    same = {"Content-Type": _JSON, "Origin": console.origin}
    stolen = post(console, owner, "credentials", same).json()
    client = console.server.client(
        "iam", Credentials(stolen["accessKeyId"], stolen["secretAccessKey"], stolen["sessionToken"])
    )
    client.list_users()
    plant(console, thief, session_cookie(owner))
    assert str(who(console, thief)).endswith(":user/robbed")

    assert post(console, owner, "sign-out", same).ok
    assert who(console, thief) is None
    assert post(console, thief, "credentials", same).status == 401
    with pytest.raises(ClientError) as refused:
        client.list_users()
    assert refused.value.response["Error"]["Code"] == "InvalidClientTokenId"
    owner.close()
    thief.close()


def test_the_cookie_is_for_the_console_alone(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    console.sign_in_as_admin(context)
    (cookie,) = (cookie for cookie in context.cookies() if cookie["name"] == _SESSION)
    facts = {name: cookie.get(name) for name in ("httpOnly", "sameSite", "path", "expires", "domain")}
    assert facts == {"httpOnly": True, "sameSite": "Strict", "path": "/console", "expires": -1, "domain": "localhost"}
    page.goto(console.url("/"))
    assert _SESSION not in page.evaluate("document.cookie")
    assert session_cookie(context) not in page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
