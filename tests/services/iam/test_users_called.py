"""Users and their access keys, through boto3."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.services.iam.asking import answer, fresh, refusal

ABSENT_KEY = "AKIAIOSFODNN7EXAMPLE"


def test_a_user_is_answered_alike_when_made_and_when_asked_for(iam: Any, account_id: str) -> None:
    name = fresh()
    made = answer(iam.create_user, UserName=name, Path="/a/b/")
    user = made["User"]
    assert isinstance(user["CreateDate"], datetime)
    assert user["UserId"].startswith("AIDA")
    assert user == {
        "Path": "/a/b/",
        "UserName": name,
        "UserId": user["UserId"],
        "Arn": f"arn:aws:iam::{account_id}:user/a/b/{name}",
        "CreateDate": user["CreateDate"],
    }
    assert answer(iam.get_user, UserName=name.upper()) == made
    assert answer(iam.list_users, PathPrefix="/a/b") == {"Users": [user], "IsTruncated": False}


def test_whoever_names_no_user_means_itself(iam: Any, server: Any) -> None:
    assert answer(iam.get_user)["User"]["UserName"] == server.setup.admin.user_name
    keys = answer(iam.list_access_keys)["AccessKeyMetadata"]
    assert [key["AccessKeyId"] for key in keys] == [server.admin.access_key_id]


def test_tags_and_boundary_are_answered_for_one_user_and_not_in_lists(iam: Any) -> None:
    name, boundary = fresh(), "arn:aws:iam::aws:policy/ReadOnlyAccess"
    tags = [{"Key": "b", "Value": "1"}, {"Key": "A", "Value": ""}]
    made = answer(iam.create_user, UserName=name, Path="/tagged/", Tags=tags, PermissionsBoundary=boundary)["User"]
    found = answer(iam.get_user, UserName=name)["User"]
    assert made["Tags"] == tags
    assert found["Tags"] == tags[::-1]
    bounds = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary}
    assert made["PermissionsBoundary"] == found["PermissionsBoundary"] == bounds
    (listed,) = answer(iam.list_users, PathPrefix="/tagged/")["Users"]
    assert not listed.keys() & {"Tags", "PermissionsBoundary"}


def test_a_renamed_user_keeps_its_id_and_leaves_its_name(iam: Any, account_id: str) -> None:
    name, new_name = fresh(), fresh("New")
    user = answer(iam.create_user, UserName=name)["User"]
    assert answer(iam.update_user, UserName=name, NewUserName=new_name, NewPath="/moved/") == {}
    renamed = answer(iam.get_user, UserName=new_name)["User"]
    assert renamed["UserId"] == user["UserId"]
    assert renamed["Arn"] == f"arn:aws:iam::{account_id}:user/moved/{new_name}"
    assert refusal(iam.get_user, UserName=name)[0] == "NoSuchEntity"


def test_of_many_who_ask_for_a_name_at_once_one_gets_it(iam: Any) -> None:
    name = fresh()

    def ask(number: int) -> str:
        try:
            iam.create_user(UserName=name.upper() if number % 2 else name)
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "made"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(ask, range(8)))
    assert outcomes == ["EntityAlreadyExists"] * 7 + ["made"]


def test_a_name_is_taken_in_any_case(iam: Any) -> None:
    name, other = fresh(), fresh()
    for each in (name, other):
        iam.create_user(UserName=each)
    taken = ("EntityAlreadyExists", f"User with name {name.upper()} already exists.", 409)
    assert refusal(iam.create_user, UserName=name.upper()) == taken
    assert refusal(iam.update_user, UserName=other, NewUserName=name.upper()) == taken


CONFLICTS = {
    "access key": ("create_access_key", {}, "must delete access keys first."),
    "policy": (
        "attach_user_policy",
        {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
        "must detach all policies first.",
    ),
    "inline policy": (
        "put_user_policy",
        {
            "PolicyName": "p",
            "PolicyDocument": ('{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}'),
        },
        "must delete policies first.",
    ),
    "group": ("add_user_to_group", {"GroupName": "Administrators"}, "must remove users from group first."),
}


@pytest.mark.parametrize(("hang", "parameters", "sentence"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_user_on_which_something_hangs_is_not_deleted(
    iam: Any, hang: str, parameters: dict[str, Any], sentence: str
) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    getattr(iam, hang)(UserName=name, **parameters)
    assert refusal(iam.delete_user, UserName=name) == ("DeleteConflict", f"Cannot delete entity, {sentence}", 409)


def test_a_deleted_user_is_gone(iam: Any) -> None:
    name = fresh()
    iam.create_user(UserName=name, Tags=[{"Key": "a", "Value": "b"}])
    assert answer(iam.delete_user, UserName=name) == {}
    gone = ("NoSuchEntity", f"The user with name {name} cannot be found.", 404)
    assert refusal(iam.get_user, UserName=name) == gone
    assert refusal(iam.delete_user, UserName=name) == gone


def test_a_secret_is_shown_once(iam: Any) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    key = answer(iam.create_access_key, UserName=name)["AccessKey"]
    assert len(key["SecretAccessKey"]) == 40
    assert key == {
        "UserName": name,
        "AccessKeyId": key["AccessKeyId"],
        "Status": "Active",
        "SecretAccessKey": key["SecretAccessKey"],
        "CreateDate": key["CreateDate"],
    }
    (listed,) = answer(iam.list_access_keys, UserName=name)["AccessKeyMetadata"]
    assert listed == {part: value for part, value in key.items() if part != "SecretAccessKey"}


def test_a_key_can_be_put_out_of_use_and_deleted(iam: Any) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    key_id = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    for status in ("Inactive", "Active"):
        assert answer(iam.update_access_key, UserName=name, AccessKeyId=key_id, Status=status) == {}
        assert answer(iam.list_access_keys, UserName=name)["AccessKeyMetadata"][0]["Status"] == status
    assert answer(iam.delete_access_key, UserName=name, AccessKeyId=key_id) == {}
    gone = ("NoSuchEntity", f"The Access Key with id {key_id} cannot be found.", 404)
    assert refusal(iam.delete_access_key, UserName=name, AccessKeyId=key_id) == gone
    assert refusal(iam.update_access_key, UserName=name, AccessKeyId=key_id, Status="Active") == gone


def test_there_is_no_third_key(iam: Any) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    for _ in range(2):
        iam.create_access_key(UserName=name)
    assert refusal(iam.create_access_key, UserName=name) == (
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
        409,
    )


def test_last_use_of_a_key(iam: Any, server: Any) -> None:
    name = fresh()
    iam.create_user(UserName=name)
    key_id = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    assert answer(iam.get_access_key_last_used, AccessKeyId=key_id) == {
        "UserName": name,
        "AccessKeyLastUsed": {"Region": "N/A", "ServiceName": "N/A"},
    }
    used = answer(iam.get_access_key_last_used, AccessKeyId=server.admin.access_key_id)
    last_used = used["AccessKeyLastUsed"]
    assert used["UserName"] == server.setup.admin.user_name
    assert (last_used["Region"], last_used["ServiceName"]) == ("us-east-1", "iam")
    assert isinstance(last_used["LastUsedDate"], datetime)


def test_whether_a_key_exists_elsewhere_is_not_told(iam: Any, account_id: str, server: Any) -> None:
    caller = f"arn:aws:iam::{account_id}:user/{server.setup.admin.user_name}"
    assert refusal(iam.get_access_key_last_used, AccessKeyId=ABSENT_KEY) == (
        "AccessDenied",
        f"User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {ABSENT_KEY}",
        403,
    )
