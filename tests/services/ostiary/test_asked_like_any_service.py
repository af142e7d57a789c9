"""Ostiary's own service is one like AWS's: asked with the AWS CLI, with proven credentials, and recorded."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sqlalchemy import select

from ostiary.store import schema
from ostiary.wire.model import OWN_MODELS
from tests.conftest import Credentials, RunningServer
from tests.e2e.aws_cli import AwsError, aws
from tests.services.ostiary.calling import User, refusal

NewUser = Callable[..., User]


def test_the_aws_cli_takes_the_model(server: RunningServer) -> None:
    model = OWN_MODELS / "ostiary" / "2026-11-24" / "service-2.json"
    aws(
        server,
        server.admin,
        "configure",
        "add-model",
        "--service-name",
        "ostiary",
        "--service-model",
        f"file://{model}",
    )
    assert aws(server, server.admin, "ostiary", "get-account-settings") == {"MfaRequired": False}
    asked = ("--action", "s3:GetObject", "--resource", "arn:aws:s3:::reports/q1.csv", "--context", "aws:SourceIp=::1")
    answer = aws(server, server.admin, "ostiary", "explain-decision", *asked)
    assert answer["Decision"] == "allowed"
    assert json.loads(answer["Explanation"])["request"]["context"]["aws:sourceip"] == "::1"
    with pytest.raises(AwsError, match="The sign-in session with id ASIS cannot be found"):
        aws(server, server.admin, "ostiary", "end-sign-in-session", "--session-id", "ASIS")


@pytest.mark.parametrize("token", ["get_session_token", "get_federation_token"])
def test_credentials_that_iam_does_not_take_are_not_taken(server: RunningServer, new_user: NewUser, token: str) -> None:
    user = new_user({"Action": "*"})
    parameters = {"Name": "guest"} if token == "get_federation_token" else {}
    made = getattr(server.client("sts", user.key), token)(**parameters)["Credentials"]
    client = server.client("ostiary", Credentials.of(made))
    told = ("UnrecognizedClientException", "The security token included in the request is invalid", 403)
    assert refusal(client.list_sign_in_sessions) == told


def test_a_refusal_can_be_decoded(server: RunningServer, sts: Any, new_user: NewUser) -> None:
    user = new_user()
    with pytest.raises(ClientError) as caught:
        server.client("ostiary", user.key).explain_decision(Action="iam:CreateUser")
    headers = caught.value.response["ResponseMetadata"]["HTTPHeaders"]
    message = headers["x-ostiary-authorization-message"]
    decoded = json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
    assert decoded["context"]["action"] == "iam:SimulatePrincipalPolicy"
    assert decoded["context"]["resource"] == user.arn
    assert decoded["explanation"]


def test_calls_are_in_the_trail(server: RunningServer, ostiary: Any, new_user: NewUser) -> None:
    user = new_user()
    ostiary.update_account_settings(MfaRequired=False)
    refusal(server.client("ostiary", user.key).get_account_settings)
    with server.reading() as directory:
        kept = directory.connection.scalars(
            select(schema.events.c.body).where(schema.events.c.event_source == "ostiary.amazonaws.com")
        )
        events = {event["eventName"]: event for event in map(json.loads, kept)}
    changed = events["UpdateAccountSettings"]
    assert (changed["readOnly"], changed["requestParameters"]) == (False, {"mfaRequired": False})
    assert events["GetAccountSettings"]["errorCode"] == "AccessDenied"
