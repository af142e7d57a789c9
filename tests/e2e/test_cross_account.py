"""Two accounts on one server: across them, both sides must agree."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ostiary.directory import accounts, inline_policies, keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused

OTHER = AccountId("555566667777")
VISITOR = f"arn:aws:iam::{OTHER}:user/visitor"


@contextmanager
def writing(server: RunningServer) -> Iterator[Directory]:
    """Change the other account, which has no administrator, through the directory itself."""
    with server.changing() as directory:
        yield directory
        accounts.raise_revision(directory, OTHER)


@pytest.fixture(scope="module")
def visitor(server: RunningServer) -> Credentials:
    with writing(server) as directory:
        now = system_clock()
        accounts.create_account(directory, OTHER, root_email="other@example.com", root_password_hash="x", now=now)
        user = users.create_user(directory, OTHER, "visitor", now=now)
        key, secret = keys.create_access_key(directory, OTHER, user, now=now)
    return Credentials(key.access_key_id, secret.reveal())


def let_visitor_assume(server: RunningServer) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    with writing(server) as directory:
        user = users.get_user(directory, OTHER, "visitor")
        inline_policies.put_inline_policy(
            directory, OTHER, user.user_id, "assume", document, quota=Quota.USER_POLICY_SIZE, owner=user.name
        )


def test_both_accounts_must_agree(server: RunningServer, iam: Any, account_id: str, visitor: Credentials) -> None:
    roles = {}
    for name, principal in (("Named", VISITOR), ("Account", OTHER), ("Nobody", account_id)):
        statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": statement})
        roles[name] = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    roles["Missing"] = f"arn:aws:iam::{account_id}:role/Missing"
    sts = server.client("sts", visitor)

    def attempt(name: str) -> tuple[str, str, int]:
        return refused(lambda: sts.assume_role(RoleArn=roles[name], RoleSessionName="visit"))

    for name in roles:
        assert attempt(name)[::2] == ("AccessDenied", 403), name
    let_visitor_assume(server)
    for name in ("Named", "Account"):
        session = sts.assume_role(RoleArn=roles[name], RoleSessionName="visit")
        client = server.client("sts", Credentials.of(session["Credentials"]))
        assert client.get_caller_identity()["Account"] == account_id
    # A stranger learns nothing about which roles there are.
    for name in ("Nobody", "Missing"):
        code, message, status = attempt(name)
        assert (code, status) == ("AccessDenied", 403)
        assert message == f"User: {VISITOR} is not authorized to perform: sts:AssumeRole on resource: {roles[name]}"


def test_accounts_do_not_see_each_other(iam: Any, visitor: Credentials) -> None:
    assert visitor.access_key_id
    assert "visitor" not in [user["UserName"] for user in iam.list_users()["Users"]]
    assert refused(lambda: iam.get_access_key_last_used(AccessKeyId=visitor.access_key_id))[0] == "AccessDenied"
