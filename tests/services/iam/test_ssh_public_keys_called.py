"""SSH public keys, through boto3."""

from typing import Any

import pytest

from tests.conftest import Credentials
from tests.credentials.making import public_pem, rsa_key, ssh_line
from tests.services.iam.asking import answer, fresh, refusal

LINE = ssh_line(rsa_key(), "jane@example.com")
PEM = public_pem(rsa_key())


@pytest.fixture
def user(iam: Any) -> str:
    name: str = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    return name


def test_a_key_is_answered_in_the_form_that_is_asked_for(iam: Any, user: str) -> None:
    key = answer(iam.upload_ssh_public_key, UserName=user.upper(), SSHPublicKeyBody=LINE)["SSHPublicKey"]
    assert key["SSHPublicKeyId"].startswith("APKA")
    assert key == {
        "UserName": user,
        "SSHPublicKeyId": key["SSHPublicKeyId"],
        "Fingerprint": key["Fingerprint"],
        "SSHPublicKeyBody": LINE,
        "Status": "Active",
        "UploadDate": key["UploadDate"],
    }
    named = {"UserName": user, "SSHPublicKeyId": key["SSHPublicKeyId"]}
    assert answer(iam.get_ssh_public_key, **named, Encoding="SSH") == {"SSHPublicKey": key}
    assert answer(iam.get_ssh_public_key, **named, Encoding="PEM") == {"SSHPublicKey": {**key, "SSHPublicKeyBody": PEM}}


def test_a_list_leaves_the_keys_themselves_out(iam: Any, user: str) -> None:
    assert answer(iam.list_ssh_public_keys, UserName=user) == {"SSHPublicKeys": [], "IsTruncated": False}
    for number in range(5):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=ssh_line(rsa_key(number=number)))
    listed = answer(iam.list_ssh_public_keys, UserName=user)["SSHPublicKeys"]
    assert [set(key) for key in listed] == [{"UserName", "SSHPublicKeyId", "Status", "UploadDate"}] * 5
    pages = iam.get_paginator("list_ssh_public_keys").paginate(UserName=user, PaginationConfig={"PageSize": 2})
    assert [len(page["SSHPublicKeys"]) for page in pages] == [2, 2, 1]
    another = {"UserName": user, "SSHPublicKeyBody": ssh_line(rsa_key(number=5))}
    assert refusal(iam.upload_ssh_public_key, **another) == (
        "LimitExceeded",
        "Cannot exceed quota for PublicKeysPerUser: 5",
        409,
    )


def test_a_user_has_a_key_once_in_whatever_form(iam: Any, user: str) -> None:
    iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=LINE)
    assert refusal(iam.upload_ssh_public_key, UserName=user, SSHPublicKeyBody=PEM) == (
        "DuplicateSSHPublicKey",
        "The SSH public key is already associated with the specified IAM user.",
        400,
    )
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    assert answer(iam.upload_ssh_public_key, UserName=other, SSHPublicKeyBody=PEM)["SSHPublicKey"]["UserName"] == other


def test_a_key_is_switched_off_and_deleted(iam: Any, user: str) -> None:
    key_id = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=LINE)["SSHPublicKey"]["SSHPublicKeyId"]
    named = {"UserName": user, "SSHPublicKeyId": key_id}
    assert answer(iam.update_ssh_public_key, **named, Status="Inactive") == {}
    assert answer(iam.list_ssh_public_keys, UserName=user)["SSHPublicKeys"][0]["Status"] == "Inactive"
    assert answer(iam.update_ssh_public_key, **named, Status="Active") == {}
    assert answer(iam.get_ssh_public_key, **named, Encoding="SSH")["SSHPublicKey"]["Status"] == "Active"
    in_the_way = ("DeleteConflict", "Cannot delete entity, must delete SSH public keys first.", 409)
    assert refusal(iam.delete_user, UserName=user) == in_the_way
    assert answer(iam.delete_ssh_public_key, **named) == {}
    assert answer(iam.delete_user, UserName=user) == {}


def test_another_users_key_is_not_found(iam: Any, user: str) -> None:
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    key_id = iam.upload_ssh_public_key(UserName=other, SSHPublicKeyBody=LINE)["SSHPublicKey"]["SSHPublicKeyId"]
    named = {"UserName": user, "SSHPublicKeyId": key_id}
    gone = ("NoSuchEntity", f"The Public Key with id {key_id} cannot be found.", 404)
    assert refusal(iam.get_ssh_public_key, **named, Encoding="SSH") == gone
    assert refusal(iam.update_ssh_public_key, **named, Status="Active") == gone
    assert refusal(iam.delete_ssh_public_key, **named) == gone


def test_a_user_lists_its_own_keys_without_a_name(iam: Any, server: Any, user: str) -> None:
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=LINE)
    own = server.client("iam", Credentials.of(iam.create_access_key(UserName=user)["AccessKey"]))
    assert [key["UserName"] for key in answer(own.list_ssh_public_keys)["SSHPublicKeys"]] == [user]
    root = server.client("iam", server.create_root_key())
    nobody = ("ValidationError", "Must specify userName when calling with non-User credentials", 400)
    assert refusal(root.list_ssh_public_keys) == nobody
