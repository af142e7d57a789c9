"""The AWS CLI: what it shows of an account, in pages, as tables, and in a role that its profile names."""

import base64
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clients.accounts import allow, careless, trust
from tests.clients.tools import Tool, ToolError
from tests.conftest import RunningServer

AWS = Tool(Path(sys.executable).parent / "aws")


@pytest.fixture(scope="module", autouse=True)
def _account(iam: Any) -> None:
    careless(iam)


def aws(server: RunningServer, *words: str, **variables: str) -> Any:
    """Run `aws WORDS…` as the administrator and return what it printed, read as JSON."""
    printed = AWS.run(server, server.admin, *words, **variables)
    return json.loads(printed) if printed.strip() else None


def test_authorization_details_show_the_whole_account(server: RunningServer) -> None:
    details = aws(server, "iam", "get-account-authorization-details", "--page-size", "1")
    users = {user["UserName"]: user for user in details["UserDetailList"]}
    assert set(users) == {"admin", "careless", "reader"}
    assert users["reader"]["GroupList"] == ["readers"]
    assert users["reader"]["Tags"] == [{"Key": "team", "Value": "audit"}]
    (attached,) = users["careless"]["AttachedManagedPolicies"]
    assert attached["PolicyName"] == "everything"
    assert {group["GroupName"] for group in details["GroupDetailList"]} == {"Administrators", "readers", "idle"}
    (role,) = details["RoleDetailList"]
    assert role["AssumeRolePolicyDocument"] == json.loads(trust({"Service": "ec2.amazonaws.com"}))
    assert role["RolePolicyList"] == [
        {"PolicyName": "more", "PolicyDocument": json.loads(allow("iam:AttachRolePolicy"))}
    ]
    assert [profile["InstanceProfileName"] for profile in role["InstanceProfileList"]] == ["machines"]
    policies = {policy["PolicyName"]: policy for policy in details["Policies"]}
    assert set(policies) == {"AdministratorAccess", "everything", "modest"}
    assert policies["everything"]["AttachmentCount"] == 1
    assert policies["everything"]["PolicyVersionList"][0]["Document"] == json.loads(allow("*"))


def test_the_credential_report_tells_who_has_no_mfa(server: RunningServer, account_id: str) -> None:
    assert aws(server, "iam", "generate-credential-report")["State"] in {"STARTED", "INPROGRESS", "COMPLETE"}
    report = aws(server, "iam", "get-credential-report")
    assert report["ReportFormat"] == "text/csv"
    rows = {row["user"]: row for row in csv.DictReader(io.StringIO(base64.b64decode(report["Content"]).decode()))}
    assert set(rows) == {"<root_account>", "admin", "careless", "reader"}
    assert rows["<root_account>"]["arn"] == f"arn:aws:iam::{account_id}:root"
    assert rows["<root_account>"]["mfa_active"] == "false"
    careless_row = rows["careless"]
    assert (careless_row["password_enabled"], careless_row["mfa_active"]) == ("true", "false")
    assert (careless_row["access_key_1_active"], careless_row["access_key_2_active"]) == ("true", "false")
    assert (rows["reader"]["password_enabled"], rows["reader"]["access_key_1_active"]) == ("false", "false")


def test_lists_are_cut_resumed_and_queried(server: RunningServer) -> None:
    first = aws(server, "iam", "list-users", "--max-items", "2", "--page-size", "1")
    rest = aws(server, "iam", "list-users", "--starting-token", first["NextToken"])
    assert "NextToken" not in rest
    names = [user["UserName"] for page in (first, rest) for user in page["Users"]]
    assert names == ["admin", "careless", "reader"]
    queried = AWS.run(
        server, server.admin, "iam", "list-users", "--query", "Users[].[UserName,Path]", "--output", "text"
    )
    assert queried == "admin\t/\ncareless\t/\nreader\t/\n"


def test_waiting_ends_when_it_is_there(server: RunningServer, account_id: str) -> None:
    for words in (
        ("user-exists", "--user-name", "reader"),
        ("role-exists", "--role-name", "escalator"),
        ("instance-profile-exists", "--instance-profile-name", "machines"),
        ("policy-exists", "--policy-arn", f"arn:aws:iam::{account_id}:policy/modest"),
    ):
        assert aws(server, "iam", "wait", *words) is None


def test_a_profile_takes_a_role(server: RunningServer, iam: Any, account_id: str, tmp_path: Path) -> None:
    role = iam.create_role(
        RoleName="operator", AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{account_id}:root"})
    )["Role"]
    iam.put_role_policy(RoleName="operator", PolicyName="look", PolicyDocument=allow("iam:ListUsers"))
    config = tmp_path / "config"
    config.write_text(
        f"[profile operator]\nrole_arn = {role['Arn']}\nrole_session_name = at-work\n"
        f"credential_source = Environment\nendpoint_url = {server.endpoint}\n"
    )
    in_role = {"AWS_CONFIG_FILE": str(config)}
    identity = aws(server, "sts", "get-caller-identity", "--profile", "operator", **in_role)
    assert identity["Arn"] == f"arn:aws:sts::{account_id}:assumed-role/operator/at-work"
    assert aws(server, "iam", "list-users", "--profile", "operator", **in_role)["Users"]
    with pytest.raises(ToolError) as refused:
        aws(server, "iam", "list-groups", "--profile", "operator", **in_role)
    assert (
        str(refused.value)
        .strip()
        .endswith(
            f"An error occurred (AccessDenied) when calling the ListGroups operation: User: {identity['Arn']} is not "
            f"authorized to perform: iam:ListGroups on resource: arn:aws:iam::{account_id}:group/ "
            "because no identity-based policy allows the iam:ListGroups action"
        )
    )


def test_other_services_are_refused_in_their_own_form(server: RunningServer) -> None:
    for words, code in (
        (("ec2", "describe-instances"), "UnauthorizedOperation"),
        (("s3api", "list-buckets"), "AccessDenied"),
        (("lambda", "list-functions"), "AccessDeniedException"),
        (("dynamodb", "list-tables"), "AccessDeniedException"),
    ):
        with pytest.raises(ToolError, match=rf"An error occurred \({code}\)"):
            AWS.run(server, server.admin, *words)


def test_the_trail_is_looked_up_in_pages(server: RunningServer) -> None:
    who = ("--lookup-attributes", "AttributeKey=Username,AttributeValue=admin")
    words = ("cloudtrail", "lookup-events", *who, "--start-time", "2026-01-01T00:00:00Z")
    events = aws(server, *words, "--page-size", "2", "--max-items", "5")
    assert len(events["Events"]) == 5
    assert {event["Username"] for event in events["Events"]} == {"admin"}
    later = aws(server, *words, "--max-items", "1", "--starting-token", events["NextToken"])
    assert later["Events"][0]["EventId"] < events["Events"][-1]["EventId"]


def test_a_policy_is_checked(server: RunningServer, tmp_path: Path) -> None:
    document = tmp_path / "policy.json"
    document.write_text(allow("s3:Nothing"))
    words = ("accessanalyzer", "validate-policy", "--policy-type", "IDENTITY_POLICY")
    (finding,) = aws(server, *words, "--policy-document", f"file://{document}")["findings"]
    assert (finding["findingType"], finding["issueCode"]) == ("ERROR", "INVALID_ACTION")
    with pytest.raises(ToolError, match=r"\(ValidationException\).*maxResults must be from 1 to 1000"):
        aws(server, *words, "--policy-document", "{}", "--page-size", "1001")
