"""Managed policies, their versions and their users, through boto3."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal

FULL = (
    "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
)
OUTSIDE = ("AccessDenied", "Policy is outside your own account.", 403)
SECOND = DOCUMENT.replace("GetObject", "PutObject")


@pytest.fixture
def arn(iam: Any) -> str:
    made: str = iam.create_policy(PolicyName=fresh("Policy"), PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    return made


def test_what_is_answered_when_made_when_asked_for_and_in_lists(iam: Any, account_id: str) -> None:
    name, tags = fresh(), [{"Key": "b", "Value": "1"}, {"Key": "A", "Value": "2"}]
    policy = answer(
        iam.create_policy, PolicyName=name, Path="/pol/", PolicyDocument=DOCUMENT, Description="why", Tags=tags
    )["Policy"]
    core = {
        "PolicyName": name,
        "PolicyId": policy["PolicyId"],
        "Arn": f"arn:aws:iam::{account_id}:policy/pol/{name}",
        "Path": "/pol/",
        "DefaultVersionId": "v1",
        "AttachmentCount": 0,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": True,
        "CreateDate": policy["CreateDate"],
        "UpdateDate": policy["CreateDate"],
    }
    assert policy["PolicyId"].startswith("ANPA")
    assert policy == core | {"Tags": tags}
    assert answer(iam.get_policy, PolicyArn=policy["Arn"]) == {
        "Policy": core | {"Description": "why", "Tags": tags[::-1]}
    }
    assert answer(iam.list_policies, PathPrefix="/pol/") == {"Policies": [core], "IsTruncated": False}


def test_tags_are_there_when_a_policy_without_is_asked_for(iam: Any, arn: str) -> None:
    assert answer(iam.get_policy, PolicyArn=arn)["Policy"]["Tags"] == []


def test_one_of_awss_policies(iam: Any) -> None:
    policy = answer(iam.get_policy, PolicyArn=READ_ONLY)["Policy"]
    assert (policy["PolicyName"], policy["Path"], policy["Tags"]) == ("ReadOnlyAccess", "/", [])
    version = answer(iam.get_policy_version, PolicyArn=READ_ONLY, VersionId=policy["DefaultVersionId"])
    assert version["PolicyVersion"]["IsDefaultVersion"] is True
    assert version["PolicyVersion"]["Document"]["Version"] == "2012-10-17"
    assert (
        answer(iam.list_policy_versions, PolicyArn=READ_ONLY)["Versions"][0]["VersionId"]
        == (policy["DefaultVersionId"])
    )


def test_awss_policies_are_not_the_accounts_to_change(iam: Any) -> None:
    version = iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["DefaultVersionId"]
    assert refusal(iam.delete_policy, PolicyArn=READ_ONLY) == OUTSIDE
    assert refusal(iam.create_policy_version, PolicyArn=READ_ONLY, PolicyDocument=DOCUMENT) == OUTSIDE
    assert refusal(iam.delete_policy_version, PolicyArn=READ_ONLY, VersionId=version) == OUTSIDE
    assert refusal(iam.set_default_policy_version, PolicyArn=READ_ONLY, VersionId=version) == OUTSIDE
    assert refusal(iam.tag_policy, PolicyArn=READ_ONLY, Tags=[{"Key": "a", "Value": "b"}]) == OUTSIDE
    assert refusal(iam.untag_policy, PolicyArn=READ_ONLY, TagKeys=["a"]) == OUTSIDE


def test_a_name_is_taken_in_any_case_and_path(iam: Any, arn: str) -> None:
    name = arn.rpartition("/")[2].upper()
    assert refusal(iam.create_policy, PolicyName=name, Path="/other/", PolicyDocument=DOCUMENT) == (
        "EntityAlreadyExists",
        f"A policy called {name} already exists. Duplicate names are not allowed.",
        409,
    )


def test_a_policy_that_does_not_exist(iam: Any, account_id: str) -> None:
    arn = f"arn:aws:iam::{account_id}:policy/Absent"
    not_found = ("NoSuchEntity", f"Policy {arn} was not found.", 404)
    for call, more in (
        (iam.get_policy, {}),
        (iam.delete_policy, {}),
        (iam.list_policy_versions, {}),
        (iam.create_policy_version, {"PolicyDocument": DOCUMENT}),
        (iam.tag_policy, {"Tags": [{"Key": "a", "Value": "b"}]}),
        (iam.untag_policy, {"TagKeys": ["a"]}),
        (iam.list_policy_tags, {}),
    ):
        assert refusal(call, PolicyArn=arn, **more) == not_found
    not_attachable = ("NoSuchEntity", f"Policy {arn} does not exist or is not attachable.", 404)
    assert refusal(iam.list_entities_for_policy, PolicyArn=arn) == not_attachable


@pytest.mark.parametrize("version", ["v9", "v1.x", "v999999999999999999999999"])
def test_a_version_that_does_not_exist(iam: Any, account_id: str, arn: str, version: str) -> None:
    for each in (arn, f"arn:aws:iam::{account_id}:policy/Absent"):
        absent = ("NoSuchEntity", f"Policy {each} version {version} does not exist or is not attachable.", 404)
        for call in (iam.get_policy_version, iam.delete_policy_version, iam.set_default_policy_version):
            assert refusal(call, PolicyArn=each, VersionId=version) == absent


@pytest.mark.parametrize("version", ["1", "v0", "v01", "latest"])
def test_a_version_is_named_by_a_v_and_a_number(iam: Any, arn: str, version: str) -> None:
    code, sentence, status = refusal(iam.get_policy_version, PolicyArn=arn, VersionId=version)
    assert (code, status) == ("ValidationError", 400)
    assert sentence.startswith("1 validation error detected: Value ")
    assert sentence.endswith(
        "at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: "
        r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?"
    )


@pytest.mark.parametrize("form", ["longpolicynamebutnoarn", "arn:aws:iam::{}:role/NoPolicy"])
def test_what_is_no_arn_of_a_policy_is_refused(iam: Any, account_id: str, form: str) -> None:
    name = form.format(account_id)
    invalid = ("ValidationError", f"ARN {name} is not valid.", 400)
    assert refusal(iam.get_policy, PolicyArn=name) == invalid
    assert refusal(iam.get_policy_version, PolicyArn=name, VersionId="v1") == invalid


def test_versions_come_and_go(iam: Any, arn: str) -> None:
    made = answer(iam.create_policy_version, PolicyArn=arn, PolicyDocument=SECOND)["PolicyVersion"]
    assert made == {"VersionId": "v2", "IsDefaultVersion": False, "CreateDate": made["CreateDate"]}
    assert isinstance(made["CreateDate"], datetime)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=SECOND, SetAsDefault=True)
    listed = answer(iam.list_policy_versions, PolicyArn=arn)
    assert listed["IsTruncated"] is False
    assert [(each["VersionId"], each["IsDefaultVersion"]) for each in listed["Versions"]] == [
        ("v3", True),
        ("v2", False),
        ("v1", False),
    ]
    assert not any("Document" in each for each in listed["Versions"])
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
    assert answer(iam.set_default_policy_version, PolicyArn=arn, VersionId="v1") == {}
    assert answer(iam.delete_policy_version, PolicyArn=arn, VersionId="v3") == {}
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=SECOND)["PolicyVersion"]["VersionId"] == "v4"


def test_there_is_no_sixth_version(iam: Any, arn: str) -> None:
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=SECOND)
    assert refusal(iam.create_policy_version, PolicyArn=arn, PolicyDocument=SECOND) == (
        "LimitExceeded",
        FULL,
        409,
    )


def test_the_default_version_stays(iam: Any, arn: str) -> None:
    assert refusal(iam.delete_policy_version, PolicyArn=arn, VersionId="v1") == (
        "DeleteConflict",
        "Cannot delete the default version of a policy.",
        409,
    )


def test_a_document_comes_back_as_it_was_sent(iam: Any) -> None:
    sent = DOCUMENT.replace("*", "arn:aws:s3:::b/100%25/ü+%2B  &<x>/*").replace(",", " ,\n\t")
    arn = iam.create_policy(PolicyName=fresh(), PolicyDocument=sent)["Policy"]["Arn"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(sent)


MALFORMED = {
    "no json": ("{", "Syntax errors in policy."),
    "old version": (
        DOCUMENT.replace("2012-10-17", "2008-10-17"),
        "Policy document must be version 2012-10-17 or greater.",
    ),
    "a principal": (
        DOCUMENT.replace('"Effect"', '"Principal":"*","Effect"'),
        "Policy document should not specify a principal.",
    ),
}


@pytest.mark.parametrize(("document", "sentence"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_document_is_refused(iam: Any, arn: str, document: str, sentence: str) -> None:
    malformed = ("MalformedPolicyDocument", sentence, 400)
    assert refusal(iam.create_policy, PolicyName=fresh(), PolicyDocument=document) == malformed
    assert refusal(iam.create_policy_version, PolicyArn=arn, PolicyDocument=document) == malformed


def test_a_document_may_be_no_longer_than_its_quota(iam: Any, arn: str) -> None:
    long = DOCUMENT.replace("*", "arn:aws:s3:::" + "x" * 6144)
    full = ("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", 409)
    assert refusal(iam.create_policy, PolicyName=fresh(), PolicyDocument=long) == full
    assert refusal(iam.create_policy_version, PolicyArn=arn, PolicyDocument=long) == full


def test_a_policy_in_use_is_not_deleted(iam: Any, arn: str) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
    in_use = ("DeleteConflict", "Cannot delete a policy attached to entities.", 409)
    assert refusal(iam.delete_policy, PolicyArn=arn) == in_use
    iam.detach_user_policy(UserName=name, PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=arn)
    assert refusal(iam.delete_policy, PolicyArn=arn) == in_use
    iam.delete_user_permissions_boundary(UserName=name)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=SECOND)
    code, sentence, status = refusal(iam.delete_policy, PolicyArn=arn)
    assert (code, status) == ("DeleteConflict", 409)
    assert sentence.startswith("This policy has more than one version.")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    assert answer(iam.delete_policy, PolicyArn=arn) == {}
    assert refusal(iam.get_policy, PolicyArn=arn)[0] == "NoSuchEntity"


@pytest.fixture(scope="module")
def used(iam: Any) -> dict[str, str]:
    """Four policies that differ in their use, by name."""
    arns = {
        name: iam.create_policy(PolicyName=name, Path="/used/", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
        for name in ("Attached", "Bounding", "both", "unused")
    }
    user, group, role = fresh("User"), fresh("Group"), fresh("Role")
    iam.create_user(UserName=user, Path="/u/", PermissionsBoundary=arns["Bounding"])
    iam.create_group(GroupName=group)
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST, PermissionsBoundary=arns["both"])
    for policy in ("Attached", "both"):
        iam.attach_user_policy(UserName=user, PolicyArn=arns[policy])
        iam.attach_group_policy(GroupName=group, PolicyArn=arns[policy])
        iam.attach_role_policy(RoleName=role, PolicyArn=arns[policy])
    return arns


ASKED = [
    ({}, ["Attached", "both", "Bounding", "unused"]),
    ({"Scope": "Local"}, ["Attached", "both", "Bounding", "unused"]),
    ({"Scope": "AWS"}, []),
    ({"OnlyAttached": True}, ["Attached", "both"]),
    ({"PolicyUsageFilter": "PermissionsPolicy"}, ["Attached", "both"]),
    ({"PolicyUsageFilter": "PermissionsBoundary"}, ["both", "Bounding"]),
    ({"PathPrefix": "/unused/"}, []),
]


@pytest.mark.parametrize(("asked", "names"), ASKED, ids=str)
def test_which_policies_are_listed(iam: Any, used: dict[str, str], asked: dict[str, Any], names: list[str]) -> None:
    listed = answer(iam.list_policies, **{"PathPrefix": "/used/"} | asked)
    assert [policy["PolicyName"] for policy in listed["Policies"]] == names
    assert {policy["Arn"] for policy in listed["Policies"]} <= set(used.values())


def test_awss_policies_are_listed_with_their_use_here(iam: Any) -> None:
    attached = answer(iam.list_policies, Scope="AWS", OnlyAttached=True)["Policies"]
    assert [(policy["PolicyName"], policy["AttachmentCount"]) for policy in attached] == [("AdministratorAccess", 1)]


def test_uses_are_counted(iam: Any, used: dict[str, str]) -> None:
    for name, attached, bounding in (("Attached", 3, 0), ("Bounding", 0, 1), ("both", 3, 1), ("unused", 0, 0)):
        policy = iam.get_policy(PolicyArn=used[name])["Policy"]
        assert (policy["AttachmentCount"], policy["PermissionsBoundaryUsageCount"]) == (attached, bounding)


ENTITIES = [
    ("Attached", {}, (1, 1, 1)),
    ("Bounding", {}, (0, 1, 0)),
    ("both", {}, (1, 1, 1)),
    ("unused", {}, (0, 0, 0)),
    ("both", {"PolicyUsageFilter": "PermissionsBoundary"}, (0, 0, 1)),
    ("both", {"PolicyUsageFilter": "PermissionsPolicy"}, (1, 1, 1)),
    ("both", {"EntityFilter": "Group"}, (1, 0, 0)),
    ("both", {"EntityFilter": "User"}, (0, 1, 0)),
    ("both", {"EntityFilter": "Role"}, (0, 0, 1)),
    ("both", {"EntityFilter": "LocalManagedPolicy"}, (0, 0, 0)),
    ("both", {"PathPrefix": "/u/"}, (0, 1, 0)),
]


@pytest.mark.parametrize(("policy", "asked", "counts"), ENTITIES, ids=str)
def test_who_uses_a_policy(
    iam: Any, used: dict[str, str], policy: str, asked: dict[str, Any], counts: tuple[int, int, int]
) -> None:
    found = answer(iam.list_entities_for_policy, PolicyArn=used[policy], **asked)
    members = ("PolicyGroups", "PolicyUsers", "PolicyRoles")
    assert found.keys() == {*members, "IsTruncated"}
    assert tuple(len(found[member]) for member in members) == counts
    assert all(each.keys() == {"GroupName", "GroupId"} for each in found["PolicyGroups"])
    assert all(each["UserId"].startswith("AIDA") for each in found["PolicyUsers"])


def test_tags_are_listed_by_the_length_of_their_keys(iam: Any) -> None:
    tags = [{"Key": key, "Value": ""} for key in ("abc", "b", "z", "a", "A")]
    made = answer(iam.create_policy, PolicyName=fresh("Tagged"), PolicyDocument=DOCUMENT, Tags=tags)["Policy"]
    assert made["Tags"] == tags
    pages = iam.get_paginator("list_policy_tags").paginate(PolicyArn=made["Arn"], PaginationConfig={"PageSize": 2})
    assert [tag["Key"] for page in pages for tag in page["Tags"]] == ["A", "a", "b", "z", "abc"]
