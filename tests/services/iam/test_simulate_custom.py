"""SimulateCustomPolicy: what policies that are given would decide, and what the answer tells of it."""

from typing import Any

import pytest

from tests.services.iam.simulating import OBJECT, OTHER_OBJECT, allow, deny, document, entry, simulate, sources

CALLER = "arn:aws:iam::111122223333:user/team/alice"
OWN_ROOT = "arn:aws:iam::111122223333:root"
OTHER_ROOT = "arn:aws:iam::444455556666:root"
READ = allow("s3:GetObject")


def one(iam: Any, *statements: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    """Return the result for one action, by itself reading an object, and whatever resource."""
    given: dict[str, Any] = {
        "PolicyInputList": [document(*statements)] if statements else [],
        "ActionNames": ["s3:GetObject"],
        **parameters,
    }
    (result,) = simulate(iam.simulate_custom_policy, **given)
    return result


def test_the_example_of_the_cli(iam: Any) -> None:
    """The policy, the call and the answer are those of the AWS CLI's example."""
    policy = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*",'
        '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}'
    )
    context = [entry("aws:CurrentTime", "date", "2019-04-25T11:00:00Z")]
    (result,) = simulate(
        iam.simulate_custom_policy,
        PolicyInputList=[policy],
        ActionNames=["dynamodb:CreateBackup"],
        ContextEntries=context,
    )
    assert result == {
        "EvalActionName": "dynamodb:CreateBackup",
        "EvalResourceName": "*",
        "EvalDecision": "allowed",
        "MatchedStatements": [
            {
                "SourcePolicyId": "PolicyInputList.1",
                "SourcePolicyType": "IAM Policy",
                "StartPosition": {"Line": 1, "Column": 38},
                "EndPosition": {"Line": 1, "Column": 167},
            }
        ],
        "MissingContextValues": [],
    }


DECISIONS: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("allowed", [READ], {}),
    ("implicitDeny", [], {}),
    ("implicitDeny", [allow("s3:PutObject")], {}),
    ("explicitDeny", [allow(), deny("s3:Get*")], {}),
    ("allowed", [allow("S3:getobject")], {}),
    ("allowed", [allow("s3:GetObject", "arn:aws:s3:::reports/*")], {"ResourceArns": [OBJECT]}),
    ("implicitDeny", [allow("s3:GetObject", "arn:aws:s3:::reports/*")], {"ResourceArns": [OTHER_OBJECT]}),
    ("implicitDeny", [allow("s3:GetObject", "arn:aws:s3:::reports/*")], {}),
    ("allowed", [allow("nimbus:Fly")], {"ActionNames": ["nimbus:Fly"]}),
    ("implicitDeny", [allow("s3:Get*")], {"ActionNames": ["s3:*"]}),
    ("allowed", [allow("s3:*")], {"ActionNames": ["s3:Get*"]}),
    ("allowed", [allow()], {"ActionNames": ["s3:ListAllMyBuckets"], "ResourceArns": [OBJECT]}),
    ("implicitDeny", [allow(resource=OBJECT)], {"ActionNames": ["s3:ListAllMyBuckets"], "ResourceArns": [OBJECT]}),
    ("implicitDeny", [allow()], {"ResourceArns": ["arn:aws:sqs:us-east-1:111122223333:queue"]}),
    ("implicitDeny", [allow(), deny()], {"ResourceArns": ["arn:aws:sqs:us-east-1:111122223333:queue"]}),
    ("allowed", [allow()], {"ResourceArns": ["arn:aws:s3:::reports"]}),
    ("allowed", [allow()], {"PermissionsBoundaryPolicyInputList": [document(READ)]}),
    ("implicitDeny", [allow()], {"PermissionsBoundaryPolicyInputList": [document(allow("s3:Put*"))]}),
    ("explicitDeny", [allow()], {"PermissionsBoundaryPolicyInputList": [document(allow(), deny("s3:Get*"))]}),
]


@pytest.mark.parametrize(("decision", "statements", "parameters"), DECISIONS)
def test_decides(iam: Any, decision: str, statements: list[dict[str, Any]], parameters: dict[str, Any]) -> None:
    result = one(iam, *statements, **parameters)
    assert result["EvalDecision"] == decision
    assert bool(result["MatchedStatements"]) is (decision != "implicitDeny")


CONTEXTS: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("allowed", {"StringEquals": {"aws:username": "bob"}}, [entry("aws:username", "string", "bob")]),
    ("allowed", {"StringEquals": {"aws:username": "bob"}}, [entry("AWS:UserName", "string", "bob")]),
    ("implicitDeny", {"StringEquals": {"aws:username": "bob"}}, [entry("aws:username", "string", "eve")]),
    ("allowed", {"NumericLessThan": {"s3:max-keys": "10"}}, [entry("s3:max-keys", "numeric", "9.5")]),
    ("allowed", {"Bool": {"aws:SecureTransport": "true"}}, [entry("aws:SecureTransport", "boolean", "True")]),
    ("allowed", {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}, [entry("aws:SourceIp", "ip", "192.0.2.9")]),
    ("allowed", {"BinaryEquals": {"x:digest": "AAE="}}, [entry("x:digest", "binary", "AAE=")]),
    ("allowed", {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}, [entry("aws:TagKeys", "stringList", "b")]),
    (
        "implicitDeny",
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}},
        [entry("aws:TagKeys", "stringList", "b", "c")],
    ),
    ("allowed", {"ForAnyValue:NumericEquals": {"x:sizes": "7"}}, [entry("x:sizes", "numericList", "6", "7")]),
]


@pytest.mark.parametrize(("decision", "condition", "entries"), CONTEXTS)
def test_assumes_the_context_given(
    iam: Any, decision: str, condition: dict[str, Any], entries: list[dict[str, Any]]
) -> None:
    assert one(iam, READ | {"Condition": condition}, ContextEntries=entries)["EvalDecision"] == decision


DERIVED: list[tuple[str, str | None, dict[str, str]]] = [
    ("allowed", CALLER, {"aws:username": "alice", "aws:PrincipalArn": CALLER, "aws:userid": CALLER}),
    ("allowed", CALLER, {"aws:PrincipalAccount": "111122223333"}),
    ("allowed", "arn:aws:iam::111122223333:role/r", {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/r"}),
    ("implicitDeny", "arn:aws:iam::111122223333:role/r", {"aws:username": "r"}),
    ("allowed", None, {"aws:userid": "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR"}),
    ("implicitDeny", None, {"aws:username": "admin"}),
]


@pytest.mark.parametrize(("decision", "caller", "keys"), DERIVED)
def test_knows_what_follows_from_the_caller(iam: Any, decision: str, caller: str | None, keys: dict[str, str]) -> None:
    named = {"CallerArn": caller} if caller else {}
    assert one(iam, READ | {"Condition": {"StringEquals": keys}}, **named)["EvalDecision"] == decision


def test_the_context_given_outdoes_the_caller(iam: Any) -> None:
    eve = READ | {"Condition": {"StringEquals": {"aws:username": "eve"}}}
    result = one(iam, eve, CallerArn=CALLER, ContextEntries=[entry("aws:UserName", "string", "eve")])
    assert result["EvalDecision"] == "allowed"


def test_tells_which_keys_are_missing(iam: Any) -> None:
    asking = READ | {
        "Resource": "arn:aws:s3:::reports/${aws:username}/*",
        "Condition": {"StringEquals": {"aws:RequestTag/Team": "${x:team, 'none'}"}, "Bool": {"s3:Known": "true"}},
    }
    elsewhere = allow("s3:PutObject", Condition={"Null": {"x:PutOnly": "false"}})
    other = READ | {"Resource": OTHER_OBJECT, "Condition": {"Null": {"x:Private": "false"}}}
    known = [entry("S3:known", "boolean", "true")]
    wanted = ["aws:username", "aws:RequestTag/Team", "x:team"]
    result = one(iam, asking, elsewhere, other, ContextEntries=known, ResourceArns=["arn:aws:s3:::reports/a/b"])
    assert result["MissingContextValues"] == wanted
    assert result["ResourceSpecificResults"][0]["MissingContextValues"] == wanted


@pytest.mark.parametrize("decision", ["allowed", "explicitDeny"])
def test_keys_are_missed_only_where_something_is(iam: Any, decision: str) -> None:
    plain = READ if decision == "allowed" else deny()
    result = one(iam, plain, READ | {"Condition": {"Null": {"x:Unknown": "false"}}})
    assert (result["EvalDecision"], result["MissingContextValues"]) == (decision, [])


def test_one_result_an_action_and_in_it_one_a_resource(iam: Any) -> None:
    reading = allow("s3:GetObject", "arn:aws:s3:::reports/*")
    results = simulate(
        iam.simulate_custom_policy,
        PolicyInputList=[document(reading), document(deny("s3:*", OTHER_OBJECT))],
        ActionNames=["s3:GetObject", "s3:PutObject", "s3:GetObject"],
        ResourceArns=[OBJECT, OTHER_OBJECT],
    )
    assert [result["EvalActionName"] for result in results] == ["s3:GetObject", "s3:PutObject", "s3:GetObject"]
    assert results[0] == results[2]
    reads, writes = results[:2]
    assert reads["EvalResourceName"] == "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
    assert (reads["EvalDecision"], writes["EvalDecision"]) == ("explicitDeny", "explicitDeny")
    assert sources(reads) == [("PolicyInputList.2", "IAM Policy")]
    assert [(each["EvalResourceName"], each["EvalResourceDecision"]) for each in reads["ResourceSpecificResults"]] == [
        (OBJECT, "allowed"),
        (OTHER_OBJECT, "explicitDeny"),
    ]
    assert [sources(each) for each in reads["ResourceSpecificResults"]] == [
        [("PolicyInputList.1", "IAM Policy")],
        [("PolicyInputList.2", "IAM Policy")],
    ]
    assert reads["EvalDecisionDetails"] == {}
    assert "EvalDecisionDetails" not in reads["ResourceSpecificResults"][0]


def test_a_single_resource_is_named_itself(iam: Any) -> None:
    assert one(iam, READ, ResourceArns=[OBJECT])["EvalResourceName"] == OBJECT
    unknown = one(iam, allow(), ActionNames=["x:Y"], ResourceArns=[OBJECT, OTHER_OBJECT])
    assert unknown["EvalResourceName"] == "*"


def test_points_to_where_a_statement_begins_and_ends(iam: Any) -> None:
    text = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow", "Action": "s3:*", "Resource": "*"
    },
    {"Effect": "Allow", "Action": "*", "Resource": "*"}
  ]
}"""
    (result,) = simulate(iam.simulate_custom_policy, PolicyInputList=[text], ActionNames=["s3:GetObject"])
    positions = [(each["StartPosition"], each["EndPosition"]) for each in result["MatchedStatements"]]
    assert positions == [
        ({"Line": 3, "Column": 17}, {"Line": 6, "Column": 6}),
        ({"Line": 6, "Column": 6}, {"Line": 7, "Column": 56}),
    ]


def test_a_boundary_is_told_of(iam: Any) -> None:
    within = one(iam, allow(), PermissionsBoundaryPolicyInputList=[document(READ)], ResourceArns=[OBJECT])
    assert within["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}
    assert sources(within) == [("PolicyInputList.1", "IAM Policy")]
    beyond = one(iam, allow(), PermissionsBoundaryPolicyInputList=[document(deny())], ResourceArns=[OBJECT])
    assert beyond["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    specific = beyond["ResourceSpecificResults"][0]
    assert specific["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    assert sources(specific) == [("PermissionsBoundaryPolicyInputList.1", "Permissions Boundary Policy")]
    assert "PermissionsBoundaryDecisionDetail" not in one(iam, allow())


LEVELS: list[tuple[str, list[list[dict[str, Any]]]]] = [
    ("allowed", [[allow()], [allow("s3:*")]]),
    ("implicitDeny", [[allow()], [allow("ec2:*")]]),
    ("implicitDeny", [[allow()], []]),
    ("explicitDeny", [[allow()], [allow(), deny("s3:Get*")]]),
    ("explicitDeny", [[allow("ec2:*")], [allow(), deny("s3:Get*")]]),
]


@pytest.mark.parametrize(("decision", "levels"), LEVELS)
def test_every_level_of_an_organization_must_allow(iam: Any, decision: str, levels: list[list[dict[str, Any]]]) -> None:
    given = [
        {"ServiceControlPolicyInputList": [document(*statements)]}
        if statements
        else {"ServiceControlPolicyInputList": []}
        for statements in levels
    ]
    unknown = allow(Condition={"Null": {"x:Unknown": "false"}})
    result = one(iam, READ, unknown, OrderedOrganizationPolicyInputList=given, ResourceArns=[OBJECT])
    assert result["EvalDecision"] == decision
    by_organization = decision == "allowed"
    assert result["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": by_organization}
    # What service control policies say ends the simulation, and of them nothing more is told.
    assert bool(result["MatchedStatements"]) is by_organization
    assert ("EvalDecisionDetails" in result) is by_organization
    assert result["MissingContextValues"] == []


def test_without_an_organization_nothing_is_told_of_one(iam: Any) -> None:
    assert "OrganizationsDecisionDetail" not in one(iam, READ, OrderedOrganizationPolicyInputList=[])


def own_policy(principal: Any, effect: str = "Allow") -> str:
    return document({"Effect": effect, "Principal": principal, "Action": "s3:GetObject", "Resource": OBJECT})


RESOURCE_POLICIES: list[tuple[str, list[dict[str, Any]], Any, str, str | None]] = [
    ("allowed", [], {"AWS": CALLER}, "Allow", None),
    ("allowed", [], "*", "Allow", None),
    ("implicitDeny", [], {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Allow", None),
    ("implicitDeny", [], {"AWS": OWN_ROOT}, "Allow", None),
    ("allowed", [READ], {"AWS": OWN_ROOT}, "Allow", None),
    ("explicitDeny", [READ], {"AWS": CALLER}, "Deny", None),
    ("allowed", [READ], {"AWS": CALLER}, "Allow", OTHER_ROOT),
    ("implicitDeny", [], {"AWS": CALLER}, "Allow", OTHER_ROOT),
    ("implicitDeny", [READ], {"AWS": OTHER_ROOT}, "Allow", OTHER_ROOT),
]


@pytest.mark.parametrize(("decision", "statements", "principal", "effect", "owner"), RESOURCE_POLICIES)
def test_a_resource_may_have_a_policy(  # noqa: PLR0917 - the columns of the table
    iam: Any, decision: str, statements: list[dict[str, Any]], principal: Any, effect: str, owner: str | None
) -> None:
    result = one(
        iam,
        *statements,
        CallerArn=CALLER,
        ResourcePolicy=own_policy(principal, effect),
        ResourceArns=[OBJECT],
        **({"ResourceOwner": owner} if owner else {}),
    )
    assert result["EvalDecision"] == decision


def test_across_accounts_each_kind_of_policy_is_told_of(iam: Any) -> None:
    result = one(
        iam,
        READ,
        CallerArn=CALLER,
        ResourceOwner=OTHER_ROOT,
        ResourcePolicy=own_policy({"AWS": OTHER_ROOT}),
        PermissionsBoundaryPolicyInputList=[document(deny("s3:Get*"))],
        ResourceArns=[OBJECT],
    )
    details = {
        "IAM Policy": "allowed",
        "Resource Policy": "implicitDeny",
        "Permissions Boundary Policy": "explicitDeny",
    }
    assert result["EvalDecisionDetails"] == result["ResourceSpecificResults"][0]["EvalDecisionDetails"] == details


def test_an_arn_that_names_its_account_needs_no_owner(iam: Any) -> None:
    queue = "arn:aws:sqs:us-east-1:444455556666:jobs"
    sending = {"Principal": {"AWS": CALLER}, "Action": "sqs:SendMessage", "Resource": queue}
    result = one(
        iam,
        CallerArn=CALLER,
        ActionNames=["sqs:SendMessage"],
        ResourceArns=[queue],
        ResourcePolicy=document(sending),
    )
    assert result["EvalDecision"] == "implicitDeny"
    assert result["EvalDecisionDetails"] == {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"}


def test_what_a_resource_policy_names_a_role_for_its_sessions_may(iam: Any) -> None:
    role = "arn:aws:iam::111122223333:role/deploy"
    result = one(iam, CallerArn=role, ResourcePolicy=own_policy({"AWS": role}), ResourceArns=[OBJECT])
    assert (result["EvalDecision"], sources(result)) == ("allowed", [("ResourcePolicy", "Resource Policy")])


def test_service_control_policies_do_not_bind_service_linked_roles(iam: Any) -> None:
    linked = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
    levels = [{"ServiceControlPolicyInputList": [document(deny())]}]
    result = one(iam, READ, CallerArn=linked, OrderedOrganizationPolicyInputList=levels)
    assert result["EvalDecision"] == "allowed"


def test_results_come_in_pages(iam: Any) -> None:
    actions = [f"s3:Get{number}" for number in range(5)]
    pages = list(
        iam.get_paginator("simulate_custom_policy").paginate(
            PolicyInputList=[document(READ)], ActionNames=actions, PaginationConfig={"PageSize": 2}
        )
    )
    assert [len(page["EvaluationResults"]) for page in pages] == [2, 2, 1]
    assert [each["EvalActionName"] for page in pages for each in page["EvaluationResults"]] == actions


def test_an_answer_holds_only_so_many_decisions(iam: Any) -> None:
    resources = [f"arn:aws:s3:::b/{number}" for number in range(300)]
    policy = document(*[allow("s3:PutObject")] * 100)
    given = {"PolicyInputList": [policy], "ActionNames": ["s3:GetObject"] * 4, "ResourceArns": resources}
    first = iam.simulate_custom_policy(**given)
    assert (len(first["EvaluationResults"]), first["IsTruncated"]) == (3, True)
    rest = iam.simulate_custom_policy(**given, Marker=first["Marker"])
    assert (len(rest["EvaluationResults"]), rest["IsTruncated"]) == (1, False)


@pytest.mark.parametrize("option", ["EC2-VPC-InstanceStore", "EC2-VPC-EBS-Subnet"])
def test_the_scenarios_of_ec2_are_known(iam: Any, option: str) -> None:
    result = one(
        iam,
        allow(),
        ActionNames=["ec2:RunInstances"],
        ResourceArns=["arn:aws:ec2:us-east-1:111122223333:instance/*"],
        ResourceHandlingOption=option,
    )
    assert result["EvalDecision"] == "allowed"
