"""Why a call was refused, told to who may know: the encoded message of a refusal, and what it decodes to."""

import importlib.util
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.policy import parse_request, request_json
from tests.conftest import Credentials, RunningServer
from tests.e2e.aws_cli import AwsError, aws
from tests.e2e.refusals import refused

HEADER = "x-ostiary-authorization-message"
INVALID = ("InvalidAuthorizationMessageException", "Message is not valid", 400)
CHECKER = Path(__file__).parents[2] / "conformance" / "check_certificate.py"
GUARDED = {
    "Sid": "NoDeletes",
    "Effect": "Deny",
    "Action": ["iam:DeleteUser", "iam:DeleteRole"],
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": ["red", "blue"]}},
}
READING = {"Sid": "Reads", "Effect": "Allow", "Action": "iam:Get*", "Resource": "*"}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


POLICY = document(READING, GUARDED)


@pytest.fixture(scope="module")
def alice(iam: Any) -> Credentials:
    """A user who may read, and must not delete."""
    iam.create_user(UserName="alice")
    iam.put_user_policy(UserName="alice", PolicyName="Own", PolicyDocument=POLICY)
    return Credentials.of(iam.create_access_key(UserName="alice")["AccessKey"])


def headers_of(call: Callable[[], Any]) -> dict[str, str]:
    with pytest.raises(ClientError) as refusal:
        call()
    headers: dict[str, str] = refusal.value.response["ResponseMetadata"]["HTTPHeaders"]
    return headers


def decoded(sts: Any, call: Callable[[], Any]) -> dict[str, Any]:
    message = headers_of(call)[HEADER]
    told: dict[str, Any] = json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
    return told


def context_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return the condition keys of a decoded message, as a question writes them."""
    listed = {
        each["key"]: [value["value"] for value in each["values"]["items"]]
        for each in told["context"]["conditions"]["items"]
    }
    return {key: values[0] if len(values) == 1 else values for key, values in listed.items()}


def check(told: dict[str, Any], principal: dict[str, Any], policies: dict[str, Any]) -> None:
    """Have the certificate of a decoded message checked by the program that knows nothing of the engine."""
    specification = importlib.util.spec_from_file_location("check_certificate", CHECKER)
    assert specification is not None
    assert specification.loader is not None
    checker = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(checker)
    request = {
        "principal": principal,
        "action": told["context"]["action"],
        "resource": told["context"]["resource"],
        "context": context_of(told),
    }
    written_out = request_json(parse_request(request))
    checker.check({"request": written_out, "policies": policies}, told["certificate"])


def test_an_explicit_denial_is_told_with_the_statement(
    server: RunningServer, iam: Any, sts: Any, alice: Credentials, account_id: str
) -> None:
    told = decoded(sts, lambda: server.client("iam", alice).delete_user(UserName="bob"))
    unique_id = iam.get_user(UserName="alice")["User"]["UserId"]
    arn = f"arn:aws:iam::{account_id}:user/alice"
    assert (told["allowed"], told["explicitDeny"], told["failures"]) == (False, True, {"items": []})
    assert told["matchedStatements"] == {
        "items": [
            {
                "statementId": "NoDeletes",
                "effect": "DENY",
                "principals": {"items": [{"value": unique_id}]},
                "principalGroups": {"items": []},
                "actions": {"items": [{"value": "iam:DeleteUser"}, {"value": "iam:DeleteRole"}]},
                "resources": {"items": [{"value": "*"}]},
                "conditions": {
                    "items": [
                        {"key": "aws:PrincipalTag/team", "values": {"items": [{"value": "red"}, {"value": "blue"}]}}
                    ]
                },
            }
        ]
    }
    assert told["context"]["principal"] == {"id": unique_id, "name": "alice", "arn": arn}
    assert told["context"]["action"] == "iam:DeleteUser"
    assert told["context"]["resource"] == f"arn:aws:iam::{account_id}:user/bob"
    assert context_of(told).items() >= {"aws:username": "alice", "aws:SourceIp": "127.0.0.1"}.items()
    assert "NoDeletes" in "\n".join(told["explanation"])
    assert told["certificate"]["applies"] == ["identity/0/1"]
    check(told, {"kind": "user", "arn": arn, "account": account_id}, {"identity": [json.loads(POLICY)]})


def test_an_implicit_denial_is_told(server: RunningServer, sts: Any, alice: Credentials, account_id: str) -> None:
    told = decoded(sts, lambda: server.client("iam", alice).create_user(UserName="bob"))
    assert (told["allowed"], told["explicitDeny"], told["matchedStatements"]) == (False, False, {"items": []})
    assert (told["certificate"]["decision"], told["certificate"]["layer"]) == ("implicit_deny", "identity")
    principal = {"kind": "user", "arn": f"arn:aws:iam::{account_id}:user/alice", "account": account_id}
    check(told, principal, {"identity": [json.loads(POLICY)]})


def test_the_sentence_stays_as_it_was(server: RunningServer, alice: Credentials, account_id: str) -> None:
    code, sentence, status = refused(lambda: server.client("iam", alice).create_user(UserName="bob"))
    assert (code, status) == ("AccessDenied", 403)
    assert sentence == (
        f"User: arn:aws:iam::{account_id}:user/alice is not authorized to perform: iam:CreateUser on resource: "
        f"arn:aws:iam::{account_id}:user/bob because no identity-based policy allows the iam:CreateUser action"
    )


def test_the_cli_decodes_it(server: RunningServer, alice: Credentials) -> None:
    message = headers_of(lambda: server.client("iam", alice).create_user(UserName="bob"))[HEADER]
    words = ("sts", "decode-authorization-message", "--encoded-message", message)
    told = json.loads(aws(server, server.admin, *words)["DecodedMessage"])
    assert told["context"]["action"] == "iam:CreateUser"
    with pytest.raises(AwsError, match=r"\(InvalidAuthorizationMessageException\).*Message is not valid"):
        aws(server, server.admin, *words[:-1], message[:-8] + "AAAAAAAA")


def test_who_was_refused_may_not_decode_it_without_permission(server: RunningServer, alice: Credentials) -> None:
    message = headers_of(lambda: server.client("iam", alice).create_user(UserName="bob"))[HEADER]
    code, sentence, status = refused(
        lambda: server.client("sts", alice).decode_authorization_message(EncodedMessage=message)
    )
    assert (code, status) == ("AccessDenied", 403)
    assert "is not authorized to perform: sts:DecodeAuthorizationMessage on resource: *" in sentence


def test_no_other_account_decodes_it(
    server: RunningServer, alice: Credentials, start_server: Callable[..., RunningServer]
) -> None:
    message = headers_of(lambda: server.client("iam", alice).create_user(UserName="bob"))[HEADER]
    elsewhere = start_server("444455556666")
    call = elsewhere.client("sts", elsewhere.admin).decode_authorization_message
    assert refused(lambda: call(EncodedMessage=message)) == INVALID


@pytest.mark.parametrize("message", ["x", "AAAA", "%00", "A" * 10_240])
def test_what_is_no_message_is_refused(sts: Any, message: str) -> None:
    assert refused(lambda: sts.decode_authorization_message(EncodedMessage=message)) == INVALID


def test_a_session_policy_is_not_told(server: RunningServer, iam: Any, sts: Any, account_id: str) -> None:
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account_id}:user/admin"},
        "Action": "sts:AssumeRole",
    }
    role = iam.create_role(RoleName="Wide", AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    iam.put_role_policy(
        RoleName="Wide",
        PolicyName="All",
        PolicyDocument=document({"Effect": "Allow", "Action": "*", "Resource": "*"}),
    )
    hushed = {"Sid": "Hushed", "Effect": "Deny", "Action": "iam:*", "Resource": f"arn:aws:iam::{account_id}:user/hush"}
    session = sts.assume_role(RoleArn=role, RoleSessionName="one", Policy=document(hushed))["Credentials"]
    call = server.client("iam", Credentials.of(session)).get_user
    told = decoded(sts, lambda: call(UserName="hush"))
    assert (told["explicitDeny"], told["matchedStatements"]) == (True, {"items": []})
    assert not {"explanation", "certificate"} & set(told)
    assert "Hushed" not in json.dumps(told)
    assert told["context"]["principal"] == {
        "id": f"{iam.get_role(RoleName='Wide')['Role']['RoleId']}:one",
        "arn": f"arn:aws:sts::{account_id}:assumed-role/Wide/one",
    }
    assert session["SessionToken"][:40] not in json.dumps(told)


def test_without_a_decision_there_is_no_message(server: RunningServer, alice: Credentials, account_id: str) -> None:
    unknown = Credentials("AKIAIOSFODNN7EXAMPLE", alice.secret_access_key)
    forged = Credentials(alice.access_key_id, "x" * 40)
    assert HEADER not in headers_of(server.client("iam", unknown).get_user)
    assert HEADER not in headers_of(server.client("iam", forged).get_user)
    assert HEADER not in headers_of(lambda: server.client("iam", server.admin).get_user(UserName="nobody"))
    elsewhere = "999988887777" if account_id != "999988887777" else "999988887776"
    call = server.client("sts", server.admin).assume_role
    assert HEADER not in headers_of(lambda: call(RoleArn=f"arn:aws:iam::{elsewhere}:role/r", RoleSessionName="one"))


@pytest.fixture(scope="module")
def lengths(server: RunningServer, iam: Any, alice: Credentials, account_id: str) -> Callable[..., set[int]]:
    """How long the messages are that alice is given for calls on several names."""
    iam.put_user_policy(
        UserName="alice",
        PolicyName="Assumes",
        PolicyDocument=document({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}),
    )
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account_id}:user/admin"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "a secret of forty characters, more or less"}},
    }
    iam.create_policy(PolicyName="Edge", PolicyDocument=document(READING))
    iam.create_role(
        RoleName="Prod",
        AssumeRolePolicyDocument=document(trust),
        Tags=[{"Key": "team", "Value": "blue" * 20}],
        PermissionsBoundary=f"arn:aws:iam::{account_id}:policy/Edge",
    )
    iam.create_user(UserName="Ivan", Path="/a/path/that/nobody/told/alice/", Tags=[{"Key": "k", "Value": "v" * 99}])
    calls = {service: server.client(service, alice, user_agent="the same") for service in ("iam", "sts")}

    def measure(service: str, operation: str, *parameters: dict[str, str]) -> set[int]:
        call = getattr(calls[service], operation)
        return {len(headers_of(partial(call, **given))[HEADER]) for given in parameters}

    return measure


def test_its_length_does_not_tell_whether_a_role_exists(lengths: Callable[..., set[int]], account_id: str) -> None:
    roles = [
        {"RoleArn": f"arn:aws:iam::{account_id}:role/{name}", "RoleSessionName": "one"} for name in ("Prod", "Prxd")
    ]
    assert len(lengths("sts", "assume_role", *roles)) == 1


def test_its_length_does_not_tell_what_was_looked_up(lengths: Callable[..., set[int]], account_id: str) -> None:
    assert len(lengths("iam", "delete_user", {"UserName": "Ivan"}, {"UserName": "Ivxn"})) == 1
    assert len(lengths("iam", "delete_role", {"RoleName": "Prod"}, {"RoleName": "Prxd"})) == 1
    boundaries = ({"RoleName": "Prod"}, {"RoleName": "Prxd"})
    assert len(lengths("iam", "delete_role_permissions_boundary", *boundaries)) == 1
    arns = ({"PolicyArn": f"arn:aws:iam::{account_id}:policy/{name}"} for name in ("Edge", "Edgx"))
    assert len(lengths("iam", "delete_policy", *arns)) == 1


def test_its_length_does_not_tell_whether_a_guess_at_a_policy_is_right(
    lengths: Callable[..., set[int]], iam: Any
) -> None:
    secret = "vpce-Zk937781ab20cd"
    hidden = {"Effect": "Deny", "Action": "iam:CreateGroup", "Resource": f"arn:aws:iam::*:group/{secret}"}
    iam.put_user_policy(UserName="alice", PolicyName="Hidden", PolicyDocument=document(hidden))
    guesses = [{"GroupName": secret}, {"GroupName": secret[::-1]}]
    assert len(lengths("iam", "create_group", *guesses)) == 1


def test_what_was_looked_up_is_told_as_it_is_now(server: RunningServer, iam: Any, sts: Any, account_id: str) -> None:
    iam.create_user(UserName="nora", Tags=[{"Key": "team", "Value": "blue"}])
    iam.create_user(UserName="olga", Path="/division/", Tags=[{"Key": "level", "Value": "high"}])
    nora = Credentials.of(iam.create_access_key(UserName="nora")["AccessKey"])
    message = headers_of(lambda: server.client("iam", nora).delete_user(UserName="Olga"))[HEADER]
    denying = document({"Sid": "Since", "Effect": "Deny", "Action": "iam:DeleteUser", "Resource": "*"})
    iam.put_user_policy(UserName="nora", PolicyName="p", PolicyDocument=denying)

    def tell() -> dict[str, Any]:
        told: dict[str, Any] = json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
        return told

    told = tell()
    assert (told["allowed"], told["explicitDeny"], told["matchedStatements"]) == (False, False, {"items": []})
    assert told["certificate"]["decision"] == "explicit_deny"
    assert "Since" in "\n".join(told["explanation"])
    assert told["context"]["resource"] == f"arn:aws:iam::{account_id}:user/division/olga"
    keys = {"aws:ResourceTag/level": "high", "aws:PrincipalTag/team": "blue", "aws:ResourceAccount": account_id}
    assert context_of(told).items() >= keys.items()
    principal = {"kind": "user", "arn": f"arn:aws:iam::{account_id}:user/nora", "account": account_id}
    check(told, principal, {"identity": [json.loads(denying)]})

    allowing = document({"Effect": "Allow", "Action": "*", "Resource": "*"})
    iam.put_user_policy(UserName="nora", PolicyName="p", PolicyDocument=allowing)
    told = tell()
    assert (told["allowed"], told["certificate"]["decision"]) == (False, "allow")
    check(told, principal, {"identity": [json.loads(allowing)]})


def test_nothing_is_explained_of_who_is_gone(server: RunningServer, iam: Any, sts: Any) -> None:
    iam.create_user(UserName="gone")
    key = iam.create_access_key(UserName="gone")["AccessKey"]
    message = headers_of(lambda: server.client("iam", Credentials.of(key)).list_users())[HEADER]
    iam.delete_access_key(UserName="gone", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="gone")
    told = json.loads(sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])
    assert not {"explanation", "certificate"} & set(told)
    assert (told["allowed"], told["context"]["action"]) == (False, "iam:ListUsers")


def test_a_refusal_to_assume_a_role_is_told_with_its_trust_policy(
    server: RunningServer, iam: Any, sts: Any, account_id: str
) -> None:
    me = f"arn:aws:iam::{account_id}:user/admin"
    trust = document({"Effect": "Allow", "Principal": {"AWS": me}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="Chained", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    tags = [{"Key": "team", "Value": "blue"}]
    tagging = json.loads(trust)["Statement"][0] | {"Action": ["sts:AssumeRole", "sts:TagSession"]}
    iam.update_assume_role_policy(RoleName="Chained", PolicyDocument=document(tagging))
    session = sts.assume_role(RoleArn=role, RoleSessionName="one", Tags=tags, TransitiveTagKeys=["team"])
    inner = server.client("sts", Credentials.of(session["Credentials"]))
    told = decoded(sts, lambda: inner.assume_role(RoleArn=role, RoleSessionName="two"))
    assert (told["context"]["action"], told["certificate"]["layer"]) == ("sts:AssumeRole", "identity")
    assert context_of(told).items() >= {"aws:PrincipalTag/team": "blue", "aws:RequestTag/team": "blue"}.items()
    assert context_of(told)["aws:TagKeys"] == "team"
    principal = {
        "kind": "role_session",
        "arn": f"arn:aws:sts::{account_id}:assumed-role/Chained/one",
        "account": account_id,
        "issuer_arn": role,
        "issuer_id": told["context"]["principal"]["id"].partition(":")[0],
    }
    check(told, principal, {"identity": [], "trust": json.loads(document(tagging))})


def test_what_fits_into_no_header_has_no_message(server: RunningServer, alice: Credentials) -> None:
    agent = "x" * 3_000
    assert HEADER not in headers_of(server.client("iam", alice, user_agent=agent).list_users)
