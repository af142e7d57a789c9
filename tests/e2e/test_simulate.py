"""The stock AWS CLI asks what policies would decide."""

import json

import pytest

from tests.conftest import RunningServer
from tests.e2e.aws_cli import AwsError, aws

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${aws:username}/*"},
            {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"x:Frozen": "true"}}},
        ],
    }
)
OBJECT = "arn:aws:s3:::reports/alice/q1.csv"


def test_a_users_policies_are_simulated(server: RunningServer, account_id: str) -> None:
    admin = server.admin
    aws(server, admin, "iam", "create-user", "--user-name", "alice")
    named = ("--user-name", "alice", "--policy-name", "Own")
    aws(server, admin, "iam", "put-user-policy", *named, "--policy-document", POLICY)
    source = ("--policy-source-arn", f"arn:aws:iam::{account_id}:user/alice")
    assert aws(server, admin, "iam", "get-context-keys-for-principal-policy", *source) == {
        "ContextKeyNames": ["aws:username", "x:Frozen"]
    }
    asked = ("iam", "simulate-principal-policy", *source, "--action-names", "s3:GetObject", "--resource-arns", OBJECT)
    (result,) = aws(server, admin, *asked)["EvaluationResults"]
    matched = {
        "SourcePolicyId": "user_alice_Own",
        "SourcePolicyType": "IAM Policy",
        "StartPosition": {"Line": 1, "Column": 41},
        "EndPosition": {"Line": 1, "Column": 140},
    }
    assert result == {
        "EvalActionName": "s3:GetObject",
        "EvalResourceName": OBJECT,
        "EvalDecision": "allowed",
        "MatchedStatements": [matched],
        "MissingContextValues": [],
        "EvalDecisionDetails": {},
        "ResourceSpecificResults": [
            {
                "EvalResourceName": OBJECT,
                "EvalResourceDecision": "allowed",
                "MatchedStatements": [matched],
                "MissingContextValues": [],
            }
        ],
    }
    frozen = "ContextKeyName=x:Frozen,ContextKeyValues=true,ContextKeyType=boolean"
    (result,) = aws(server, admin, *asked, "--context-entries", frozen)["EvaluationResults"]
    assert result["EvalDecision"] == "explicitDeny"


def test_given_policies_are_simulated_page_by_page(server: RunningServer) -> None:
    actions = [f"s3:Get{number}" for number in range(5)]
    asked = ("iam", "simulate-custom-policy", "--policy-input-list", POLICY, "--action-names", *actions)
    results = aws(server, server.admin, *asked, "--page-size", "2")["EvaluationResults"]
    assert [result["EvalActionName"] for result in results] == actions


def test_what_is_no_arn_is_refused(server: RunningServer) -> None:
    asked = ("iam", "simulate-custom-policy", "--policy-input-list", POLICY, "--action-names", "s3:GetObject")
    with pytest.raises(AwsError) as refusal:
        aws(server, server.admin, *asked, "--resource-arns", "reports")
    assert str(refusal.value).endswith(
        "An error occurred (InvalidInput) when calling the SimulateCustomPolicy operation: "
        "ResourceNames are not in a valid ARN format: reports."
    )
