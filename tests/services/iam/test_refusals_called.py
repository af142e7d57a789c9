"""What a user with few permissions is refused, and in which words; what conditions of IAM's own let through."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore import xform_name

from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
Client = Callable[..., Any]


@pytest.fixture
def allowed(iam: Any, server: Any) -> Client:
    """Return IAM called by a new user who is allowed what the statements say."""

    def make(*statements: dict[str, Any]) -> Any:
        name = fresh("Few")
        iam.create_user(UserName=name)
        if statements:
            document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | each for each in statements]}
            iam.put_user_policy(UserName=name, PolicyName="few", PolicyDocument=json.dumps(document))
        return server.client("iam", type(server.admin).of(iam.create_access_key(UserName=name)["AccessKey"]))

    return make


def is_refused(call: Callable[..., Any], **parameters: Any) -> bool:
    code, _, status = refusal(call, **parameters)
    return (code, status) == ("AccessDenied", 403)


SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    ("GetUser", {"UserName": "nobody"}, "user nobody"),
    ("GetUser", {"UserName": "admin"}, "user admin"),
    ("ListUsers", {}, "arn:aws:iam::{}:user/"),
    ("ListRoles", {"PathPrefix": "/x/"}, "arn:aws:iam::{}:role/x/"),
    ("CreateUser", {"UserName": "new"}, "arn:aws:iam::{}:user/new"),
    ("CreatePolicy", {"PolicyName": "new", "PolicyDocument": DOCUMENT}, "policy new"),
    ("GetPolicy", {"PolicyArn": READ_ONLY}, f"policy {READ_ONLY}"),
    ("GetPolicyVersion", {"PolicyArn": READ_ONLY, "VersionId": "v1"}, f"policy {READ_ONLY} version v1"),
    ("ListPolicies", {}, "policy path /"),
    ("AttachRolePolicy", {"RoleName": "r", "PolicyArn": READ_ONLY}, "role r"),
    ("GetAccountSummary", {}, "*"),
]


@pytest.mark.parametrize(("operation", "parameters", "resource"), SENTENCES)
def test_who_may_nothing_is_told_what_was_missing(
    allowed: Client, account_id: str, operation: str, parameters: dict[str, Any], resource: str
) -> None:
    few = allowed()
    code, sentence, status = refusal(getattr(few, xform_name(operation)), **parameters)
    assert (code, status) == ("AccessDenied", 403)
    assert sentence.startswith(f"User: arn:aws:iam::{account_id}:user/Few")
    assert sentence.endswith(
        f" is not authorized to perform: iam:{operation} on resource: {resource.format(account_id)} "
        f"because no identity-based policy allows the iam:{operation} action"
    )


def test_what_exists_is_refused_as_what_does_not(allowed: Client, iam: Any) -> None:
    few, name = allowed(), fresh()
    absent = refusal(few.get_user, UserName=name)
    iam.create_user(UserName=name, Path="/hidden/")
    assert refusal(few.get_user, UserName=name) == absent


def test_the_real_path_is_decided_on(allowed: Client, iam: Any, account_id: str) -> None:
    few = allowed({"Action": "iam:GetUser", "Resource": f"arn:aws:iam::{account_id}:user/open/*"})
    inside, outside = fresh(), fresh()
    iam.create_user(UserName=inside, Path="/open/")
    iam.create_user(UserName=outside)
    assert answer(few.get_user, UserName=inside)["User"]["UserName"] == inside
    assert is_refused(few.get_user, UserName=outside)


def test_only_certain_policies_may_be_attached(allowed: Client, iam: Any) -> None:
    few = allowed(
        {
            "Action": "iam:AttachUserPolicy",
            "Resource": "*",
            "Condition": {"ArnEquals": {"iam:PolicyARN": READ_ONLY}},
        }
    )
    name = fresh()
    iam.create_user(UserName=name)
    assert answer(few.attach_user_policy, UserName=name, PolicyArn=READ_ONLY) == {}
    assert is_refused(few.attach_user_policy, UserName=name, PolicyArn=ADMINISTRATOR)


def test_users_may_be_made_and_given_to_only_within_a_boundary(allowed: Client, iam: Any) -> None:
    few = allowed(
        {
            "Action": ["iam:CreateUser", "iam:PutUserPolicy", "iam:PutUserPermissionsBoundary"],
            "Resource": "*",
            "Condition": {"StringEquals": {"iam:PermissionsBoundary": READ_ONLY}},
        }
    )
    bounded, free = fresh(), fresh()
    assert is_refused(few.create_user, UserName=bounded)
    assert is_refused(few.create_user, UserName=bounded, PermissionsBoundary=ADMINISTRATOR)
    assert answer(few.create_user, UserName=bounded, PermissionsBoundary=READ_ONLY)["User"]["UserName"] == bounded
    iam.create_user(UserName=free)
    inline = {"PolicyName": "p", "PolicyDocument": DOCUMENT}
    assert answer(few.put_user_policy, UserName=bounded, **inline) == {}
    assert is_refused(few.put_user_policy, UserName=free, **inline)
    assert is_refused(few.put_user_permissions_boundary, UserName=bounded, PermissionsBoundary=ADMINISTRATOR)


@pytest.mark.parametrize("kind", ["User", "Role", "Policy"])
def test_tags_given_at_creation_need_the_right_to_tag(allowed: Client, kind: str) -> None:
    parameters: dict[str, Any] = {f"{kind}Name": fresh(), "Tags": [{"Key": "a", "Value": "b"}]}
    parameters |= {"Role": {"AssumeRolePolicyDocument": TRUST}, "Policy": {"PolicyDocument": DOCUMENT}}.get(kind, {})
    only = allowed({"Action": f"iam:Create{kind}", "Resource": "*"})
    both = allowed({"Action": [f"iam:Create{kind}", f"iam:Tag{kind}"], "Resource": "*"})
    _, sentence, _ = refusal(getattr(only, f"create_{kind.lower()}"), **parameters)
    assert f"is not authorized to perform: iam:Tag{kind} on resource: " in sentence
    assert getattr(both, f"create_{kind.lower()}")(**parameters)[kind]["Tags"] == parameters["Tags"]


def test_tags_asked_for_and_tags_there_can_be_conditions(allowed: Client, iam: Any) -> None:
    few = allowed(
        {
            "Action": "iam:TagUser",
            "Resource": "*",
            "Condition": {
                "StringEquals": {"aws:RequestTag/team": "red", "iam:ResourceTag/owner": "me"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]},
            },
        }
    )
    mine, other = fresh(), fresh()
    iam.create_user(UserName=mine, Tags=[{"Key": "owner", "Value": "me"}])
    iam.create_user(UserName=other)
    red, blue = {"Key": "team", "Value": "red"}, {"Key": "team", "Value": "blue"}
    assert answer(few.tag_user, UserName=mine, Tags=[red]) == {}
    assert is_refused(few.tag_user, UserName=mine, Tags=[blue])
    assert is_refused(few.tag_user, UserName=mine, Tags=[red, {"Key": "owner", "Value": "you"}])
    assert is_refused(few.tag_user, UserName=other, Tags=[red])


def test_a_user_is_renamed_only_from_and_to_where_one_may(allowed: Client, iam: Any, account_id: str) -> None:
    few = allowed({"Action": "iam:UpdateUser", "Resource": f"arn:aws:iam::{account_id}:user/open/*"})
    name, outside = fresh(), fresh()
    iam.create_user(UserName=name, Path="/open/")
    iam.create_user(UserName=outside)
    assert is_refused(few.update_user, UserName=name, NewPath="/elsewhere/")
    assert is_refused(few.update_user, UserName=outside, NewPath="/open/")
    assert answer(few.update_user, UserName=name, NewUserName=fresh()) == {}


def test_another_accounts_policy_is_refused_to_the_administrator_too(iam: Any) -> None:
    assert is_refused(iam.get_policy, PolicyArn="arn:aws:iam::999988887777:policy/Foreign")
