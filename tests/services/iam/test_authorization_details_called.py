"""GetAccountAuthorizationDetails, through boto3."""

import json
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal

LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
TAGS = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]


def only(iam: Any, kind: str, member: str, **wanted: str) -> dict[str, Any]:
    """Return the one detail with those members, asked for with a filter; the other lists must be empty."""
    listed = answer(iam.get_account_authorization_details, Filter=[kind], MaxItems=1000)
    assert listed["IsTruncated"] is False
    assert all(listed[other] == [] for other in LISTS if other != member)
    (detail,) = (each for each in listed[member] if wanted.items() <= each.items())
    found: dict[str, Any] = detail
    return found


@pytest.fixture
def policy(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_policy(PolicyName=fresh("Policy"), PolicyDocument=DOCUMENT, Description="x")[
        "Policy"
    ]
    return made


def attached(policy: dict[str, Any]) -> list[dict[str, str]]:
    return [{"PolicyName": policy["PolicyName"], "PolicyArn": policy["Arn"]}]


def test_a_user_with_all_that_hangs_on_it(iam: Any, policy: dict[str, Any]) -> None:
    user = iam.create_user(UserName=fresh("User"), Path="/a/", Tags=TAGS, PermissionsBoundary=READ_ONLY)["User"]
    name, groups = user["UserName"], sorted((fresh("Group"), fresh("Group")))
    for group in groups:
        iam.create_group(GroupName=group)
        iam.add_user_to_group(UserName=name, GroupName=group)
    iam.put_user_policy(UserName=name, PolicyName="inline", PolicyDocument=DOCUMENT)
    iam.attach_user_policy(UserName=name, PolicyArn=policy["Arn"])
    assert only(iam, "User", "UserDetailList", UserName=name) == {
        **user,
        "UserPolicyList": [{"PolicyName": "inline", "PolicyDocument": json.loads(DOCUMENT)}],
        "GroupList": groups,
        "AttachedManagedPolicies": attached(policy),
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY},
        "Tags": TAGS,
    }


def test_a_user_on_whom_nothing_hangs(iam: Any) -> None:
    user = iam.create_user(UserName=fresh("User"))["User"]
    assert only(iam, "User", "UserDetailList", UserName=user["UserName"]) == {
        **user,
        "GroupList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
    }


def test_a_group_with_and_without_policies(iam: Any, policy: dict[str, Any]) -> None:
    group = iam.create_group(GroupName=fresh("Group"))["Group"]
    name = group["GroupName"]
    bare = {**group, "GroupPolicyList": [], "AttachedManagedPolicies": []}
    assert only(iam, "Group", "GroupDetailList", GroupName=name) == bare
    iam.put_group_policy(GroupName=name, PolicyName="inline", PolicyDocument=DOCUMENT)
    iam.attach_group_policy(GroupName=name, PolicyArn=policy["Arn"])
    assert only(iam, "Group", "GroupDetailList", GroupName=name) == {
        **group,
        "GroupPolicyList": [{"PolicyName": "inline", "PolicyDocument": json.loads(DOCUMENT)}],
        "AttachedManagedPolicies": attached(policy),
    }


def test_a_role_with_and_without_what_may_hang_on_it(iam: Any, policy: dict[str, Any]) -> None:
    role = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=TRUST, Description="not told")["Role"]
    name = role["RoleName"]
    bare = {
        **role,
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
        "RoleLastUsed": {},
    }
    assert only(iam, "Role", "RoleDetailList", RoleName=name) == bare
    profile = iam.create_instance_profile(InstanceProfileName=fresh("Profile"), Tags=TAGS)["InstanceProfile"]
    iam.add_role_to_instance_profile(InstanceProfileName=profile["InstanceProfileName"], RoleName=name)
    iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=DOCUMENT)
    iam.attach_role_policy(RoleName=name, PolicyArn=policy["Arn"])
    iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=READ_ONLY)
    iam.tag_role(RoleName=name, Tags=TAGS)
    del profile["Tags"]
    assert only(iam, "Role", "RoleDetailList", RoleName=name) == {
        **bare,
        "InstanceProfileList": [{**profile, "Roles": [role]}],
        "RolePolicyList": [{"PolicyName": "inline", "PolicyDocument": json.loads(DOCUMENT)}],
        "AttachedManagedPolicies": attached(policy),
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY},
        "Tags": TAGS,
    }


def test_a_policy_of_the_account_with_its_versions(iam: Any, policy: dict[str, Any]) -> None:
    arn, second = policy["Arn"], DOCUMENT.replace("GetObject", "PutObject")
    version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=second)["PolicyVersion"]
    iam.create_user(UserName=(name := fresh("User")), PermissionsBoundary=arn)
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
    detail = only(iam, "LocalManagedPolicy", "Policies", Arn=arn)
    first = {"VersionId": "v1", "IsDefaultVersion": True, "CreateDate": policy["CreateDate"]}
    assert detail == {
        **policy,
        "AttachmentCount": 1,
        "PermissionsBoundaryUsageCount": 1,
        "UpdateDate": detail["UpdateDate"],
        "PolicyVersionList": [
            {"Document": json.loads(second), **version},
            {"Document": json.loads(DOCUMENT), **first},
        ],
    }


def test_aws_policies_are_listed_where_they_are_used(iam: Any) -> None:
    iam.create_group(GroupName=(name := fresh("Group")))
    arn = "arn:aws:iam::aws:policy/job-function/Billing"
    listed = answer(iam.get_account_authorization_details, Filter=["AWSManagedPolicy"], MaxItems=1000)["Policies"]
    assert arn not in {policy["Arn"] for policy in listed}
    iam.attach_group_policy(GroupName=name, PolicyArn=arn)
    told = iam.get_policy(PolicyArn=arn)["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=told["DefaultVersionId"])["PolicyVersion"]
    for absent in ("Description", "Tags"):
        told.pop(absent, None)
    assert only(iam, "AWSManagedPolicy", "Policies", Arn=arn) == {**told, "PolicyVersionList": [version]}


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_run_through_all_kinds_whatever_their_size(iam: Any, size: int) -> None:
    iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=TRUST)
    whole = answer(iam.get_account_authorization_details, MaxItems=1000)
    assert whole.pop("IsTruncated") is False
    assert all(whole[member] for member in LISTS)
    paginator = iam.get_paginator("get_account_authorization_details")
    pages = list(paginator.paginate(PaginationConfig={"PageSize": size}))
    assert {member: [each for page in pages for each in page[member]] for member in LISTS} == whole
    assert [sum(len(page[member]) for member in LISTS) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert 1 <= sum(len(pages[-1][member]) for member in LISTS) <= size


def test_a_marker_survives_changes_and_is_good_for_its_filter_alone(iam: Any) -> None:
    names = [fresh("Marked") for _ in range(4)]
    for name in names:
        iam.create_group(GroupName=name)
    details, groups = iam.get_account_authorization_details, []
    marker: dict[str, str] = {}
    while True:
        page = answer(details, Filter=["Group", "Role"], MaxItems=1, **marker)
        groups += [group["GroupName"] for group in page["GroupDetailList"]]
        if names[1] in groups:
            break
        marker = {"Marker": page["Marker"]}
    for name in (names[1], names[2]):
        iam.delete_group(GroupName=name)
    rest = answer(details, Filter=["Group", "Role"], MaxItems=1000, Marker=page["Marker"])
    assert names[3] in [group["GroupName"] for group in rest["GroupDetailList"]]
    assert not {names[0], names[1], names[2]} & {group["GroupName"] for group in rest["GroupDetailList"]}
    assert refusal(details, Filter=["User"], Marker=page["Marker"]) == ("ValidationError", "Invalid Marker.", 400)


def test_the_page_after_what_was_deleted_meanwhile_is_empty(server: RunningServer, iam: Any) -> None:
    user = fresh("User")
    users = answer(iam.get_account_authorization_details, Filter=["User"], MaxItems=1000)["UserDetailList"]
    iam.create_role(RoleName=(role := fresh("Role")), AssumeRolePolicyDocument=TRUST, Path="/last/")
    iam.create_user(UserName=user)
    page = answer(iam.get_account_authorization_details, Filter=["User", "Role"], MaxItems=len(users) + 1)
    assert (len(page["UserDetailList"]), page["IsTruncated"]) == (len(users) + 1, True)
    rest = answer(iam.get_account_authorization_details, Filter=["User", "Role"], MaxItems=1000, Marker=page["Marker"])
    assert rest["UserDetailList"] == []
    assert role in {each["RoleName"] for each in rest["RoleDetailList"]}
    assert server.account_id in rest["RoleDetailList"][0]["Arn"]
