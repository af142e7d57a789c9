"""Roles assumed with OpenID Connect tokens: by boto3's own provider, and by whoever tries to get in without one."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import jwt
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from cryptography.hazmat.primitives import serialization

from ostiary.audit import find_events
from tests.conftest import Credentials, RunningServer
from tests.e2e.identity_providers import OidcIssuer, new_key, serving_issuer
from tests.e2e.refusals import refused


@pytest.fixture(scope="module")
def issuer() -> Iterator[OidcIssuer]:
    with serving_issuer() as served:
        yield served


@pytest.fixture(scope="module")
def provider_arn(iam: Any, issuer: OidcIssuer) -> str:
    made = iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client", "other-client"])
    arn: str = made["OpenIDConnectProviderArn"]
    return arn


def trust(provider_arn: str, *, conditions: dict[str, Any] | None = None, actions: tuple[str, ...] = ()) -> str:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Federated": provider_arn},
        "Action": ["sts:AssumeRoleWithWebIdentity", *actions],
    }
    if conditions:
        statement["Condition"] = {"StringEquals": conditions}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


@pytest.fixture(scope="module")
def role_arn(iam: Any, issuer: OidcIssuer, provider_arn: str) -> str:
    name = issuer.url.partition("://")[2]
    made = iam.create_role(
        RoleName="Web",
        AssumeRolePolicyDocument=trust(provider_arn, conditions={f"{name}:aud": "client", f"{name}:sub": "subject-1"}),
    )
    iam.attach_role_policy(RoleName="Web", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    arn: str = made["Role"]["Arn"]
    return arn


@pytest.fixture(scope="module")
def unsigned(server: RunningServer) -> Any:
    return boto3.session.Session().client(
        "sts",
        endpoint_url=server.endpoint,
        region_name="us-east-1",
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )


def test_a_token_assumes_a_role(
    server: RunningServer, unsigned: Any, issuer: OidcIssuer, role_arn: str, provider_arn: str
) -> None:
    answer = unsigned.assume_role_with_web_identity(
        RoleArn=role_arn, RoleSessionName="session", WebIdentityToken=issuer.token()
    )
    assert answer["SubjectFromWebIdentityToken"] == "subject-1"
    assert answer["Audience"] == "client"
    assert answer["Provider"] == provider_arn
    assert "PackedPolicySize" not in answer
    assert answer["AssumedRoleUser"]["Arn"].endswith(":assumed-role/Web/session")
    acting = server.client("iam", Credentials.of(answer["Credentials"]))
    assert acting.get_role(RoleName="Web")["Role"]["Arn"] == role_arn
    code, _, _ = refused(lambda: acting.create_user(UserName="never"))
    assert code == "AccessDenied"
    with server.reading() as directory:
        events = find_events(directory.connection, server.account_id, limit=20)
    (event,) = [each for each in events if each["eventName"] == "AssumeRoleWithWebIdentity"]
    assert event["userIdentity"]["type"] == "WebIdentityUser"
    assert event["userIdentity"]["userName"] == "subject-1"
    assert issuer.token().rpartition(".")[2] not in json.dumps(event)
    assert event["requestParameters"]["webIdentityToken"] != issuer.token()


def test_boto3s_own_provider_gets_credentials(
    server: RunningServer, issuer: OidcIssuer, role_arn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    file.write_text(issuer.token())
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(file))
    monkeypatch.setenv("AWS_ROLE_ARN", role_arn)
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "from-file")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    identity = botocore.session.Session().create_client("sts").get_caller_identity()
    assert identity["Arn"].endswith(":assumed-role/Web/from-file")


def forged(issuer: OidcIssuer, header: dict[str, Any], key: bytes = b"") -> str:
    """Return a token whose header says how it is signed: not at all, or with the provider's public key as a secret."""

    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    now = int(time.time())
    claims = {"iss": issuer.url, "aud": "client", "sub": "subject-1", "iat": now, "exp": now + 600}
    text = f"{part(header)}.{part(claims)}"
    signature = hmac.digest(key, text.encode(), hashlib.sha256) if key else b""
    return f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def public_pem(issuer: OidcIssuer) -> bytes:
    return issuer.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


NOT_A_TOKEN = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
BAD_SIGNATURE = "The token's signature could not be verified with a key of its provider."

ATTACKS: list[tuple[str, Any, str, str]] = [
    ("no token", lambda _: "not-a-token", "InvalidIdentityToken", NOT_A_TOKEN),
    ("other audience", lambda i: i.token(aud="elsewhere"), "InvalidIdentityToken", "Incorrect token audience"),
    ("other party", lambda i: i.token(azp="elsewhere"), "InvalidIdentityToken", "Incorrect token audience"),
    (
        "other issuer",
        lambda i: i.token(iss="https://elsewhere.example.com"),
        "InvalidIdentityToken",
        "No OpenIDConnect provider found in your account for https://elsewhere.example.com",
    ),
    ("no subject", lambda i: i.token(sub=None), "InvalidIdentityToken", "Missing a required claim: sub"),
    ("no end", lambda i: i.token(exp=None), "InvalidIdentityToken", "Missing a required claim: exp"),
    ("no beginning", lambda i: i.token(iat=None), "InvalidIdentityToken", "Missing a required claim: iat"),
    ("other key", lambda i: OidcIssuer(i.url, new_key(), i.key_id).token(), "InvalidIdentityToken", BAD_SIGNATURE),
    (
        "no algorithm",
        lambda i: forged(i, {"alg": "none", "kid": i.key_id}),
        "InvalidIdentityToken",
        "The token is not signed with an algorithm that is supported.",
    ),
    (
        "public key as secret",
        lambda i: forged(i, {"alg": "HS256", "kid": i.key_id}, public_pem(i)),
        "InvalidIdentityToken",
        "The token is not signed with an algorithm that is supported.",
    ),
    (
        "stripped signature",
        lambda i: i.token().rpartition(".")[0] + ".",
        "InvalidIdentityToken",
        BAD_SIGNATURE,
    ),
    ("other subject", lambda i: i.token(sub="subject-2"), "AccessDenied", ""),
    ("other client", lambda i: i.token(aud="other-client"), "AccessDenied", ""),
    (
        "tags that the role does not let in",
        lambda i: i.token(**{"https://aws.amazon.com/tags": {"principal_tags": {"team": ["red"]}}}),
        "AccessDenied",
        "Not authorized to perform sts:TagSession",
    ),
    (
        "a source identity that the role does not let in",
        lambda i: i.token(**{"https://aws.amazon.com/source_identity": "alice"}),
        "AccessDenied",
        "Not authorized to perform sts:SetSourceIdentity",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack[0] for attack in ATTACKS])
def test_no_other_token_does(
    unsigned: Any, issuer: OidcIssuer, role_arn: str, attack: tuple[str, Any, str, str]
) -> None:
    _, make, code, message = attack
    told = refused(
        lambda: unsigned.assume_role_with_web_identity(
            RoleArn=role_arn, RoleSessionName="attack", WebIdentityToken=make(issuer)
        )
    )
    status = 403 if code == "AccessDenied" else 400
    assert told == (code, message or "Not authorized to perform sts:AssumeRoleWithWebIdentity", status)


def test_a_token_that_was_good_is_not(unsigned: Any, issuer: OidcIssuer, role_arn: str) -> None:
    then = int(time.time()) - 10
    code, message, status = refused(
        lambda: unsigned.assume_role_with_web_identity(
            RoleArn=role_arn, RoleSessionName="late", WebIdentityToken=issuer.token(iat=then - 600, exp=then)
        )
    )
    assert (code, status) == ("ExpiredTokenException", 400)
    assert message.startswith("Token expired: current date/time ")


def test_a_key_is_known_soon_after_the_provider_changes_it(
    unsigned: Any, iam: Any, role_arn: str, provider_arn: str
) -> None:
    assert role_arn
    with serving_issuer() as changing:
        arn = iam.create_open_id_connect_provider(Url=changing.url, ClientIDList=["client"])["OpenIDConnectProviderArn"]
        role = iam.create_role(RoleName="Changing", AssumeRolePolicyDocument=trust(arn))["Role"]["Arn"]
        call = {"RoleArn": role, "RoleSessionName": "changing"}
        unsigned.assume_role_with_web_identity(**call, WebIdentityToken=changing.token())
        asked = changing.asked
        unsigned.assume_role_with_web_identity(**call, WebIdentityToken=changing.token())
        assert changing.asked == asked
    code, message, _ = refused(
        lambda: unsigned.assume_role_with_web_identity(
            **call, WebIdentityToken=OidcIssuer(changing.url, changing.key, "two").token()
        )
    )
    assert (code, message) == ("InvalidIdentityToken", BAD_SIGNATURE)
    assert provider_arn != arn


def test_session_tags_and_source_identity_come_with_the_token(
    server: RunningServer, unsigned: Any, iam: Any, issuer: OidcIssuer, provider_arn: str
) -> None:
    role = iam.create_role(
        RoleName="Tagged",
        AssumeRolePolicyDocument=trust(provider_arn, actions=("sts:TagSession", "sts:SetSourceIdentity")),
    )["Role"]["Arn"]
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:ListUsers",
            "Resource": "*",
            "Condition": {
                "StringEquals": {
                    "aws:PrincipalTag/team": "red",
                    "aws:SourceIdentity": "alice",
                    "aws:FederatedProvider": provider_arn,
                }
            },
        },
    }
    iam.put_role_policy(RoleName="Tagged", PolicyName="p", PolicyDocument=json.dumps(document))
    token = issuer.token(
        **{
            "https://aws.amazon.com/tags": {"principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]},
            "https://aws.amazon.com/source_identity": "alice",
        }
    )
    answer = unsigned.assume_role_with_web_identity(RoleArn=role, RoleSessionName="tagged", WebIdentityToken=token)
    assert answer["SourceIdentity"] == "alice"
    assert answer["PackedPolicySize"] > 0
    assert server.client("iam", Credentials.of(answer["Credentials"])).list_users()["Users"]


def test_a_signature_beside_the_token_counts_for_nothing(
    server: RunningServer, issuer: OidcIssuer, role_arn: str
) -> None:
    stranger = server.client("sts", Credentials("AKIAIOSFODNN7EXAMPLE", "wrong"))
    answer = stranger.assume_role_with_web_identity(
        RoleArn=role_arn, RoleSessionName="signed", WebIdentityToken=issuer.token()
    )
    assert answer["AssumedRoleUser"]["Arn"].endswith("/signed")


def test_a_token_of_a_closed_network_is_verified_from_a_file(start_server: Any, tmp_path: Path) -> None:
    issuer = OidcIssuer("https://idp.internal/realm")
    (tmp_path / "idp.internal%2Frealm.json").write_text(json.dumps(issuer.key_set()))
    closed = start_server(oidc_keys=tmp_path)
    iam = closed.client("iam", closed.admin)
    arn = iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client"])["OpenIDConnectProviderArn"]
    role = iam.create_role(RoleName="Closed", AssumeRolePolicyDocument=trust(arn))["Role"]["Arn"]
    client = closed.client("sts", closed.admin)
    answer = client.assume_role_with_web_identity(
        RoleArn=role, RoleSessionName="closed", WebIdentityToken=issuer.token()
    )
    assert answer["Provider"] == arn
    assert jwt.decode(issuer.token(), options={"verify_signature": False})["iss"] == issuer.url
