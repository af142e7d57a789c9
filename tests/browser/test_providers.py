"""Identity providers: added with what a person has of them, kept up to date, deleted; and seen by one who may not."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.browser.test_groups import allow
from tests.e2e.identity_providers import SamlIdp, new_key, pem


@pytest.mark.thorough
def test_an_openid_connect_provider(console: ConsoleUnderTest, context: BrowserContext, page: Page) -> None:
    iam = console.iam
    arn = f"arn:aws:iam::{console.server.account_id}:oidc-provider/idp.example.com"
    console.sign_in_as_admin(context)
    page.goto(console.url("/providers"))
    page.get_by_role("button", name="Add provider").click()
    page.get_by_role("radio", name="OpenID Connect").check()
    page.get_by_label("Provider URL").fill("http://idp.example.com")
    page.get_by_role("button", name="Add provider").click()
    expect(page.get_by_text("Enter a URL that begins with https://")).to_be_visible()
    expect(page.get_by_text("Enter at least one audience")).to_be_visible()
    require_accessible(page)
    page.get_by_label("Provider URL").fill("https://idp.example.com")
    page.get_by_label("Audiences").fill("shop\nclub")
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("textbox", name="Key", exact=True).fill("team")
    page.get_by_role("button", name="Add provider").click()
    expect(page.get_by_text("idp.example.com added.")).to_be_visible()
    require_accessible(page)

    page.get_by_role("link", name="idp.example.com").click()
    page.get_by_role("button", name="Add audience").click()
    page.get_by_role("dialog").get_by_label("Audience").fill("gate")
    page.get_by_role("dialog").get_by_label("Audience").press("Enter")
    expect(page.get_by_text("Audience gate added.")).to_be_visible()
    page.get_by_role("radio", name="Select shop").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog", name="Remove shop?").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("radio", name="Select shop")).to_have_count(0)
    require_accessible(page)
    page.get_by_role("tab", name="Thumbprints").click()
    page.get_by_role("button", name="Manage thumbprints").click()
    page.get_by_role("dialog").get_by_label("Thumbprints").fill("ab" * 20)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("tabpanel").get_by_text("ab" * 20)).to_be_visible()
    provider = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert sorted(provider["ClientIDList"]) == ["club", "gate"]
    assert provider["ThumbprintList"] == ["ab" * 20]
    assert provider["Tags"] == [{"Key": "team", "Value": ""}]

    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type confirm to confirm").fill("confirm")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(console.url("/providers"))
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == []


@pytest.mark.thorough
def test_a_saml_provider(console: ConsoleUnderTest, context: BrowserContext, page: Page, tmp_path: Path) -> None:
    iam = console.iam
    arn = f"arn:aws:iam::{console.server.account_id}:saml-provider/Corp"
    first, second = SamlIdp().metadata(), SamlIdp().metadata()
    wrong, good = tmp_path / "wrong.xml", tmp_path / "good.xml"
    wrong.write_text("<nothing>" + " " * 1000 + "</nothing>")
    good.write_text(first)
    console.sign_in_as_admin(context)
    page.goto(console.url("/providers/create"))
    page.get_by_role("button", name="Add provider").click()
    expect(page.get_by_text("Choose the metadata document that the identity provider gives out.")).to_be_visible()
    page.get_by_label("Provider name").fill("Corp")
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="Add provider").click()
    expect(page.get_by_text("Could not parse metadata")).to_be_visible()
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_role("button", name="Add provider").click()
    expect(page.get_by_text("Corp added.")).to_be_visible()
    assert iam.get_saml_provider(SAMLProviderArn=arn)["SAMLMetadataDocument"] == first

    page.get_by_role("link", name="Corp").click()
    good.write_text(second)
    page.get_by_role("button", name="Replace metadata").click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(good)
    page.get_by_role("dialog").get_by_role("button", name="Replace metadata").click()
    expect(page.get_by_text("Metadata document replaced.")).to_be_visible()
    require_accessible(page)
    page.get_by_role("tab", name="Encryption").click()
    page.get_by_label("Require encrypted assertions").click()
    expect(page.get_by_text("Assertions have to be encrypted.")).to_be_visible()
    page.get_by_role("button", name="Add private key").click()
    page.get_by_role("dialog").get_by_label("Private key").fill("no key")
    page.get_by_role("dialog").get_by_role("button", name="Add private key").click()
    expect(page.get_by_role("dialog").get_by_text(re.compile("InvalidInput"))).to_be_visible()
    page.get_by_role("dialog").get_by_label("Private key").fill(pem(new_key()))
    page.get_by_role("dialog").get_by_role("button", name="Add private key").click()
    expect(page.get_by_text("Private key added.")).to_be_visible()
    require_accessible(page)
    page.get_by_role("tab", name="Tags").click()
    page.get_by_role("button", name="Manage tags").click()
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("textbox", name="Key", exact=True).fill("team")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Tags updated.")).to_be_visible()
    provider = iam.get_saml_provider(SAMLProviderArn=arn)
    assert provider["SAMLMetadataDocument"] == second
    assert provider["AssertionEncryptionMode"] == "Required"
    assert len(provider["PrivateKeyList"]) == 1
    assert provider["Tags"] == [{"Key": "team", "Value": ""}]


def test_who_may_list_one_kind_sees_it_and_why_not_the_other(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    made = console.iam.create_open_id_connect_provider(Url="https://id.example.org", ClientIDList=["a"])
    console.create_user("guest")
    console.iam.put_user_policy(
        UserName="guest", PolicyName="See", PolicyDocument=allow("iam:ListOpenIDConnectProviders")
    )
    console.sign_in(context, "guest")
    page.goto(console.url("/providers"))
    expect(page.get_by_role("link", name="id.example.org")).to_be_visible()
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:ListSAMLProviders"))).to_be_visible()
    require_accessible(page)
    page.goto(console.url(f"/providers/{quote(made['OpenIDConnectProviderArn'], safe='')}"))
    expect(page.get_by_text(re.compile("not authorized to perform: iam:GetOpenIDConnectProvider"))).to_be_visible()
    page.goto(console.url("/providers/arn%3Aaws%3Aiam%3A%3Ax"))
    expect(page.get_by_role("heading", name="There is no such identity provider")).to_be_visible()
