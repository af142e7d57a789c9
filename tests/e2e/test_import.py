"""An exported account brought in by `ostiary import`, and asked for again."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.cli.test_commands import one_line, ostiary, serving

EXPORT = Path(__file__).parent.parent / "cases" / "exports" / "company.json"
ACCOUNT = "123456789012"
OTHER = "444455556666"
LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
ADMIN = "ostiary-admin"


def client(service: str, endpoint: str, key: dict[str, str]) -> Any:
    return boto3.session.Session().client(
        service,
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id=key.get("access_key_id") or key["AccessKeyId"],
        aws_secret_access_key=key.get("secret_access_key") or key["SecretAccessKey"],
    )


def set_up(data: Path, account: str) -> dict[str, Any]:
    result = ostiary("init", "--data", data, "--account-id", account, "--admin-user", ADMIN, "--format", "json")
    facts: dict[str, Any] = json.loads(result.stdout)
    return facts


def plain(value: Any) -> Any:
    """Return a value as JSON would have it."""
    match value:
        case dict():
            return {key: plain(member) for key, member in value.items()}
        case list():
            return [plain(member) for member in value]
        case datetime():
            return value.isoformat()
        case _:
            return value


def by_name(details: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(details, key=lambda detail: str(detail["Arn"]).lower())


def ask(iam: Any) -> dict[str, Any]:
    """Return the whole account, in small pages, without its first administrator."""
    pages = list(iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 4}))
    whole = {member: [detail for page in pages for detail in page[member]] for member in LISTS}
    whole["UserDetailList"] = [user for user in whole["UserDetailList"] if user["UserName"] != ADMIN]
    return whole


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    data = tmp_path_factory.mktemp("import") / "data"
    facts = set_up(data, ACCOUNT)
    result = ostiary("import", EXPORT, "--data", data)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"Imported into account {ACCOUNT}: 5 users, 4 groups, 9 roles, 4 policies, 9 policies of AWS's.",
        "There before, now with the file's ID and date and the policies of both: Administrators.",
        "AWS policies that this version of Ostiary does not know, kept as they are in the file: AWSLambdaFullAccess.",
    ]
    return data, facts


@pytest.fixture(scope="module")
def endpoint(data: tuple[Path, dict[str, Any]]) -> Iterator[str]:
    with serving("--data", data[0]) as (endpoint, _):
        yield endpoint


@pytest.fixture(scope="module")
def iam(data: tuple[Path, dict[str, Any]], endpoint: str) -> Any:
    return client("iam", endpoint, data[1]["admin"])


def test_an_export_comes_back_equal(iam: Any) -> None:
    written = json.loads(EXPORT.read_text())
    answered = ask(iam)
    for member in LISTS:
        # Users, groups, roles and policies come by name; what hangs on one keeps its order.
        assert by_name(plain(answered[member])) == by_name(plain(written[member]))


def test_no_import_while_a_server_runs(data: tuple[Path, dict[str, Any]], endpoint: str) -> None:
    assert endpoint
    one_line(
        ostiary("import", EXPORT, "--data", data[0]), "ostiary: another server already runs on the data directory .*"
    )


def test_what_was_imported_is_enforced(iam: Any, endpoint: str) -> None:
    alice = client("iam", endpoint, iam.create_access_key(UserName="alice")["AccessKey"])
    assert alice.get_user()["User"]["UserName"] == "alice"
    with pytest.raises(ClientError, match="iam:GetRole on resource: role WebServer with an explicit deny"):
        alice.get_role(RoleName="WebServer")
    iam.attach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    with pytest.raises(ClientError, match="because no permissions boundary allows the iam:CreateUser"):
        alice.create_user(UserName="mallory")
    iam.detach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    deployer = client("sts", endpoint, iam.create_access_key(UserName="ci-deployer")["AccessKey"])
    role = {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/ci/DeployPipeline", "RoleSessionName": "session"}
    assert deployer.assume_role(**role, ExternalId="pipeline-7")["AssumedRoleUser"]["Arn"].endswith(
        "DeployPipeline/session"
    )
    with pytest.raises(ClientError, match="sts:AssumeRole"):
        deployer.assume_role(**role, ExternalId="another")


def test_what_was_imported_keeps_to_the_rules(iam: Any) -> None:
    with pytest.raises(ClientError, match="protected role 'AWSServiceRoleForAutoScaling_blue'"):
        iam.delete_role(RoleName="AWSServiceRoleForAutoScaling_blue")
    with pytest.raises(ClientError, match="must remove roles from instance profile first"):
        iam.delete_instance_profile(InstanceProfileName="WebServer")
    with pytest.raises(ClientError, match="Cannot attach a Service Role Policy"):
        iam.attach_role_policy(
            RoleName="WebServer", PolicyArn="arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy"
        )
    arn = f"arn:aws:iam::{ACCOUNT}:policy/ci/DeployArtifacts"
    document = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}})
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=document)["PolicyVersion"]["VersionId"] == "v8"
    iam.delete_policy_version(PolicyArn=arn, VersionId="v8")


def test_aws_policies_are_as_they_were(iam: Any) -> None:
    arn = "arn:aws:iam::aws:policy/AWSLambdaFullAccess"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v8"
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [version["VersionId"] for version in versions] == ["v8", "v7"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v7")["PolicyVersion"]["Document"]
    assert document["Statement"] == [{"Effect": "Allow", "Action": ["lambda:*"], "Resource": "*"}]
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PathPrefix="/")
    listed = [policy["PolicyName"] for page in pages for policy in page["Policies"]]
    assert listed.count("AWSLambdaFullAccess") == listed.count("AdministratorAccess") == 1


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    set_up(data, ACCOUNT)
    ostiary("import", EXPORT, "--data", data)
    before = (data / "ostiary.db").read_bytes()
    result = ostiary("import", EXPORT, "--data", data)
    assert result.stdout.startswith(f"Imported into account {ACCOUNT}: nothing new.\n")
    assert (data / "ostiary.db").read_bytes() == before


def test_another_account_gets_arns_of_its_own_and_the_documents_as_they_are(tmp_path: Path) -> None:
    data = tmp_path / "data"
    facts = set_up(data, OTHER)
    result = ostiary("import", EXPORT, "--data", data)
    assert f"6 documents name account {ACCOUNT}, and still do." in result.stdout
    with serving("--data", data) as (endpoint, _):
        answered = plain(ask(client("iam", endpoint, facts["admin"])))
    written = json.loads(EXPORT.read_text())
    moved = json.loads(json.dumps(written).replace(f"arn:aws:iam::{ACCOUNT}:", f"arn:aws:iam::{OTHER}:"))
    for detail, original in zip(moved["RoleDetailList"], written["RoleDetailList"], strict=True):
        detail["AssumeRolePolicyDocument"] = original["AssumeRolePolicyDocument"]
        for profile in detail["InstanceProfileList"]:
            profile["Roles"][0]["AssumeRolePolicyDocument"] = original["AssumeRolePolicyDocument"]
        detail["RolePolicyList"] = original["RolePolicyList"]
    for detail, original in zip(moved["Policies"], written["Policies"], strict=True):
        detail["PolicyVersionList"] = original["PolicyVersionList"]
    for member in LISTS:
        assert by_name(answered[member]) == by_name(plain(moved[member]))
