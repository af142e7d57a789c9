"""Roles and whom they trust, through boto3."""

import json
from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal, trusting


@pytest.fixture
def role(iam: Any) -> str:
    name: str = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=TRUST, Description="first")["Role"][
        "RoleName"
    ]
    return name


def trust_of(iam: Any, name: str) -> Any:
    return iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]


def test_what_is_answered_when_made_when_asked_for_and_in_lists(iam: Any, account_id: str) -> None:
    name, tags = fresh(), [{"Key": "a", "Value": "b"}]
    role = answer(
        iam.create_role,
        RoleName=name,
        Path="/r/",
        AssumeRolePolicyDocument=TRUST,
        Description="says what it is for",
        MaxSessionDuration=7200,
        PermissionsBoundary=READ_ONLY,
        Tags=tags,
    )["Role"]
    core = {
        "Path": "/r/",
        "RoleName": name,
        "RoleId": role["RoleId"],
        "Arn": f"arn:aws:iam::{account_id}:role/r/{name}",
        "CreateDate": role["CreateDate"],
        "AssumeRolePolicyDocument": json.loads(TRUST),
    }
    bounds = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY}
    more = {"Description": "says what it is for", "MaxSessionDuration": 7200}
    assert role["RoleId"].startswith("AROA")
    assert role == core | {"PermissionsBoundary": bounds, "Tags": tags}
    assert answer(iam.get_role, RoleName=name.upper()) == {
        "Role": core | more | {"PermissionsBoundary": bounds, "Tags": tags, "RoleLastUsed": {}}
    }
    assert answer(iam.list_roles, PathPrefix="/r/") == {"Roles": [core | more], "IsTruncated": False}


def test_a_plain_role(iam: Any) -> None:
    made = answer(iam.create_role, RoleName=fresh(), AssumeRolePolicyDocument=TRUST)["Role"]
    found = answer(iam.get_role, RoleName=made["RoleName"])["Role"]
    assert made.keys() == {"Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument"}
    assert found == made | {"MaxSessionDuration": 3600, "RoleLastUsed": {}}


def test_what_an_update_leaves_out_stays(iam: Any, role: str) -> None:
    assert answer(iam.update_role, RoleName=role, MaxSessionDuration=43200) == {}
    assert answer(iam.update_role, RoleName=role) == {}
    found = iam.get_role(RoleName=role)["Role"]
    assert (found["Description"], found["MaxSessionDuration"]) == ("first", 43200)
    assert answer(iam.update_role, RoleName=role, Description="second") == {}
    assert iam.get_role(RoleName=role)["Role"]["Description"] == "second"


def test_a_description_alone_can_be_changed_and_taken_away(iam: Any, role: str) -> None:
    changed = answer(iam.update_role_description, RoleName=role, Description="new")["Role"]
    assert changed["Description"] == "new"
    assert not changed.keys() & {"MaxSessionDuration", "RoleLastUsed"}
    assert "Description" not in answer(iam.update_role_description, RoleName=role, Description="")["Role"]


@pytest.mark.parametrize("seconds", [3599, 43201])
def test_a_session_lasts_between_one_hour_and_twelve(unchecked: Any, role: str, seconds: int) -> None:
    for call, more in ((unchecked.update_role, {}), (unchecked.create_role, {"AssumeRolePolicyDocument": TRUST})):
        code, sentence, status = refusal(call, RoleName=role, MaxSessionDuration=seconds, **more)
        assert (code, status) == ("ValidationError", 400)
        assert "maxSessionDuration" in sentence


def test_a_name_is_taken_in_any_case(iam: Any, role: str) -> None:
    assert refusal(iam.create_role, RoleName=role.upper(), AssumeRolePolicyDocument=TRUST) == (
        "EntityAlreadyExists",
        f"Role with name {role.upper()} already exists.",
        409,
    )


@pytest.mark.parametrize(
    ("hang", "sentence"), [("policy", "must detach all policies first."), ("inline", "must delete policies first.")]
)
def test_a_role_on_which_something_hangs_is_not_deleted(iam: Any, role: str, hang: str, sentence: str) -> None:
    if hang == "policy":
        iam.attach_role_policy(RoleName=role, PolicyArn=READ_ONLY)
    else:
        iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=DOCUMENT)
    assert refusal(iam.delete_role, RoleName=role) == ("DeleteConflict", f"Cannot delete entity, {sentence}", 409)


def test_a_deleted_role_is_gone(iam: Any, role: str) -> None:
    assert answer(iam.delete_role, RoleName=role) == {}
    gone = ("NoSuchEntity", f"The role with name {role} cannot be found.", 404)
    assert refusal(iam.get_role, RoleName=role) == gone
    assert refusal(iam.delete_role, RoleName=role) == gone


MALFORMED = {
    "a resource": (
        TRUST.replace('"Effect"', '"Resource": "*", "Effect"'),
        "Has prohibited field Resource",
    ),
    "another service's action": (
        TRUST.replace("sts:AssumeRole", "s3:GetObject"),
        "AssumeRole policy may only specify STS AssumeRole actions.",
    ),
}


@pytest.mark.parametrize(("document", "sentence"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_trust_policy_is_refused(iam: Any, role: str, document: str, sentence: str) -> None:
    malformed = ("MalformedPolicyDocument", sentence, 400)
    assert refusal(iam.create_role, RoleName=fresh(), AssumeRolePolicyDocument=document) == malformed
    assert refusal(iam.update_assume_role_policy, RoleName=role, PolicyDocument=document) == malformed
    assert trust_of(iam, role) == json.loads(TRUST)


def test_a_trust_policy_may_be_no_longer_than_its_quota(iam: Any, role: str) -> None:
    long = trusting({"Service": [f"service{number}.amazonaws.com" for number in range(100)]})
    assert refusal(iam.update_assume_role_policy, RoleName=role, PolicyDocument=long) == (
        "LimitExceeded",
        "Cannot exceed quota for ACLSizePerRole: 2048",
        409,
    )


PRINCIPALS = {
    "everybody": "*",
    "own account": "{account}",
    "own root": "arn:aws:iam::{account}:root",
    "own user": "arn:aws:iam::{account}:user/t/Trusted",
    "own user's id": "{user_id}",
    "own role": "arn:aws:iam::{account}:role/Trusted",
    "own role's session": "arn:aws:sts::{account}:assumed-role/Trusted/session",
    "an account elsewhere": "999988887777",
    "its user": "arn:aws:iam::999988887777:user/somebody",
}
STRANGERS = {
    "no such user": "arn:aws:iam::{account}:user/nobody",
    "another path": "arn:aws:iam::{account}:user/Trusted",
    "another case": "arn:aws:iam::{account}:user/t/trusted",
    "another partition": "arn:aws-cn:iam::{account}:user/t/Trusted",
    "no such role": "arn:aws:iam::{account}:role/nobody",
    "a session of no role": "arn:aws:sts::{account}:assumed-role/nobody/session",
    "no such id": "AIDAJQABLZS4A3QDU576Q",
}


@pytest.fixture(scope="module")
def facts(iam: Any, account_id: str) -> dict[str, str]:
    """A user and a role to trust, and what fills in the table's blanks."""
    user = iam.create_user(UserName="Trusted", Path="/t/")["User"]
    iam.create_role(RoleName="Trusted", AssumeRolePolicyDocument=TRUST)
    return {"account": account_id, "user_id": user["UserId"]}


@pytest.mark.parametrize("principal", PRINCIPALS.values(), ids=PRINCIPALS)
def test_who_can_be_trusted(iam: Any, role: str, facts: dict[str, str], principal: str) -> None:
    document = trusting({"AWS": ["arn:aws:iam::{account}:root".format(**facts), principal.format(**facts)]})
    assert answer(iam.update_assume_role_policy, RoleName=role, PolicyDocument=document) == {}
    assert trust_of(iam, role) == json.loads(document)


@pytest.mark.parametrize("principal", STRANGERS.values(), ids=STRANGERS)
def test_who_cannot_be_trusted(iam: Any, role: str, facts: dict[str, str], principal: str) -> None:
    named = principal.format(**facts)
    invalid = ("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{named}"', 400)
    document = trusting({"AWS": named})
    assert refusal(iam.update_assume_role_policy, RoleName=role, PolicyDocument=document) == invalid
    assert refusal(iam.create_role, RoleName=fresh(), AssumeRolePolicyDocument=document) == invalid


def test_a_user_made_anew_is_not_the_one_that_was_trusted(iam: Any, server: Any, role: str) -> None:
    name = fresh()
    user = iam.create_user(UserName=name)["User"]
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=trusting({"AWS": user["Arn"]}))
    iam.delete_user(UserName=name)
    assert trust_of(iam, role)["Statement"]["Principal"] == {"AWS": user["UserId"]}
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    sts = server.client("sts", type(server.admin).of(key))
    code, _, status = refusal(
        sts.assume_role, RoleArn=iam.get_role(RoleName=role)["Role"]["Arn"], RoleSessionName="session"
    )
    assert (code, status) == ("AccessDenied", 403)
