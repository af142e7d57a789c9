"""Credentials that a user hands to somebody of its own."""

import json
import time
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused

LIST_USERS = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}}
)


@pytest.fixture(scope="module")
def broker(server: RunningServer, iam: Any) -> Any:
    """STS, called by a user who may do nothing but hand on what it may do."""
    iam.create_user(UserName="broker")
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["sts:GetFederationToken", "sts:TagSession"],
            "Resource": "arn:aws:sts::*:federated-user/guest*",
        },
    }
    iam.put_user_policy(UserName="broker", PolicyName="p", PolicyDocument=json.dumps(document))
    key = iam.create_access_key(UserName="broker")["AccessKey"]
    return server.client("sts", Credentials.of(key))


def test_a_federated_user_has_a_name_of_its_own(server: RunningServer, broker: Any, account_id: str) -> None:
    answer = broker.get_federation_token(Name="guest", DurationSeconds=900)
    assert answer["FederatedUser"] == {
        "FederatedUserId": f"{account_id}:guest",
        "Arn": f"arn:aws:sts::{account_id}:federated-user/guest",
    }
    assert answer["PackedPolicySize"] == 0
    identity = server.client("sts", Credentials.of(answer["Credentials"])).get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (answer["FederatedUser"]["Arn"], f"{account_id}:guest")


@pytest.mark.parametrize("service", ["iam", "sts"])
def test_its_credentials_are_good_for_no_more_than_aws_lets_them(
    server: RunningServer, broker: Any, service: str
) -> None:
    credentials = Credentials.of(broker.get_federation_token(Name="guest", Policy=LIST_USERS)["Credentials"])
    client = server.client(service, credentials)
    call = client.list_users if service == "iam" else client.get_session_token
    code = "InvalidClientTokenId" if service == "iam" else "AccessDenied"
    assert refused(call)[0] == code


def test_only_names_that_the_policy_lets_in(broker: Any) -> None:
    code, _, status = refused(lambda: broker.get_federation_token(Name="admin"))
    assert (code, status) == ("AccessDenied", 403)


def test_tags_take_room(broker: Any) -> None:
    answer = broker.get_federation_token(Name="guest", Tags=[{"Key": "team", "Value": "red"}], Policy=LIST_USERS)
    assert answer["PackedPolicySize"] > 0


def test_the_root_users_are_good_for_an_hour(server: RunningServer) -> None:
    root = server.client("sts", server.create_root_key())
    answer = root.get_federation_token(Name="guest")
    left = answer["Credentials"]["Expiration"].timestamp() - time.time()
    assert 3_500 < left <= 3_600
    identity = server.client("sts", Credentials.of(answer["Credentials"])).get_caller_identity()
    assert identity["Arn"].endswith(":federated-user/guest")


def test_they_end_with_the_user(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="leaving")
    iam.attach_user_policy(UserName="leaving", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    key = iam.create_access_key(UserName="leaving")["AccessKey"]
    answer = server.client("sts", Credentials.of(key)).get_federation_token(Name="guest")
    iam.delete_access_key(UserName="leaving", AccessKeyId=key["AccessKeyId"])
    iam.detach_user_policy(UserName="leaving", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    iam.delete_user(UserName="leaving")
    client = server.client("sts", Credentials.of(answer["Credentials"]))
    assert refused(client.get_caller_identity)[0] == "InvalidClientTokenId"
