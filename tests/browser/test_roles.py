"""Roles: made in each of the wizard's ways and then assumed for real; changed, revoked and deleted on their page."""

import json
import re
from typing import Any
from urllib.parse import quote

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import require_accessible
from tests.browser.console_under_test import ConsoleUnderTest
from tests.browser.test_groups import READ_ONLY, allow, pick_policy
from tests.conftest import Credentials
from tests.e2e.identity_providers import SIGN_IN, SamlIdp, assertion, role_attributes, serving_issuer


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()


def name_and_create(page: Page, name: str) -> None:
    page.get_by_label("Role name").fill(name)
    page.get_by_role("button", name="Create role").click()
    expect(page.get_by_text(f"Role {name} created.")).to_be_visible()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def trust_of(console: ConsoleUnderTest, name: str) -> dict[str, Any]:
    """Return the statement of a role's trust policy."""
    (statement,) = console.iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    found: dict[str, Any] = statement
    return found


def arn_of(console: ConsoleUnderTest, name: str) -> str:
    return f"arn:aws:iam::{console.server.account_id}:role/{name}"


@pytest.fixture(scope="module")
def unsigned(console: ConsoleUnderTest) -> Any:
    """STS, as those call it who have no credentials yet."""
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    session = boto3.session.Session()
    return session.client("sts", endpoint_url=console.server.endpoint, region_name="us-east-1", config=config)


def test_a_role_for_an_account_is_made_assumed_and_revoked(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/roles"))
    page.get_by_role("button", name="Create role").click()
    next_step(page)
    expect(page.get_by_text("Choose a service, or enter a service principal")).to_be_visible()
    page.get_by_role("radio", name="AWS account", exact=False).first.check()
    page.get_by_role("checkbox", name="Require external ID").check()
    page.get_by_label("External ID", exact=True).fill("x y")
    next_step(page)
    expect(page.get_by_text("Enter 2 to 1,224 characters")).to_be_visible()
    page.get_by_label("External ID", exact=True).fill("shop-7")
    require_accessible(page)
    next_step(page)
    pick_policy(page, "IAMReadOnlyAccess", READ_ONLY)
    require_accessible(page)
    next_step(page)
    page.get_by_role("button", name="Create role").click()
    expect(page.get_by_text("Enter a name.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("textbox", name="Key", exact=True).fill("team")
    page.get_by_label("Value - optional").fill("shop")
    require_accessible(page)
    name_and_create(page, "Auditor")

    role = console.iam.get_role(RoleName="Auditor")["Role"]
    assert role["Tags"] == [{"Key": "team", "Value": "shop"}]
    sts = console.server.client("sts", console.server.admin)
    with pytest.raises(ClientError, match="AccessDenied"):
        sts.assume_role(RoleArn=role["Arn"], RoleSessionName="without")
    answer = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="with", ExternalId="shop-7")
    session = console.server.client("iam", Credentials.of(answer["Credentials"]))
    session.list_users()

    page.get_by_role("tab", name="Revoke sessions").click()
    page.get_by_role("button", name="Revoke active sessions").click()
    page.get_by_label("Type Auditor to confirm").fill("Auditor")
    page.get_by_role("dialog").get_by_role("button", name="Revoke active sessions").click()
    expect(page.get_by_role("link", name="AWSRevokeOlderSessions")).to_be_visible()
    require_accessible(page)
    with pytest.raises(ClientError, match="explicit deny"):
        session.list_users()


@pytest.mark.thorough
def test_a_role_for_instances_has_an_instance_profile(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.sign_in_as_admin(context)
    page.goto(console.url("/create-role"))
    page.get_by_label("Service or service principal").fill("EC2")
    page.get_by_role("option", name=re.compile("ec2.amazonaws.com")).click()
    next_step(page)
    page.get_by_role("button", name="Set permissions boundary").click()
    page.get_by_text("Use a permissions boundary to control the maximum role permissions").click()
    page.get_by_role("searchbox", name="Find a policy").nth(1).fill("IAMReadOnlyAccess")
    page.get_by_role("radio", name=f"Select {READ_ONLY}").check()
    next_step(page)
    name_and_create(page, "Web")
    assert trust_of(console, "Web")["Principal"] == {"Service": "ec2.amazonaws.com"}
    role = console.iam.get_role(RoleName="Web")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == READ_ONLY
    expect(page.get_by_text(f"arn:aws:iam::{console.server.account_id}:instance-profile/Web")).to_be_visible()

    page.get_by_role("button", name="Remove boundary").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove boundary").click()
    expect(page.get_by_text("No boundary limits the policies of this role.")).to_be_visible()
    page.goto(console.url("/roles"))
    expect(page.get_by_role("row", name=re.compile("Web"))).to_contain_text("AWS Service: ec2")
    require_accessible(page)
    page.get_by_role("checkbox", name="Select Web").check()
    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type Web to confirm").fill("Web")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Role Web deleted.")).to_be_visible()
    assert console.iam.list_instance_profiles()["InstanceProfiles"] == []


@pytest.mark.thorough
def test_a_role_for_a_web_identity_is_assumed_with_its_token(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, unsigned: Any
) -> None:
    with serving_issuer() as issuer:
        console.iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client"])
        console.sign_in_as_admin(context)
        page.goto(console.url("/create-role"))
        page.get_by_role("radio", name="Web identity").check()
        next_step(page)
        expect(page.get_by_text("Choose an identity provider.")).to_be_visible()
        page.get_by_role("button", name="Identity provider").click()
        page.get_by_role("option", name=issuer.url.removeprefix("http://")).click()
        page.get_by_role("button", name="Audience").click()
        page.get_by_role("option", name="client").click()
        page.get_by_label("Subject - optional").fill("subject-*")
        next_step(page)
        next_step(page)
        name_and_create(page, "Builder")
        arn = arn_of(console, "Builder")
        token = issuer.token()
        unsigned.assume_role_with_web_identity(RoleArn=arn, RoleSessionName="build", WebIdentityToken=token)
        with pytest.raises(ClientError, match="AccessDenied"):
            unsigned.assume_role_with_web_identity(
                RoleArn=arn, RoleSessionName="other", WebIdentityToken=issuer.token(sub="somebody")
            )


@pytest.mark.thorough
def test_a_role_for_saml_is_assumed_with_an_assertion(
    console: ConsoleUnderTest, context: BrowserContext, page: Page, unsigned: Any
) -> None:
    idp = SamlIdp()
    provider = console.iam.create_saml_provider(Name="Corp", SAMLMetadataDocument=idp.metadata())["SAMLProviderArn"]
    console.sign_in_as_admin(context)
    page.goto(console.url("/create-role"))
    page.get_by_role("radio", name="SAML 2.0 federation").check()
    page.get_by_role("button", name="SAML 2.0-based provider").click()
    page.get_by_role("option", name="Corp").click()
    next_step(page)
    next_step(page)
    name_and_create(page, "Employee")
    assert trust_of(console, "Employee")["Condition"] == {"StringEquals": {"SAML:aud": SIGN_IN}}
    arn = arn_of(console, "Employee")
    text = idp.response(assertion(role_attributes(arn, provider)))
    unsigned.assume_role_with_saml(RoleArn=arn, PrincipalArn=provider, SAMLAssertion=text)


@pytest.mark.thorough
def test_a_custom_trust_policy_and_changes_on_the_page(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    iam = console.iam
    console.sign_in_as_admin(context)
    page.goto(console.url("/create-role"))
    page.get_by_role("radio", name="Custom trust policy").check()
    page.get_by_role("textbox", name="Policy document").fill("{")
    next_step(page)
    expect(page.get_by_text("The trust policy is not valid JSON.")).to_be_visible()
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
    page.get_by_role("textbox", name="Policy document").fill(json.dumps(document))
    next_step(page)
    next_step(page)
    name_and_create(page, "Open")
    assert trust_of(console, "Open")["Principal"] == {"AWS": "*"}

    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Description").fill("Open to all")
    page.get_by_role("button", name=re.compile("Maximum session duration")).click()
    page.get_by_role("option", name="12 hours").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Open to all")).to_be_visible()
    page.get_by_role("tab", name="Trust relationships").click()
    page.get_by_role("button", name="Edit trust policy").click()
    narrower = json.dumps(document).replace('"*"', f'"{console.server.account_id}"')
    page.get_by_role("textbox", name="Policy document").fill(narrower.replace("sts:AssumeRole", "s3:Get*"))
    page.get_by_role("button", name="Update policy").click()
    expect(page.get_by_text("MalformedPolicyDocument")).to_be_visible()
    page.get_by_role("textbox", name="Policy document").fill(narrower)
    page.get_by_role("button", name="Update policy").click()
    expect(page.get_by_text("Trust policy updated.")).to_be_visible()
    require_accessible(page)
    page.get_by_role("tab", name="Tags").click()
    page.get_by_role("button", name="Manage tags").click()
    page.get_by_role("button", name="Add new tag").click()
    page.get_by_role("textbox", name="Key", exact=True).fill("team")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Tags updated.")).to_be_visible()
    role = iam.get_role(RoleName="Open")["Role"]
    assert (role["Description"], role["MaxSessionDuration"]) == ("Open to all", 43_200)
    assert len(role["Tags"]) == 1
    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type Open to confirm").fill("Open")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(console.url("/roles"))


@pytest.mark.thorough
def test_who_may_see_little_sees_that_and_why_not_more(
    console: ConsoleUnderTest, context: BrowserContext, page: Page
) -> None:
    console.iam.create_role(
        RoleName="Secret+Name",
        Description="<img src=x onerror=alert(1)>",
        AssumeRolePolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                },
            }
        ),
    )
    console.create_user("guest")
    console.iam.put_user_policy(UserName="guest", PolicyName="See", PolicyDocument=allow("iam:ListRoles"))
    console.sign_in(context, "guest")
    page.goto(console.url("/roles"))
    row = page.get_by_role("row", name=re.compile(re.escape("Secret+Name")))
    expect(row).to_contain_text("AWS Service: lambda")
    expect(row).to_contain_text("No permission")
    page.goto(console.url(f"/roles/{quote('Secret+Name', safe='')}"))
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:GetRole")).first).to_be_visible()
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:ListRolePolicies"))).to_be_visible()
    page.get_by_role("tab", name="Trust relationships").click()
    expect(page.get_by_role("tabpanel").get_by_text("The role could not be shown")).to_be_visible()
    require_accessible(page)

    console.iam.put_user_policy(UserName="guest", PolicyName="Get", PolicyDocument=allow("iam:GetRole"))
    page.reload()
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    page.get_by_role("tab", name="Revoke sessions").click()
    expect(page.get_by_text(re.compile("is not authorized to perform: iam:GetRolePolicy"))).to_be_visible()
    page.get_by_role("button", name="Revoke active sessions").click()
    page.get_by_label("Type Secret+Name to confirm").fill("Secret+Name")
    page.get_by_role("dialog").get_by_role("button", name="Revoke active sessions").click()
    expect(page.get_by_role("dialog").get_by_text(re.compile("iam:PutRolePolicy"))).to_be_visible()
