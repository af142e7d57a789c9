"""Instance profiles, through boto3."""

import json
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import TRUST, answer, fresh, refusal

TAGS = [{"Key": "Team", "Value": "red"}, {"Key": "team", "Value": "blue"}]


@pytest.fixture
def profile(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_instance_profile(InstanceProfileName=fresh("Profile"))["InstanceProfile"]
    return made


@pytest.fixture
def role(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=TRUST, Description="x")[
        "Role"
    ]
    return made


def test_a_profile_is_answered_when_made_when_asked_for_and_when_listed(iam: Any, account_id: str) -> None:
    name = fresh("Profile")
    made = answer(iam.create_instance_profile, InstanceProfileName=name, Path="/a/")["InstanceProfile"]
    assert made["InstanceProfileId"].startswith("AIPA")
    assert made == {
        "Path": "/a/",
        "InstanceProfileName": name,
        "InstanceProfileId": made["InstanceProfileId"],
        "Arn": f"arn:aws:iam::{account_id}:instance-profile/a/{name}",
        "CreateDate": made["CreateDate"],
        "Roles": [],
    }
    assert answer(iam.get_instance_profile, InstanceProfileName=name.upper()) == {
        "InstanceProfile": {**made, "Tags": []}
    }
    assert answer(iam.list_instance_profiles, PathPrefix="/a/") == {"InstanceProfiles": [made], "IsTruncated": False}
    assert answer(iam.list_instance_profiles, PathPrefix="/none/") == {"InstanceProfiles": [], "IsTruncated": False}


def test_tags_given_at_creation_are_answered(iam: Any) -> None:
    name = fresh("Profile")
    made = answer(iam.create_instance_profile, InstanceProfileName=name, Tags=TAGS)["InstanceProfile"]
    assert made["Tags"] == TAGS
    assert answer(iam.get_instance_profile, InstanceProfileName=name)["InstanceProfile"]["Tags"] == TAGS
    assert answer(iam.list_instance_profile_tags, InstanceProfileName=name) == {"Tags": TAGS, "IsTruncated": False}
    assert answer(iam.untag_instance_profile, InstanceProfileName=name, TagKeys=["team"]) == {}
    assert answer(iam.tag_instance_profile, InstanceProfileName=name, Tags=[{"Key": "x", "Value": ""}]) == {}
    kept = answer(iam.list_instance_profile_tags, InstanceProfileName=name)["Tags"]
    assert kept == [TAGS[0], {"Key": "x", "Value": ""}]


def test_a_role_is_put_in_and_taken_out(iam: Any, profile: dict[str, Any], role: dict[str, Any]) -> None:
    names = {"InstanceProfileName": profile["InstanceProfileName"], "RoleName": role["RoleName"]}
    assert answer(iam.add_role_to_instance_profile, **names) == {}
    filled = {**profile, "Roles": [role]}
    shown = answer(iam.get_instance_profile, InstanceProfileName=names["InstanceProfileName"])["InstanceProfile"]
    assert shown == {**filled, "Tags": []}
    assert answer(iam.list_instance_profiles_for_role, RoleName=role["RoleName"].lower()) == {
        "InstanceProfiles": [filled],
        "IsTruncated": False,
    }
    assert filled in answer(iam.list_instance_profiles, MaxItems=1000)["InstanceProfiles"]
    assert answer(iam.remove_role_from_instance_profile, **names) == {}
    assert answer(iam.list_instance_profiles_for_role, RoleName=role["RoleName"])["InstanceProfiles"] == []


def test_a_profile_has_one_role(iam: Any, profile: dict[str, Any], role: dict[str, Any]) -> None:
    other = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=TRUST)["Role"]
    name = profile["InstanceProfileName"]
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role["RoleName"])
    full = ("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1", 409)
    for each in (role, other):
        assert refusal(iam.add_role_to_instance_profile, InstanceProfileName=name, RoleName=each["RoleName"]) == full
    assert refusal(
        iam.remove_role_from_instance_profile, InstanceProfileName=name, RoleName=other["RoleName"].upper()
    ) == ("NoSuchEntity", f"Role {other['RoleName']} in Instance Profile {name} cannot be found.", 404)


def test_neither_the_profile_nor_the_role_is_deleted_while_they_are_together(
    iam: Any, profile: dict[str, Any], role: dict[str, Any]
) -> None:
    names = {"InstanceProfileName": profile["InstanceProfileName"], "RoleName": role["RoleName"]}
    iam.add_role_to_instance_profile(**names)
    together = ("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.", 409)
    assert refusal(iam.delete_instance_profile, InstanceProfileName=names["InstanceProfileName"]) == together
    assert refusal(iam.delete_role, RoleName=names["RoleName"]) == together
    iam.remove_role_from_instance_profile(**names)
    assert answer(iam.delete_instance_profile, InstanceProfileName=names["InstanceProfileName"]) == {}
    assert answer(iam.delete_role, RoleName=names["RoleName"]) == {}


def test_pages_of_profiles(iam: Any) -> None:
    names = [fresh("Paged") for _ in range(5)]
    for name in names:
        iam.create_instance_profile(InstanceProfileName=name, Path="/paged/")
    pages = list(
        iam.get_paginator("list_instance_profiles").paginate(PathPrefix="/paged/", PaginationConfig={"PageSize": 2})
    )
    assert [len(page["InstanceProfiles"]) for page in pages] == [2, 2, 1]
    assert [each["InstanceProfileName"] for page in pages for each in page["InstanceProfiles"]] == sorted(names)


def test_the_waiter_for_profiles_ends(iam: Any, profile: dict[str, Any]) -> None:
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName=profile["InstanceProfileName"])


def test_the_account_summary_counts_profiles(iam: Any) -> None:
    before = iam.get_account_summary()["SummaryMap"]
    iam.create_instance_profile(InstanceProfileName=fresh("Profile"))
    after = iam.get_account_summary()["SummaryMap"]
    assert after["InstanceProfiles"] == before["InstanceProfiles"] + 1
    assert after["InstanceProfilesQuota"] == 1000


def test_whoever_puts_a_role_in_must_be_allowed_to_pass_it_to_ec2(
    server: RunningServer, iam: Any, profile: dict[str, Any], role: dict[str, Any], account_id: str
) -> None:
    name = fresh("User")
    iam.create_user(UserName=name)
    client = server.client("iam", Credentials.of(iam.create_access_key(UserName=name)["AccessKey"]))
    names = {"InstanceProfileName": profile["InstanceProfileName"], "RoleName": role["RoleName"]}

    def allow(*statements: dict[str, Any]) -> None:
        document = json.dumps({"Version": "2012-10-17", "Statement": statements})
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)

    add = {"Effect": "Allow", "Action": "iam:AddRoleToInstanceProfile", "Resource": profile["Arn"]}
    passing = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": role["Arn"]}
    to_ecs = {"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
    to_ec2 = {"Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}
    sentence = (
        f"User: arn:aws:iam::{account_id}:user/{name} is not authorized to perform: iam:PassRole on resource: "
        f"{role['Arn']} because no identity-based policy allows the iam:PassRole action"
    )
    denied = ("AccessDenied", sentence, 403)
    allow(add)
    assert refusal(client.add_role_to_instance_profile, **names) == denied
    allow(add, {**passing, **to_ecs})
    assert refusal(client.add_role_to_instance_profile, **names) == denied
    allow(add, {**passing, **to_ec2})
    assert answer(client.add_role_to_instance_profile, **names) == {}
