"""GetWebIdentityToken through boto3, and its tokens as other services verify them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import answer, fresh, refusal, trusting
from tests.services.sts.verifying import SERVICE, Json, verified

NAMESPACE = "https://sts.amazonaws.com/"
ASKED: Json = {"Audience": [SERVICE], "SigningAlgorithm": "ES384"}


@pytest.fixture(scope="module")
def issuer(iam: Any) -> str:
    url: str = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    return url


def user_with(server: RunningServer, iam: Any, *statements: Json) -> Any:
    """Return STS as a new user calls it who has one policy."""
    name = fresh("Caller")
    iam.create_user(UserName=name)
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)
    return server.client("sts", Credentials.of(iam.create_access_key(UserName=name)["AccessKey"]))


def allow(action: str, **condition: Any) -> Json:
    statement: Json = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement


@pytest.mark.parametrize("algorithm", ["RS256", "ES384"])
def test_another_service_can_verify_who_calls(
    server: RunningServer, iam: Any, sts: Any, issuer: str, algorithm: str
) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    got = answer(sts.get_web_identity_token, Audience=[SERVICE], SigningAlgorithm=algorithm)
    claims = verified(server, got["WebIdentityToken"], issuer)
    arn = iam.get_user()["User"]["Arn"]
    assert set(got) == {"WebIdentityToken", "Expiration"}
    assert claims == {
        "iss": issuer,
        "aud": SERVICE,
        "sub": arn,
        "iat": claims["iat"],
        "exp": claims["iat"] + 300,
        "jti": claims["jti"],
        NAMESPACE: {"aws_account": server.account_id, "principal_id": arn, "source_region": "us-east-1"},
    }
    assert datetime.fromtimestamp(claims["exp"], UTC) == got["Expiration"]
    assert before <= datetime.fromtimestamp(claims["iat"], UTC) <= before + timedelta(minutes=1)
    again = answer(sts.get_web_identity_token, **ASKED)["WebIdentityToken"]
    assert verified(server, again, issuer)["jti"] != claims["jti"]


def test_a_changed_token_is_seen_through(server: RunningServer, sts: Any, issuer: str) -> None:
    header, _, signature = sts.get_web_identity_token(**ASKED)["WebIdentityToken"].split(".")
    _, others_claims, _ = sts.get_web_identity_token(**ASKED)["WebIdentityToken"].split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        verified(server, f"{header}.{others_claims}.{signature}", issuer)


def test_what_a_call_asks_for_is_in_the_token(server: RunningServer, iam: Any, issuer: str) -> None:
    sts = user_with(server, iam, allow("sts:*"))
    name = sts.get_caller_identity()["Arn"].rpartition("/")[2]
    iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "rot-grün"}])
    got = sts.get_web_identity_token(
        Audience=[SERVICE, "other"],
        SigningAlgorithm="RS256",
        DurationSeconds=3600,
        Tags=[{"Key": "job", "Value": "17"}],
    )
    claims = verified(server, got["WebIdentityToken"], issuer)
    assert claims["aud"] == [SERVICE, "other"]
    assert claims["exp"] - claims["iat"] == 3600
    assert claims[NAMESPACE]["principal_tags"] == {"team": "rot-grün"}
    assert claims[NAMESPACE]["request_tags"] == {"job": "17"}


@pytest.fixture(scope="module")
def session(iam: Any, sts: Any, account_id: str) -> Json:
    """A role session with tags and a source identity, of a quarter of an hour."""
    trust = json.loads(trusting({"AWS": f"arn:aws:iam::{account_id}:root"}))
    trust["Statement"]["Action"] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    role = iam.create_role(
        RoleName="Vendor",
        Path="/apps/",
        AssumeRolePolicyDocument=json.dumps(trust),
        Tags=[{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}],
    )["Role"]
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow("sts:GetWebIdentityToken")]})
    iam.put_role_policy(RoleName="Vendor", PolicyName="p", PolicyDocument=document)
    made: Json = sts.assume_role(
        RoleArn=role["Arn"],
        RoleSessionName="vending",
        DurationSeconds=900,
        SourceIdentity="ada",
        Tags=[{"Key": "Team", "Value": "blue"}],
    )["Credentials"]
    return made


def test_a_session_is_its_role(server: RunningServer, account_id: str, session: Json, issuer: str) -> None:
    sts = server.client("sts", Credentials.of(session))
    claims = verified(server, sts.get_web_identity_token(**ASKED)["WebIdentityToken"], issuer)
    arn = f"arn:aws:iam::{account_id}:role/apps/Vendor"
    assert claims["sub"] == arn
    assert claims[NAMESPACE] == {
        "aws_account": account_id,
        "principal_id": arn,
        "source_region": "us-east-1",
        "original_session_exp": session["Expiration"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source_identity": "ada",
        "principal_tags": {"stage": "test", "Team": "blue"},
    }


def test_a_token_does_not_outlive_its_session(server: RunningServer, session: Json, issuer: str) -> None:
    sts = server.client("sts", Credentials.of(session))
    assert verified(server, sts.get_web_identity_token(**ASKED, DurationSeconds=600)["WebIdentityToken"], issuer)
    assert refusal(sts.get_web_identity_token, **ASKED, DurationSeconds=901) == (
        "SessionDurationEscalationException",
        "The requested token duration would extend the session beyond its original expiration time.",
        403,
    )


@pytest.mark.usefixtures("issuer")
def test_too_many_tags_make_the_token_too_large(sts: Any) -> None:
    tags = [{"Key": f"key-{number}", "Value": "x" * 200} for number in range(50)]
    code, sentence, status = refusal(sts.get_web_identity_token, **ASKED, Tags=tags)
    assert (code, status) == ("JWTPayloadSizeExceededException", 400)
    assert sentence.startswith("The requested token payload size exceeds the maximum allowed size.")
    assert answer(sts.get_web_identity_token, **ASKED, Tags=tags[:20])


@pytest.mark.usefixtures("issuer")
@pytest.mark.parametrize(
    ("condition", "asked"),
    [
        ({"ForAllValues:StringEquals": {"sts:IdentityTokenAudience": SERVICE}}, {"Audience": [SERVICE, "other"]}),
        ({"NumericLessThanEquals": {"sts:DurationSeconds": "300"}}, {"DurationSeconds": 301}),
        ({"StringEquals": {"sts:SigningAlgorithm": "ES384"}}, {"SigningAlgorithm": "RS256"}),
    ],
)
def test_policies_tell_tokens_apart(server: RunningServer, iam: Any, condition: Json, asked: Json) -> None:
    sts = user_with(server, iam, allow("sts:GetWebIdentityToken", **condition))
    assert answer(sts.get_web_identity_token, **ASKED)
    assert refusal(sts.get_web_identity_token, **{**ASKED, **asked})[0] == "AccessDenied"


@pytest.mark.usefixtures("issuer")
def test_tags_take_a_permission_of_their_own(server: RunningServer, iam: Any) -> None:
    asked = {**ASKED, "Tags": [{"Key": "job", "Value": "17"}]}
    without = user_with(server, iam, allow("sts:GetWebIdentityToken"))
    assert (
        "is not authorized to perform: sts:TagGetWebIdentityToken"
        in refusal(without.get_web_identity_token, **asked)[1]
    )
    tagging = allow("sts:TagGetWebIdentityToken", StringEquals={"aws:RequestTag/job": "17"})
    assert answer(user_with(server, iam, allow("sts:GetWebIdentityToken"), tagging).get_web_identity_token, **asked)


def test_the_trail_knows_of_the_token_but_not_the_token(server: RunningServer, sts: Any, issuer: str) -> None:
    token = sts.get_web_identity_token(**ASKED)["WebIdentityToken"]
    assert verified(server, token, issuer)
    stored = b"".join(path.read_bytes() for path in server.data.glob("ostiary.db*"))
    assert b"GetWebIdentityToken" in stored
    assert token.rpartition(".")[2].encode() not in stored
    assert b"PRIVATE KEY" not in stored
