"""Delegation requests where there are none, through boto3."""

from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import answer, fresh, refusal

NEW: dict[str, Any] = {
    "Description": "d",
    "Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy-template/Example"},
    "RequestorWorkflowId": "workflow",
    "NotificationChannel": "channel",
    "SessionDuration": 3600,
}


def test_the_list_is_empty(iam: Any) -> None:
    assert answer(iam.list_delegation_requests, MaxItems=1) == {"DelegationRequests": [], "isTruncated": False}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("iam:DelegationDuration", "3600"),
        ("iam:NotificationChannel", "channel"),
        ("iam:TemplateArn", "arn:aws:iam::aws:policy-template/*"),
    ],
)
def test_policies_tell_requests_apart_before_aws_refuses_them(
    server: RunningServer, iam: Any, key: str, value: str
) -> None:
    name = fresh("Partner")
    iam.create_user(UserName=name)
    iam.put_user_policy(
        UserName=name,
        PolicyName="p",
        PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateDelegationRequest",'
        f'"Resource":"*","Condition":{{"StringLike":{{"{key}":"{value}"}}}}}}}}',
    )
    partner = server.client("iam", Credentials.of(iam.create_access_key(UserName=name)["AccessKey"]))
    refused_by_aws = f"User: {iam.get_user(UserName=name)['User']['Arn']} is not authorized to perform: iam:Create"
    refused_by_aws += "DelegationRequest"
    assert refusal(partner.create_delegation_request, **NEW) == ("AccessDenied", refused_by_aws, 403)
    other = {
        **NEW,
        "SessionDuration": 301,
        "NotificationChannel": "other",
        "Permissions": {"PolicyTemplateArn": "x" * 20},
    }
    assert "because no identity-based policy allows" in refusal(partner.create_delegation_request, **other)[1]
