"""Ways around the gate that were found in review, each closed."""

import base64
import json
import socket
import threading
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from ostiary.directory import accounts, keys, users
from ostiary.server.http_protocol import MAX_HEAD_BYTES
from ostiary.values.identifiers import AccountId
from tests.conftest import Credentials, RunningServer
from tests.e2e.identity_providers import SamlIdp
from tests.e2e.raw_http import FORM, send
from tests.e2e.refusals import refused
from tests.server.test_pipeline_audit import latest


def policy(effect: str, action: str, **elements: Any) -> str:
    statement = {"Effect": effect, "Action": action, "Resource": "*", **elements}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def trust(arn: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": ["sts:AssumeRole", "sts:TagSession"]}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def new_key(iam: Any, name: str) -> Credentials:
    return Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])


def test_a_renamed_users_session_does_not_pass_for_who_has_the_name_now(
    server: RunningServer, iam: Any, account_id: str
) -> None:
    iam.create_user(UserName="carol")
    session = Credentials.of(server.client("sts", new_key(iam, "carol")).get_session_token()["Credentials"])
    iam.update_user(UserName="carol", NewUserName="carol-old")
    iam.create_user(UserName="carol")
    role = iam.create_role(
        RoleName="ForCarol", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:user/carol")
    )["Role"]
    in_session = server.client("sts", session)
    assert in_session.get_caller_identity()["Arn"].endswith(":user/carol-old")
    assert refused(lambda: in_session.assume_role(RoleArn=role["Arn"], RoleSessionName="me"))[0] == "AccessDenied"


def test_deleting_a_session_policy_does_not_widen_the_session(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="narrow")
    role = iam.create_role(RoleName="Wide", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:user/narrow"))[
        "Role"
    ]
    admin = "arn:aws:iam::aws:policy/AdministratorAccess"
    iam.attach_role_policy(RoleName="Wide", PolicyArn=admin)
    deny = iam.create_policy(PolicyName="NoIam", PolicyDocument=policy("Deny", "iam:*"))["Policy"]["Arn"]
    session = server.client("sts", new_key(iam, "narrow")).assume_role(
        RoleArn=role["Arn"], RoleSessionName="narrow", PolicyArns=[{"arn": admin}, {"arn": deny}]
    )
    in_session = server.client("iam", Credentials.of(session["Credentials"]))
    assert refused(in_session.list_users)[0] == "AccessDenied"
    iam.delete_policy(PolicyArn=deny)
    assert refused(in_session.list_users)[0] == "AccessDenied"


def test_a_key_deleted_while_a_change_waits_makes_no_change(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="waiting")
    iam.put_user_policy(UserName="waiting", PolicyName="all", PolicyDocument=policy("Allow", "iam:*"))
    key = new_key(iam, "waiting")
    client = server.client("iam", key)
    client.list_users()
    outcome: list[str] = []
    caller = threading.Thread(
        target=lambda: outcome.append(refused(lambda: client.create_user(UserName="too-late"))[0])
    )
    with server.changing() as directory:
        caller.start()
        caller.join(0.5)
        assert caller.is_alive(), "the call should wait for the write lock"
        account = AccountId(server.account_id)
        keys.delete_access_key(directory, account, users.get_user(directory, account, "waiting"), key.access_key_id)
        accounts.raise_revision(directory, account)
    caller.join(20)
    assert outcome == ["InvalidClientTokenId"]
    assert refused(lambda: iam.get_user(UserName="too-late"))[0] == "NoSuchEntity"


def test_a_role_is_not_spelled_out_to_who_may_not_assume_it(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="curious")
    iam.create_role(RoleName="Hidden", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:user/curious"))
    iam.update_assume_role_policy(RoleName="Hidden", PolicyDocument=trust(f"arn:aws:iam::{account_id}:user/admin"))
    sts = server.client("sts", new_key(iam, "curious"))
    messages = {
        name: refused(
            lambda name=name: sts.assume_role(RoleArn=f"arn:aws:iam::{account_id}:role/{name}", RoleSessionName="it")
        )[1]
        for name in ("HIDDEN", "MISSING")
    }
    assert messages["HIDDEN"].replace("HIDDEN", "MISSING") == messages["MISSING"]


def test_session_tags_cannot_be_awss_own(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="impostor")
    role = iam.create_role(
        RoleName="ForTags", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:user/impostor")
    )["Role"]
    sts = server.client("sts", new_key(iam, "impostor"))
    tags = [{"Key": "AWS:team", "Value": "red"}]
    assert refused(lambda: sts.assume_role(RoleArn=role["Arn"], RoleSessionName="it", Tags=tags))[0] == (
        "InvalidParameterValue"
    )


def test_session_tokens_are_good_for_what_aws_says_alone(server: RunningServer, sts: Any) -> None:
    session = server.client("sts", Credentials.of(sts.get_session_token()["Credentials"]))
    assert session.get_caller_identity()
    assert refused(lambda: session.get_access_key_info(AccessKeyId=server.admin.access_key_id))[0] == "AccessDenied"


def test_refused_documents_do_not_fill_the_trail(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="verbose")
    client = server.client("iam", new_key(iam, "verbose"))
    for length, code in ((100_000, "AccessDenied"), (200_000, "ValidationError")):
        document = policy("Allow", "iam:GetUser", Sid="x" * length)
        call = {"GroupName": "Administrators", "PolicyName": "long", "PolicyDocument": document}
        assert refused(lambda call=call: client.put_group_policy(**call))[0] == code
        assert len(json.dumps(latest(server, "PutGroupPolicy"))) < 40_000


@pytest.mark.parametrize(
    "endless",
    [b"GET /" + b"a" * 10 * MAX_HEAD_BYTES, b"GET / HTTP/1.1\r\nX: " + b"a" * 10 * MAX_HEAD_BYTES],
    ids=["request line", "header"],
)
def test_a_request_head_has_an_end(server: RunningServer, endless: bytes) -> None:
    address = urlsplit(server.endpoint)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20) as connection:
        answer = b""
        try:
            connection.sendall(endless)
            answer = connection.recv(1000)
        except ConnectionError:
            pass  # Closed on us while we were still sending: as good an answer.
        assert answer == b"" or answer.startswith(b"HTTP/1.1 400")


def test_a_head_just_within_bounds_is_read(server: RunningServer) -> None:
    address = urlsplit(server.endpoint)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=20) as connection:
        head = b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (MAX_HEAD_BYTES - 100) + b"\r\n\r\n"
        for _ in range(2):
            connection.sendall(head)
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("claims", [{"iss": "\ud800"}, {"iss": "https://\ud800"}, {"iss": "a", "sub": "\udfff"}])
@pytest.mark.parametrize("algorithm", ["RS256", ["RS256"], None])
def test_a_token_that_nobody_signed_stops_no_other_calls(
    server: RunningServer, iam: Any, account_id: str, claims: dict[str, str], algorithm: Any
) -> None:
    parts = (json.dumps({"alg": algorithm}), json.dumps(claims), "signature")
    token = ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts)
    called = {"RoleArn": f"arn:aws:iam::{account_id}:role/R", "RoleSessionName": "session", "WebIdentityToken": token}
    form = {"Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", **called}
    answer = send(server, urlencode(form).encode(), headers=[("Content-Type", FORM)])
    assert (answer.status, answer.code) == (400, "InvalidIdentityToken")
    iam.list_users()


def test_half_a_character_in_json_is_recorded_all_the_same(server: RunningServer, iam: Any) -> None:
    tagging = server.client("resourcegroupstaggingapi", server.admin)
    assert tagging.get_resources(TagFilters=[{"Key": "half \ud800"}])["ResourceTagMappingList"] == []
    assert refused(lambda: iam.get_user(UserName="nobody"))[0] == "NoSuchEntity"


def test_a_saml_provider_is_protected_however_it_is_spelled(server: RunningServer, iam: Any, account_id: str) -> None:
    made = iam.create_saml_provider(Name="Corporate", SAMLMetadataDocument=SamlIdp().metadata())["SAMLProviderArn"]
    iam.create_user(UserName="denied")
    everything = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}
    but_that = {"Effect": "Deny", "Action": "iam:*", "Resource": made}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything, but_that]})
    iam.put_user_policy(UserName="denied", PolicyName="p", PolicyDocument=document)
    acting = server.client("iam", new_key(iam, "denied"))
    for name in ("Corporate", "corporate"):
        arn = f"arn:aws:iam::{account_id}:saml-provider/{name}"
        for call in (acting.get_saml_provider, acting.delete_saml_provider, acting.list_saml_provider_tags):
            code, message, _ = refused(lambda call=call, arn=arn: call(SAMLProviderArn=arn))
            assert (code, f" on resource: {arn} " in message) == ("AccessDenied", True)
    assert iam.get_saml_provider(SAMLProviderArn=made)["SAMLProviderUUID"]
