"""Asking Ostiary's own service as boto3 asks any other, with the model that comes with Ostiary."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.directory import sign_in_sessions, users
from ostiary.directory.sign_in_sessions import Client
from ostiary.gate.sign_in import caller_of, find_person
from ostiary.services import mint_credentials
from ostiary.values.caller import Session
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer

PASSWORD = "First-Pass.1"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class User:
    name: str
    arn: str
    unique_id: str
    key: Credentials


@dataclass(frozen=True)
class SignedIn:
    session_id: str
    credentials: Credentials


def make_user(iam: Any, *statements: dict[str, Any], path: str = "/") -> User:
    """Create a user with a password, an access key, and an inline policy called `Given` of the statements, if any."""
    name = f"person-{next(_numbers)}"
    made = iam.create_user(UserName=name, Path=path)["User"]
    iam.create_login_profile(UserName=name, Password=PASSWORD)
    if statements:
        iam.put_user_policy(UserName=name, PolicyName="Given", PolicyDocument=document(*statements))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return User(name, made["Arn"], made["UserId"], Credentials.of(key))


def document(*statements: dict[str, Any]) -> str:
    """Return a policy; a statement allows on everything unless it says otherwise."""
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*"} | s for s in statements]}
    )


def sign_in(server: RunningServer, user_name: str | None = None, *, client: Client = "console") -> SignedIn:
    """Return the credentials that a page has once a user, or the root user, signed in."""
    now = system_clock().replace(microsecond=0)
    account = server.setup.account_id
    with server.changing() as directory:
        owner_id = users.get_user(directory, account, user_name).user_id if user_name else account
        person = find_person(directory, account, owner_id, now=now)
        assert person is not None
        session, _ = sign_in_sessions.start_session(
            directory,
            account,
            owner_id,
            client=client,
            mfa_authenticated_at=now,
            address="127.0.0.1",
            user_agent="a browser",
            now=now,
        )
        ends = now + timedelta(minutes=15)
        carried = Session(now, ends, mfa_authenticated_at=now, sign_in_id=session.session_id)
        minted = mint_credentials(directory, caller_of(person, carried), carried, now, ends)
    return SignedIn(session.session_id, Credentials.of(minted))


def is_good(server: RunningServer, signed_in: SignedIn) -> bool:
    """Tell whether the credentials of a sign-in still are."""
    try:
        server.client("sts", signed_in.credentials).get_caller_identity()
    except ClientError as error:
        if error.response["Error"]["Code"] == "InvalidClientTokenId":
            return False
        raise
    return True


def refusal(call: Callable[..., Any], **parameters: Any) -> tuple[str, str, int]:
    """Return the code, sentence and status with which a call is refused."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response: Any = caught.value.response
    return (
        response["Error"]["Code"],
        response["Error"]["Message"],
        response["ResponseMetadata"]["HTTPStatusCode"],
    )
