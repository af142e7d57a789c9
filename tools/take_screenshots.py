"""Takes pictures of the console for the documentation, on a server and an account of its own.

Usage: python tools/take_screenshots.py [--all DIR]

Writes docs/screenshots. With --all it writes every page to DIR instead, wide and narrow, light and dark, as PNG files
to be looked at.
Needs the console to be built and Debian's chromium.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent.parent / "docs" / "screenshots"
OSTIARY = Path(sys.executable).with_name("ostiary")
PORT = 4764
ORIGIN = f"http://localhost:{PORT}"
PASSWORD = "Correct-Horse-7"  # noqa: S105 - of an account that is gone a minute later
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 800}
QUALITY = 72

FAULTY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Deploy",
      "Effect": "Allow",
      "Action": ["s3:PutObject", "s3:GetObjekt"],
      "Resource": "arn:aws:s3:::site/*"
    },
    {
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "*"
    }
  ]
}"""


@dataclass(frozen=True)
class Picture:
    """One page, and what is done there before it is taken."""

    name: str
    path: str
    arrange: Callable[[Page], object] = lambda page: page.wait_for_load_state("networkidle")


def settled(page: Page) -> None:
    """Wait until nothing is loaded any more."""
    page.wait_for_load_state("networkidle")


def fill_details(page: Page) -> None:
    """Do the wizard's first step."""
    page.get_by_role("textbox", name="User name").fill("maria")
    page.get_by_label("Provide user access to the console").check()


def next_step(page: Page) -> None:
    """Go on in a wizard."""
    page.get_by_role("button", name="Next", exact=True).click()
    settled(page)


def to_permissions(page: Page) -> None:
    """Get to the wizard's second step."""
    fill_details(page)
    next_step(page)
    page.get_by_role("checkbox", name="Select Developers").check()


def to_tags(page: Page) -> None:
    """Get to the wizard's third step."""
    to_permissions(page)
    next_step(page)
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("textbox", name="Key").fill("team")
    page.get_by_role("textbox", name="Value").fill("web")


def to_review(page: Page) -> None:
    """Get to the wizard's last step."""
    to_tags(page)
    next_step(page)


def write_policy(page: Page) -> None:
    """Write a policy with faults, and wait for what is found."""
    settled(page)
    page.get_by_role("tab", name="JSON").click()
    editor = page.get_by_role("textbox", name="Policy document")
    editor.press("Control+a")
    editor.fill(FAULTY)
    page.get_by_text("GetObjekt").first.wait_for()
    page.wait_for_timeout(1_500)


def generate_policy(page: Page) -> None:
    """Have a policy generated of what somebody did."""
    page.get_by_role("button", name="Generate policy").click()
    page.get_by_text("Look through it before you create it").wait_for()
    page.wait_for_timeout(1_500)


PICTURES = (
    Picture("dashboard", "/"),
    Picture("users", "/users"),
    Picture("create-user-1", "/create-user", fill_details),
    Picture("create-user-2", "/create-user", to_permissions),
    Picture("create-user-3", "/create-user", to_tags),
    Picture("create-user-4", "/create-user", to_review),
    Picture("user", "/users/alice"),
    Picture("policy-editor", "/policies/create", write_policy),
    Picture("why", "/why?principal={alice}&action=s3:DeleteObject&resource=arn:aws:s3:::site/index.html"),
    Picture("groups", "/groups"),
    Picture("group", "/groups/Developers"),
    Picture("roles", "/roles"),
    Picture("role", "/roles/Deploy"),
    Picture("create-role", "/create-role"),
    Picture("policies", "/policies"),
    Picture("policy", "/policies/arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FSecurityAudit"),
    Picture("providers", "/providers"),
    Picture("settings", "/settings"),
    Picture("findings", "/findings"),
    Picture("finding", "/findings/IAM.2"),
    Picture("alerts", "/alerts"),
    Picture("generate-policy", "/users/alice/generate-policy", generate_policy),
    Picture("trail", "/trail"),
    Picture("security-credentials", "/security-credentials"),
)
IN_THE_DOCS = frozenset(
    {
        "dashboard",
        "findings",
        "users",
        "create-user-1",
        "create-user-2",
        "create-user-3",
        "create-user-4",
        "user",
        "policy-editor",
        "why",
    }
)


@contextmanager
def serving() -> Iterator[dict[str, Any]]:
    """Run a server on a new account; yields what `init` shows."""
    with tempfile.TemporaryDirectory() as data:
        shown = subprocess.run(  # noqa: S603 - our own command
            [OSTIARY, "init", "--data", data, "--account-alias", "harbour", "--format", "json"],
            check=True,
            capture_output=True,
        )
        server = subprocess.Popen(  # noqa: S603 - our own command
            [OSTIARY, "serve", "--data", data, "--port", str(PORT)], stdout=subprocess.PIPE, text=True
        )
        while server.stdout and not server.stdout.readline().startswith("Ready"):
            if server.poll() is not None:
                raise SystemExit("the server did not start")
        try:
            yield json.loads(shown.stdout)
        finally:
            server.terminate()
            server.wait(20)


def client(service: str, access_key_id: str, secret_access_key: str) -> Any:
    """Return a client of the server."""
    return boto3.client(
        service,
        endpoint_url=ORIGIN,
        region_name="us-east-1",
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
    )


def furnish(facts: dict[str, Any]) -> None:
    """Put users, groups, roles and policies into the account, as one that is in use has them."""
    admin = facts["admin"]
    iam = client("iam", admin["access_key_id"], admin["secret_access_key"])
    iam.update_login_profile(UserName=admin["user_name"], Password=PASSWORD, PasswordResetRequired=False)
    for group, policy in (("Developers", "PowerUserAccess"), ("Auditors", "SecurityAudit")):
        iam.create_group(GroupName=group)
        iam.attach_group_policy(GroupName=group, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    for name in ("alice", "bruno", "chen", "dilara", "emeka", "farida", "goran", "hana", "ivo", "juana"):
        iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": "web"}])
        iam.add_user_to_group(GroupName="Developers", UserName=name)
    iam.create_login_profile(UserName="alice", Password=PASSWORD)
    key = iam.create_access_key(UserName="alice")["AccessKey"]
    iam.attach_user_policy(UserName="bruno", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    bruno = iam.get_user(UserName="bruno")["User"]["Arn"]
    guard = {"Sid": "NobodyDeletes", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::site/*"}
    iam.put_user_policy(
        UserName="alice",
        PolicyName="KeepTheSite",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [guard]}),
    )
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    iam.create_role(
        RoleName="Deploy",
        Description="Puts the site in place",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    iam.attach_role_policy(RoleName="Deploy", PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    iam.attach_group_policy(GroupName="Developers", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    alice = client("iam", key["AccessKeyId"], key["SecretAccessKey"])
    alice.list_users()
    alice.get_role(RoleName="Deploy")
    wait_for_findings(client("securityhub", admin["access_key_id"], admin["secret_access_key"]), bruno)


def wait_for_findings(hub: Any, resource: str) -> None:
    """Wait until the server has held the account to its controls as it is now, and found something about a resource."""
    filters = {
        "ResourceId": [{"Value": resource, "Comparison": "EQUALS"}],
        "SeverityLabel": [{"Value": "HIGH", "Comparison": "EQUALS"}],
    }
    while not hub.get_findings(Filters=filters)["Findings"]:
        time.sleep(0.5)


def take(browser: Browser, facts: dict[str, Any], folder: Path, *, narrow: bool, dark: bool, every: bool) -> None:
    """Take the pictures in one width and mode."""
    context = browser.new_context(
        viewport=NARROW if narrow else WIDE, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    suffix = f"{'-narrow' if narrow else ''}{'-dark' if dark else ''}{'.png' if every else '.jpg'}"
    how: dict[str, Any] = {"full_page": True} if every else {"type": "jpeg", "quality": QUALITY}
    page = context.new_page()
    page.goto(f"{ORIGIN}/console/sign-in?account=harbour")
    settled(page)
    page.screenshot(path=folder / f"sign-in{suffix}", **how)
    body = {"kind": "user", "account": "harbour", "userName": facts["admin"]["user_name"], "password": PASSWORD}
    context.request.post(f"{ORIGIN}/console/sign-in", data=body, headers={"Origin": ORIGIN})
    alice = f"arn:aws:iam::{facts['account_id']}:user/alice"
    for picture in PICTURES:
        if not every and picture.name not in IN_THE_DOCS:
            continue
        page.goto(f"{ORIGIN}/console{picture.path.format(alice=alice)}")
        settled(page)
        try:
            picture.arrange(page)
            settled(page)
        except Exception as error:
            if not every:
                raise
            print(f"{picture.name}{suffix}: {error}")
        page.screenshot(path=folder / f"{picture.name}{suffix}", **how)
    context.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR", help="take every page to DIR, to be looked at")
    every: Path | None = parser.parse_args().all
    folder = every or DOCS
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as facts, sync_playwright() as playwright:
        furnish(facts)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for narrow in (False, True) if every else (False,):
            for dark in (False, True) if every else (False,):
                take(browser, facts, folder, narrow=narrow, dark=dark, every=every is not None)
        browser.close()


if __name__ == "__main__":
    main()
