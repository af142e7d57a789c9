"""Service-specific credentials, through boto3."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from ostiary.store import schema
from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import answer, fresh, refusal

GIT, KEYSPACES, BEDROCK = "codecommit.amazonaws.com", "cassandra.amazonaws.com", "bedrock.amazonaws.com"


@pytest.fixture
def user(iam: Any) -> str:
    name: str = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    return name


def make(iam: Any, user: str, service: str = GIT, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = answer(iam.create_service_specific_credential, UserName=user, ServiceName=service, **more)[
        "ServiceSpecificCredential"
    ]
    return made


def listed(iam: Any, **parameters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(iam.list_service_specific_credentials, **parameters)[
        "ServiceSpecificCredentials"
    ]
    return found


def test_a_password_is_shown_once(iam: Any, user: str, account_id: str) -> None:
    made = make(iam, user.upper())
    assert made["ServiceSpecificCredentialId"].startswith("ACCA")
    assert len(base64.b64decode(made["ServicePassword"])) == 32
    assert made == {
        "CreateDate": made["CreateDate"],
        "ServiceName": GIT,
        "ServiceUserName": f"{user}-at-{account_id}",
        "ServicePassword": made["ServicePassword"],
        "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"],
        "UserName": user,
        "Status": "Active",
    }
    del made["ServicePassword"]
    assert answer(iam.list_service_specific_credentials, UserName=user) == {
        "ServiceSpecificCredentials": [made],
        "IsTruncated": False,
    }


def test_an_api_key_has_an_alias_and_may_expire(iam: Any, user: str, account_id: str) -> None:
    made = make(iam, user, BEDROCK, CredentialAgeDays=30)
    alias = f"{user}-at-{account_id}"
    assert base64.b64decode(made["ServiceCredentialSecret"].removeprefix("ABSK")).decode().startswith(f"{alias}:")
    assert made == {
        "CreateDate": made["CreateDate"],
        "ExpirationDate": made["CreateDate"] + timedelta(days=30),
        "ServiceName": BEDROCK,
        "ServiceCredentialAlias": alias,
        "ServiceCredentialSecret": made["ServiceCredentialSecret"],
        "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"],
        "UserName": user,
        "Status": "Active",
    }
    assert "ExpirationDate" not in make(iam, user, "logs.amazonaws.com")


def test_an_api_key_expires_by_itself(server: RunningServer, iam: Any, user: str) -> None:
    made = make(iam, user, BEDROCK, CredentialAgeDays=1)
    table = schema.service_credentials
    with server.changing() as directory:
        directory.connection.execute(
            update(table)
            .where(table.c.credential_id == made["ServiceSpecificCredentialId"])
            .values(expires_at=made["CreateDate"])
        )
    named = {"UserName": user, "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    assert [each["Status"] for each in listed(iam, UserName=user)] == ["Expired"]
    assert answer(iam.update_service_specific_credential, **named, Status="Active") == {}
    assert [each["Status"] for each in listed(iam, UserName=user)] == ["Expired"]


def test_two_for_each_service(iam: Any, user: str, account_id: str) -> None:
    for service in (GIT, KEYSPACES):
        names = [make(iam, user, service)["ServiceUserName"] for _ in range(2)]
        assert names == [f"{user}-at-{account_id}", f"{user}+1-at-{account_id}"]
        assert refusal(iam.create_service_specific_credential, UserName=user, ServiceName=service) == (
            "LimitExceeded",
            "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2",
            409,
        )
    assert {each["ServiceName"] for each in listed(iam, UserName=user)} == {GIT, KEYSPACES}
    assert {each["ServiceName"] for each in listed(iam, UserName=user, ServiceName=GIT)} == {GIT}
    assert listed(iam, UserName=user, ServiceName=BEDROCK) == []


def test_a_name_that_a_renamed_user_left_behind_is_not_given_again(iam: Any, user: str, account_id: str) -> None:
    make(iam, user)
    iam.update_user(UserName=user, NewUserName=fresh("Renamed"))
    iam.create_user(UserName=user)
    assert make(iam, user)["ServiceUserName"] == f"{user}+1-at-{account_id}"


def test_all_users_are_listed_in_pages(iam: Any, user: str) -> None:
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    for name in (user, other):
        make(iam, name, "logs.amazonaws.com")
    found = listed(iam, AllUsers=True, ServiceName="logs.amazonaws.com")
    assert {user, other} <= {each["UserName"] for each in found}
    first = answer(iam.list_service_specific_credentials, AllUsers=True, ServiceName="logs.amazonaws.com", MaxItems=1)
    rest = listed(iam, AllUsers=True, ServiceName="logs.amazonaws.com", Marker=first["Marker"])
    assert [*first["ServiceSpecificCredentials"], *rest] == found
    assert refusal(iam.list_service_specific_credentials, AllUsers=True, UserName=user) == (
        "ValidationError",
        "UserName and AllUsers cannot be specified together.",
        400,
    )


def test_a_secret_is_reset_to_another(iam: Any, user: str) -> None:
    for service, member in [(GIT, "ServicePassword"), (BEDROCK, "ServiceCredentialSecret")]:
        made = make(iam, user, service)
        named = {"UserName": user, "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
        again = answer(iam.reset_service_specific_credential, **named)["ServiceSpecificCredential"]
        assert again[member] != made[member]
        assert {**again, member: ""} == {**made, member: ""}


def test_a_credential_is_switched_off_and_deleted(iam: Any, user: str) -> None:
    named = {"UserName": user, "ServiceSpecificCredentialId": make(iam, user)["ServiceSpecificCredentialId"]}
    assert answer(iam.update_service_specific_credential, **named, Status="Inactive") == {}
    assert [each["Status"] for each in listed(iam, UserName=user)] == ["Inactive"]
    in_the_way = ("DeleteConflict", "Cannot delete entity, must delete service specific credentials first.", 409)
    assert refusal(iam.delete_user, UserName=user) == in_the_way
    assert answer(iam.delete_service_specific_credential, **named) == {}
    gone = ("NoSuchEntity", f"No such credential {named['ServiceSpecificCredentialId']} exists", 404)
    assert refusal(iam.delete_service_specific_credential, **named) == gone
    assert refusal(iam.reset_service_specific_credential, **named) == gone
    assert refusal(iam.update_service_specific_credential, **named, Status="Active") == gone
    assert answer(iam.delete_user, UserName=user) == {}


def test_another_users_credential_is_not_found(iam: Any, user: str) -> None:
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    credential_id = make(iam, other)["ServiceSpecificCredentialId"]
    named = {"UserName": user, "ServiceSpecificCredentialId": credential_id}
    gone = ("NoSuchEntity", f"No such credential {credential_id} exists", 404)
    assert refusal(iam.reset_service_specific_credential, **named) == gone


def test_a_policy_can_keep_api_keys_from_lasting(iam: Any, server: Any, user: str) -> None:
    iam.put_user_policy(
        UserName=user,
        PolicyName="short",
        PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*",'
        '"Condition":{"NumericLessThanEquals":{"iam:ServiceSpecificCredentialAgeDays":"7"},'
        '"StringEquals":{"iam:ServiceSpecificCredentialServiceName":"bedrock.amazonaws.com"}}}}',
    )
    mine = server.client("iam", Credentials.of(iam.create_access_key(UserName=user)["AccessKey"]))
    assert make(mine, user, BEDROCK, CredentialAgeDays=7)["Status"] == "Active"
    for more in ({"CredentialAgeDays": 8}, {}):
        call = {"UserName": user, "ServiceName": BEDROCK, **more}
        assert refusal(mine.create_service_specific_credential, **call)[0] == "AccessDenied"
