"""GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy."""

import json
import time
from typing import Any

import pytest

from ostiary.policy import PolicyKind, parse_policy
from ostiary.services.iam.context_keys_used import keys_used
from tests.services.iam.asking import answer, refusal
from tests.services.iam.simulating import allow, document

# The policy of the AWS CLI's example, whose answer is below.
EXAMPLE = (
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*",'
    '"Resource":"arn:aws:dynamodb:us-west-2:123456789012:table/${aws:username}",'
    '"Condition":{"DateGreaterThan":{"aws:CurrentTime":"2015-08-16T12:00:00Z"}}}}'
)

POLICIES: list[tuple[list[str], list[str]]] = [
    ([document(allow())], []),
    ([EXAMPLE], ["aws:username", "aws:CurrentTime"]),
    ([document(allow(resource="arn:aws:s3:::${x:team, 'none'}/${*}${?}${$}/${ y:b }${}"))], ["x:team", "y:b"]),
    ([document(allow(Condition={"StringLike": {"A:One": ["${a:two}", "${A:ONE}*"]}}))], ["A:One", "a:two"]),
    (
        [document(allow(Condition={"Null": {"b:x": "true"}})), document(allow(Condition={"Null": {"a:x": "true"}}))],
        ["b:x", "a:x"],
    ),
    ([document(allow(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": ["${"]}}))], ["aws:TagKeys"]),
    ([document(allow(resource="arn:aws:s3:::}${x:y}${${a:b}$}${c:d"))], ["x:y", "${a:b"]),
    (
        [
            json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::${z:z}"},
                }
            )
        ],
        ["z:z"],
    ),
]


@pytest.mark.parametrize(("policies", "expected"), POLICIES)
def test_finds_the_keys_of_given_policies(iam: Any, policies: list[str], expected: list[str]) -> None:
    assert answer(iam.get_context_keys_for_custom_policy, PolicyInputList=policies) == {"ContextKeyNames": expected}


def test_variables_came_with_the_newer_version(iam: Any) -> None:
    old = json.loads(document(allow(resource="arn:aws:s3:::${x:y}", Condition={"StringLike": {"a:b": "${c:d}"}})))
    old["Version"] = "2008-10-17"
    answered = answer(iam.get_context_keys_for_custom_policy, PolicyInputList=[json.dumps(old)])
    assert answered == {"ContextKeyNames": ["a:b"]}


def test_finds_the_keys_of_a_users_and_its_groups_policies(iam: Any, account_id: str) -> None:
    def asking(key: str) -> str:
        return document(allow(Condition={"Null": {key: "true"}}))

    boundary = iam.create_policy(PolicyName="Edge", PolicyDocument=asking("x:boundary"))["Policy"]["Arn"]
    attached = iam.create_policy(PolicyName="Attached", PolicyDocument=asking("x:managed"))["Policy"]["Arn"]
    iam.create_user(UserName="alice", PermissionsBoundary=boundary)
    iam.create_group(GroupName="devs")
    iam.add_user_to_group(UserName="alice", GroupName="devs")
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=asking("x:user"))
    iam.put_group_policy(GroupName="devs", PolicyName="p", PolicyDocument=asking("x:group"))
    iam.attach_group_policy(GroupName="devs", PolicyArn=attached)

    def keys(kind: str, *given: str) -> list[str]:
        arn = f"arn:aws:iam::{account_id}:{kind}"
        named = iam.get_context_keys_for_principal_policy(PolicySourceArn=arn, PolicyInputList=list(given))
        return list(named["ContextKeyNames"])

    assert keys("user/alice") == ["x:user", "x:group", "x:managed"]
    assert keys("group/devs", asking("x:given"), asking("X:Group")) == ["x:group", "x:managed", "x:given"]


def test_what_is_no_policy_is_refused(iam: Any) -> None:
    refused = refusal(iam.get_context_keys_for_custom_policy, PolicyInputList=["{}"])
    assert refused == ("InvalidInput", "Syntax errors in policy.", 400)


def test_braces_that_are_never_closed_cost_no_more_than_their_length() -> None:
    text = document(allow(Condition={"StringLike": {"a:b": ["${" * 100_000]}}))
    policy = parse_policy(text, PolicyKind.IDENTITY)
    began = time.perf_counter()
    assert list(keys_used(policy, policy.statements[0])) == ["a:b"]
    # Looking for the end again from each opening takes over a minute.
    assert time.perf_counter() - began < 1
