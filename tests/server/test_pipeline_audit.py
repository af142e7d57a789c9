"""Every call leaves an event in CloudTrail's shape, without a secret in it."""

import json
import re
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.audit import find_events
from ostiary.server.pipeline import UNKNOWN_ACCOUNT
from tests.conftest import Credentials, RunningServer

REFUSED_OR_NOT = ("GetUser", "ListGroups", "ListRoles")


def latest(server: RunningServer, name: str, account: str | None = None) -> dict[str, Any]:
    with server.reading() as directory:
        events = find_events(directory.connection, account or server.account_id, limit=500)
    return next(event for event in events if event["eventName"] == name)


def test_a_change(server: RunningServer, iam: Any, account_id: str) -> None:
    answer = iam.create_user(UserName="noted", Tags=[{"Key": "team", "Value": "red"}])
    event = latest(server, "CreateUser")
    assert event["eventSource"] == "iam.amazonaws.com"
    assert event["awsRegion"] == "us-east-1"
    assert event["userIdentity"] == {
        "type": "IAMUser",
        "principalId": iam.get_user()["User"]["UserId"],
        "arn": f"arn:aws:iam::{account_id}:user/admin",
        "accountId": account_id,
        "accessKeyId": server.admin.access_key_id,
        "userName": "admin",
    }
    assert event["requestParameters"] == {"userName": "noted", "tags": [{"key": "team", "value": "red"}]}
    assert event["responseElements"]["user"]["userId"] == answer["User"]["UserId"]
    assert event["requestID"] == answer["ResponseMetadata"]["RequestId"]
    assert (event["readOnly"], event["recipientAccountId"], event["sourceIPAddress"]) == (
        False,
        account_id,
        "127.0.0.1",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event["eventTime"])
    assert "errorCode" not in event


def test_a_refusal(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="powerless")
    key = Credentials.of(iam.create_access_key(UserName="powerless")["AccessKey"])
    with pytest.raises(ClientError) as refusal:
        server.client("iam", key).delete_user(UserName="admin")
    event = latest(server, "DeleteUser")
    assert (event["errorCode"], event["errorMessage"]) == ("AccessDenied", refusal.value.response["Error"]["Message"])
    assert event["userIdentity"]["userName"] == "powerless"
    assert event["responseElements"] is None


def test_what_was_decided(server: RunningServer, iam: Any, account_id: str) -> None:
    everybody, oneself = f"arn:aws:iam::{account_id}:user/*", f"arn:aws:iam::{account_id}:user/decided"
    statements = [
        {"Sid": "Look", "Effect": "Allow", "Action": "iam:GetUser", "Resource": everybody},
        {"Effect": "Deny", "Action": "iam:ListGroups", "Resource": "*"},
    ]
    user = iam.create_user(UserName="decided")["User"]
    policy = f"inline:{user['UserId']}/some"
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_user_policy(UserName="decided", PolicyName="some", PolicyDocument=document)
    theirs = server.client("iam", Credentials.of(iam.create_access_key(UserName="decided")["AccessKey"]))
    theirs.get_user(UserName="decided")
    for refused in (theirs.list_groups, theirs.list_roles):
        with pytest.raises(ClientError):
            refused()
    told = {name: latest(server, name)["additionalEventData"]["authorization"] for name in REFUSED_OR_NOT}
    assert told == {
        "GetUser": [{"action": "iam:GetUser", "resource": oneself, "decision": "allowed", "by": [f"{policy}#Look"]}],
        "ListGroups": [
            {
                "action": "iam:ListGroups",
                "resource": "*",
                "decision": "explicitDeny",
                "by": [f"{policy}#1"],
            }
        ],
        "ListRoles": [
            {
                "action": "iam:ListRoles",
                "resource": "*",
                "decision": "implicitDeny",
                "by": ["identity-based policy"],
            }
        ],
    }


def test_a_read(server: RunningServer, iam: Any) -> None:
    iam.list_groups()
    with pytest.raises(ClientError):  # A refusal waits until it is written, and what came before it with it.
        iam.get_user(UserName="nobody")
    event = latest(server, "ListGroups")
    assert (event["readOnly"], event["responseElements"]) == (True, None)


def test_no_secret_is_recorded(server: RunningServer, iam: Any, sts: Any) -> None:
    iam.create_user(UserName="secretive")
    key = Credentials.of(iam.create_access_key(UserName="secretive")["AccessKey"])
    session = Credentials.of(sts.get_session_token()["Credentials"])
    with pytest.raises(ClientError):
        iam.get_user(UserName="nobody")
    created, handed_out = latest(server, "CreateAccessKey"), latest(server, "GetSessionToken")
    assert created["responseElements"]["accessKey"]["accessKeyId"] == key.access_key_id
    assert handed_out["responseElements"]["credentials"]["accessKeyId"] == session.access_key_id
    text = json.dumps([created, handed_out])
    for secret in (key.secret_access_key, session.secret_access_key, session.session_token):
        assert secret
        assert secret not in text


def test_a_call_that_proves_nobody(server: RunningServer) -> None:
    wrong = Credentials(server.admin.access_key_id, "x" * 40)
    stranger = Credentials("AKIA" + "A" * 16, "x" * 40)
    for credentials in (wrong, stranger):
        with pytest.raises(ClientError):
            server.client("iam", credentials).list_roles()
    event = latest(server, "ListRoles")
    assert (event["errorCode"], event["userIdentity"]) == (
        "SignatureDoesNotMatch",
        {"type": "Unknown", "accessKeyId": server.admin.access_key_id},
    )
    assert latest(server, "ListRoles", UNKNOWN_ACCOUNT)["errorCode"] == "InvalidClientTokenId"
