"""SimulatePrincipalPolicy: what the policies of a user, group or role would decide, as they are or might be."""

import json
from typing import Any

import pytest

from tests.services.iam.asking import TRUST, refusal
from tests.services.iam.simulating import OBJECT, allow, deny, document, simulate, sources

READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
ACTION = "s3:GetObject"


@pytest.fixture(scope="module")
def arns(iam: Any, account_id: str) -> dict[str, str]:
    """A user in two groups, and a role: each with an inline policy, and managed ones shared and bounded."""
    policy = iam.create_policy(PolicyName="Puts", Path="/team/", PolicyDocument=document(allow("s3:Put*")))["Policy"][
        "Arn"
    ]
    boundary = iam.create_policy(PolicyName="Edge", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
    iam.create_user(UserName="alice", Path="/team/", PermissionsBoundary=boundary)
    iam.put_user_policy(UserName="alice", PolicyName="Lists", PolicyDocument=document(allow("s3:List*")))
    iam.attach_user_policy(UserName="alice", PolicyArn=policy)
    for name in ("devs", "ops"):
        iam.create_group(GroupName=name)
        iam.attach_group_policy(GroupName=name, PolicyArn=READ_ONLY)
        iam.add_user_to_group(UserName="alice", GroupName=name)
    iam.put_group_policy(GroupName="devs", PolicyName="NoDeletes", PolicyDocument=document(deny("s3:Delete*")))
    iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=TRUST)
    iam.put_role_policy(RoleName="deploy", PolicyName="Reads", PolicyDocument=document(allow(ACTION)))
    base = f"arn:aws:iam::{account_id}"
    return {
        "user": f"{base}:user/team/alice",
        "group": f"{base}:group/devs",
        "role": f"{base}:role/deploy",
        "policy": policy,
        "boundary": boundary,
    }


def one(iam: Any, source: str, action: str = ACTION, **parameters: Any) -> dict[str, Any]:
    (result,) = simulate(iam.simulate_principal_policy, PolicySourceArn=source, ActionNames=[action], **parameters)
    return result


def managed(name: str) -> tuple[str, str]:
    return name, "IAM Policy"


SOURCES: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("user", "s3:ListBucket", "allowed", [("user_alice_Lists", "IAM Policy"), managed("AmazonS3ReadOnlyAccess")]),
    ("user", "s3:PutObject", "allowed", [managed("Puts")]),
    ("user", ACTION, "allowed", [managed("AmazonS3ReadOnlyAccess")]),
    ("user", "s3:DeleteObject", "explicitDeny", [("group_devs_NoDeletes", "IAM Policy")]),
    ("user", "ec2:RunInstances", "implicitDeny", []),
    ("group", ACTION, "allowed", [managed("AmazonS3ReadOnlyAccess")]),
    ("group", "s3:PutObject", "implicitDeny", []),
    ("role", ACTION, "allowed", [("role_deploy_Reads", "IAM Policy")]),
    ("role", "s3:ListBucket", "implicitDeny", []),
]


@pytest.mark.parametrize(("source", "action", "decision", "expected"), SOURCES)
def test_takes_all_policies_of_the_source(  # noqa: PLR0917 - the columns of the table
    iam: Any, arns: dict[str, str], source: str, action: str, decision: str, expected: list[tuple[str, str]]
) -> None:
    result = one(iam, arns[source], action)
    assert (result["EvalDecision"], sources(result)) == (decision, expected)


def test_the_name_finds_the_source_whatever_the_path(iam: Any, arns: dict[str, str]) -> None:
    assert one(iam, arns["user"].replace("/team/", "/"), "s3:PutObject")["EvalDecision"] == "allowed"


def test_the_boundary_in_force_can_be_replaced(iam: Any, arns: dict[str, str]) -> None:
    assert one(iam, arns["user"])["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}
    replaced = one(iam, arns["user"], PermissionsBoundaryPolicyInputList=[document(deny())])
    assert replaced["EvalDecision"] == "explicitDeny"
    assert sources(replaced) == [("PermissionsBoundaryPolicyInputList.1", "Permissions Boundary Policy")]
    assert "PermissionsBoundaryDecisionDetail" not in one(iam, arns["role"])


def test_a_boundary_goes_by_its_name(iam: Any, arns: dict[str, str]) -> None:
    iam.create_policy(PolicyName="Shut", PolicyDocument=document(deny()))
    shut = arns["boundary"].replace("Edge", "Shut")
    iam.create_user(UserName="bounded", PermissionsBoundary=shut)
    result = one(iam, arns["user"].replace("team/alice", "bounded"))
    assert sources(result) == [("Shut", "Permissions Boundary Policy")]


def test_policies_can_be_added(iam: Any, arns: dict[str, str]) -> None:
    result = one(iam, arns["role"], "s3:ListBucket", PolicyInputList=[document(allow("s3:List*"))])
    assert (result["EvalDecision"], sources(result)) == ("allowed", [("PolicyInputList.1", "IAM Policy")])


EXCLUSIONS: list[tuple[str, str, dict[str, Any], str]] = [
    ("user", "s3:ListBucket", {"PolicyType": "inline"}, "allowed"),
    ("user", "s3:DeleteObject", {"PolicyType": "inline"}, "implicitDeny"),
    ("user", ACTION, {"PolicyType": "aws-managed"}, "implicitDeny"),
    ("user", "s3:PutObject", {"PolicyType": "aws-managed"}, "allowed"),
    ("user", "s3:PutObject", {"PolicyType": "user-managed"}, "implicitDeny"),
    ("user", ACTION, {"PolicyType": "user-managed"}, "allowed"),
    ("user", ACTION, {"PolicyType": "scp"}, "allowed"),
    ("user", ACTION, {"PolicyType": "rcp"}, "allowed"),
    ("user", ACTION, {"PolicyArn": READ_ONLY}, "implicitDeny"),
    ("user", ACTION, {"PolicyArn": "arn:aws:iam::aws:policy/AmazonS3*Access"}, "implicitDeny"),
    ("user", ACTION, {"PolicyArn": "arn:aws:iam::aws:policy/AmazonS?ReadOnlyAccess"}, "implicitDeny"),
    ("user", ACTION, {"PolicyArn": "arn:aws:iam::aws:policy/AmazonS3Read"}, "allowed"),
    ("user", "s3:PutObject", {"PolicyArn": "{policy}"}, "implicitDeny"),
    ("user", "s3:PutObject", {"PolicyArn": "{pathless}"}, "implicitDeny"),
    ("user", "s3:PutObject", {"PolicyArn": "{boundary}"}, "allowed"),
    (
        "user",
        "s3:DeleteObject",
        {"InlinePolicyIdentifier": {"PolicyName": "NoDeletes", "AttachmentType": "group", "AttachmentName": "devs"}},
        "implicitDeny",
    ),
    (
        "user",
        "s3:DeleteObject",
        {"InlinePolicyIdentifier": {"PolicyName": "NoDeletes", "AttachmentType": "user", "AttachmentName": "devs"}},
        "explicitDeny",
    ),
    (
        "role",
        ACTION,
        {"InlinePolicyIdentifier": {"PolicyName": "Other", "AttachmentType": "role", "AttachmentName": "deploy"}},
        "allowed",
    ),
]


@pytest.mark.parametrize(("source", "action", "identifier", "decision"), EXCLUSIONS)
def test_policies_can_be_left_out(  # noqa: PLR0917 - the columns of the table
    iam: Any, arns: dict[str, str], source: str, action: str, identifier: dict[str, Any], decision: str
) -> None:
    known = arns | {"pathless": arns["policy"].replace("/team/", "/")}
    if "PolicyArn" in identifier:
        identifier = {"PolicyArn": identifier["PolicyArn"].format(**known)}
    assert one(iam, arns[source], action, PolicyExclusionList=[identifier])["EvalDecision"] == decision


def test_the_boundary_can_be_left_out_but_not_the_one_given(iam: Any, arns: dict[str, str]) -> None:
    exclusions = [{"PolicyType": "permission-boundary"}]
    without = one(iam, arns["user"], PolicyExclusionList=exclusions)
    assert "PermissionsBoundaryDecisionDetail" not in without
    given = [document(deny())]
    assert one(iam, arns["user"], PolicyExclusionList=exclusions, PermissionsBoundaryPolicyInputList=given)[
        "EvalDecision"
    ] == ("explicitDeny")


def own_policy(principal: str) -> str:
    return document({"Principal": {"AWS": principal}, "Action": "s3:PutObjectAcl", "Resource": OBJECT})


@pytest.mark.parametrize("source", ["user", "role"])
def test_the_source_is_the_caller(iam: Any, arns: dict[str, str], source: str) -> None:
    result = one(iam, arns[source], "s3:PutObjectAcl", ResourcePolicy=own_policy(arns[source]), ResourceArns=[OBJECT])
    assert sources(result)[-1] == ("ResourcePolicy", "Resource Policy")
    other = arns["group"]
    denied = one(
        iam,
        arns["role"],
        "s3:PutObjectAcl",
        CallerArn=other,
        ResourcePolicy=own_policy(arns[source]),
        ResourceArns=[OBJECT],
    )
    assert denied["EvalDecision"] == "implicitDeny"


def test_the_unique_id_of_the_source_is_known(iam: Any, arns: dict[str, str]) -> None:
    unique_id = iam.get_user(UserName="alice")["User"]["UserId"]
    own = own_policy(unique_id)
    result = one(iam, arns["user"], "s3:PutObjectAcl", ResourcePolicy=own, ResourceArns=[OBJECT])
    assert ("ResourcePolicy", "Resource Policy") in sources(result)


def test_what_is_simulated_is_what_is_decided(iam: Any, server: Any, arns: dict[str, str], account_id: str) -> None:
    """The same user, asked in earnest."""
    iam.create_user(UserName="carol")
    statement = {"Effect": "Allow", "Action": "iam:Get*", "Resource": "*", "Condition": {"Bool": {"x:Never": "true"}}}
    lists = {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement, lists]})
    iam.put_user_policy(UserName="carol", PolicyName="p", PolicyDocument=policy)
    key = iam.create_access_key(UserName="carol")["AccessKey"]
    carol = server.client("iam", type(server.admin).of(key))
    arn = f"arn:aws:iam::{account_id}:user/carol"
    assert one(iam, arn, "iam:GetUser", ResourceArns=[arn])["EvalDecision"] == "implicitDeny"
    assert refusal(carol.get_user)[0] == "AccessDenied"
    assert one(iam, arn, "iam:ListUsers")["EvalDecision"] == "allowed"
    assert {user["UserName"] for user in carol.list_users()["Users"]} >= {"carol", "alice"}
    refused = refusal(carol.simulate_principal_policy, PolicySourceArn=arns["user"], ActionNames=[ACTION])
    sentence = (
        f"User: {arn} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: {arns['user']} "
        "because no identity-based policy allows the iam:SimulatePrincipalPolicy action"
    )
    assert refused == ("AccessDenied", sentence, 403)
