"""Service-linked roles, through boto3."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal

SCALING = "autoscaling.amazonaws.com"
POLICY = "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy"


@pytest.fixture
def role(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_service_linked_role(AWSServiceName=SCALING, CustomSuffix=fresh("s"))["Role"]
    return made


def test_a_role_has_awss_name_path_trust_and_policy(iam: Any, account_id: str) -> None:
    made = answer(iam.create_service_linked_role, AWSServiceName="ecs.amazonaws.com", Description="runs tasks")["Role"]
    assert made["RoleId"].startswith("AROA")
    name, path = "AWSServiceRoleForECS", "/aws-service-role/ecs.amazonaws.com/"
    assert made == {
        "Path": path,
        "RoleName": name,
        "RoleId": made["RoleId"],
        "Arn": f"arn:aws:iam::{account_id}:role{path}{name}",
        "CreateDate": made["CreateDate"],
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        },
    }
    assert answer(iam.get_role, RoleName=name)["Role"] == {
        **made,
        "Description": "runs tasks",
        "MaxSessionDuration": 3600,
        "RoleLastUsed": {},
    }
    arn = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy"
    assert answer(iam.list_attached_role_policies, RoleName=name)["AttachedPolicies"] == [
        {"PolicyName": "AmazonECSServiceRolePolicy", "PolicyArn": arn}
    ]
    assert refusal(iam.create_service_linked_role, AWSServiceName="ecs.amazonaws.com") == (
        "InvalidInput",
        f"Service role name {name} has been taken in this account, please try a different suffix.",
        400,
    )


def test_a_suffix_tells_a_services_roles_apart(iam: Any, role: dict[str, Any]) -> None:
    suffix = fresh("s")
    made = answer(iam.create_service_linked_role, AWSServiceName=SCALING, CustomSuffix=suffix)["Role"]
    assert made["RoleName"] == f"AWSServiceRoleForAutoScaling_{suffix}"
    listed = answer(iam.list_roles, PathPrefix="/aws-service-role/autoscaling.amazonaws.com/")["Roles"]
    assert {role["RoleName"], made["RoleName"]} <= {each["RoleName"] for each in listed}


PROTECTED: list[tuple[str, dict[str, Any]]] = [
    ("attach_role_policy", {"PolicyArn": READ_ONLY}),
    ("detach_role_policy", {"PolicyArn": POLICY}),
    ("put_role_policy", {"PolicyName": "p", "PolicyDocument": DOCUMENT}),
    ("delete_role_policy", {"PolicyName": "p"}),
    ("put_role_permissions_boundary", {"PermissionsBoundary": READ_ONLY}),
    ("delete_role_permissions_boundary", {}),
    ("update_assume_role_policy", {"PolicyDocument": TRUST}),
    ("update_role", {"MaxSessionDuration": 7200}),
    ("delete_role", {}),
    ("add_role_to_instance_profile", {"InstanceProfileName": "Protected"}),
    ("remove_role_from_instance_profile", {"InstanceProfileName": "Protected"}),
]


@pytest.fixture(scope="module")
def _profile(iam: Any) -> None:
    iam.create_instance_profile(InstanceProfileName="Protected")


@pytest.mark.usefixtures("_profile")
@pytest.mark.parametrize(("name", "parameters"), PROTECTED)
def test_only_its_service_changes_a_role(iam: Any, role: dict[str, Any], name: str, parameters: dict[str, Any]) -> None:
    role_name = role["RoleName"]
    before = answer(iam.get_role, RoleName=role_name)
    assert refusal(getattr(iam, name), RoleName=role_name, **parameters) == (
        "UnmodifiableEntity",
        f"Cannot perform the operation on the protected role '{role_name}' - this role is only modifiable by AWS",
        400,
    )
    assert answer(iam.get_role, RoleName=role_name) == before
    assert answer(iam.list_attached_role_policies, RoleName=role_name)["AttachedPolicies"] == [
        {"PolicyName": "AutoScalingServiceRolePolicy", "PolicyArn": POLICY}
    ]


def test_description_and_tags_are_the_accounts_own(iam: Any, role: dict[str, Any]) -> None:
    name = role["RoleName"]
    assert answer(iam.update_role, RoleName=name, Description="one") == {}
    assert answer(iam.update_role_description, RoleName=name, Description="two")["Role"]["Description"] == "two"
    assert answer(iam.tag_role, RoleName=name, Tags=[{"Key": "a", "Value": "b"}]) == {}
    assert answer(iam.untag_role, RoleName=name, TagKeys=["a"]) == {}


def test_a_role_is_deleted_in_a_task(iam: Any, role: dict[str, Any]) -> None:
    name = role["RoleName"]
    iam.tag_role(RoleName=name, Tags=[{"Key": "a", "Value": "b"}])
    task_id = answer(iam.delete_service_linked_role, RoleName=name)["DeletionTaskId"]
    assert task_id.startswith(f"task/aws-service-role/{SCALING}/{name}/")
    assert answer(iam.get_service_linked_role_deletion_status, DeletionTaskId=task_id) == {"Status": "SUCCEEDED"}
    gone = ("NoSuchEntity", f"The role with name {name} cannot be found.", 404)
    assert refusal(iam.get_role, RoleName=name) == gone
    assert refusal(iam.delete_service_linked_role, RoleName=name) == gone


def test_a_task_is_its_accounts_own(start_server: Callable[..., RunningServer], iam: Any, role: dict[str, Any]) -> None:
    task_id = iam.delete_service_linked_role(RoleName=role["RoleName"])["DeletionTaskId"]
    other = start_server("444455556666")
    stranger = other.client("iam", other.admin)
    assert refusal(stranger.get_service_linked_role_deletion_status, DeletionTaskId=task_id) == (
        "NoSuchEntity",
        f"DeletionTask {task_id} cannot be found.",
        404,
    )


def test_the_service_is_decided_on(server: RunningServer, iam: Any) -> None:
    name = fresh("User")
    iam.create_user(UserName=name)
    statement = {
        "Effect": "Allow",
        "Action": "iam:CreateServiceLinkedRole",
        "Resource": "arn:aws:iam::*:role/aws-service-role/*",
        "Condition": {"StringLike": {"iam:AWSServiceName": "rds.amazonaws.com"}},
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)
    client = server.client("iam", Credentials.of(iam.create_access_key(UserName=name)["AccessKey"]))
    assert answer(client.create_service_linked_role, AWSServiceName="rds.amazonaws.com")["Role"]["RoleName"]
    for service in ("redshift.amazonaws.com", "none.amazonaws.com"):
        assert refusal(client.create_service_linked_role, AWSServiceName=service)[0] == "AccessDenied"


def test_a_role_of_the_account_is_not_service_linked(iam: Any) -> None:
    name = fresh("Role")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    assert refusal(iam.delete_service_linked_role, RoleName=name)[0] == "NoSuchEntity"
    assert answer(iam.get_role, RoleName=name)["Role"]["RoleName"] == name
