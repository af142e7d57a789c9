"""Groups and their members, through boto3."""

from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, READ_ONLY, answer, fresh, refusal


@pytest.fixture
def user(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_user(UserName=fresh("User"))["User"]
    return made


@pytest.fixture
def group(iam: Any) -> dict[str, Any]:
    made: dict[str, Any] = iam.create_group(GroupName=fresh("Group"))["Group"]
    return made


def test_a_group_is_answered_alike_when_made_and_when_asked_for(iam: Any, account_id: str) -> None:
    name = fresh()
    made = answer(iam.create_group, GroupName=name, Path="/a/")
    group = made["Group"]
    assert group["GroupId"].startswith("AGPA")
    assert group == {
        "Path": "/a/",
        "GroupName": name,
        "GroupId": group["GroupId"],
        "Arn": f"arn:aws:iam::{account_id}:group/a/{name}",
        "CreateDate": group["CreateDate"],
    }
    assert answer(iam.get_group, GroupName=name.lower()) == {"Group": group, "Users": [], "IsTruncated": False}
    assert answer(iam.list_groups, PathPrefix="/a/") == {"Groups": [group], "IsTruncated": False}


def test_users_join_once_and_leave_as_often_as_they_like(iam: Any, user: dict[str, Any], group: dict[str, Any]) -> None:
    names = {"UserName": user["UserName"], "GroupName": group["GroupName"]}
    for _ in range(2):
        assert answer(iam.add_user_to_group, **names) == {}
    assert answer(iam.get_group, GroupName=group["GroupName"])["Users"] == [user]
    assert answer(iam.list_groups_for_user, UserName=user["UserName"]) == {"Groups": [group], "IsTruncated": False}
    for _ in range(2):
        assert answer(iam.remove_user_from_group, **names) == {}
    assert answer(iam.get_group, GroupName=group["GroupName"])["Users"] == []


@pytest.mark.parametrize("name", ["add_user_to_group", "remove_user_from_group"])
def test_the_user_is_looked_for_before_the_group(iam: Any, user: dict[str, Any], name: str) -> None:
    call = getattr(iam, name)
    assert refusal(call, UserName="nobody", GroupName="nothing") == (
        "NoSuchEntity",
        "The user with name nobody cannot be found.",
        404,
    )
    assert refusal(call, UserName=user["UserName"], GroupName="nothing") == (
        "NoSuchEntity",
        "The group with name nothing cannot be found.",
        404,
    )


def test_a_user_is_in_ten_groups_at_most(iam: Any, user: dict[str, Any]) -> None:
    names = [iam.create_group(GroupName=fresh())["Group"]["GroupName"] for _ in range(11)]
    for name in names[:10]:
        iam.add_user_to_group(UserName=user["UserName"], GroupName=name)
    assert refusal(iam.add_user_to_group, UserName=user["UserName"], GroupName=names[10]) == (
        "LimitExceeded",
        "Cannot exceed quota for GroupsPerUser: 10",
        409,
    )


def test_a_renamed_group_keeps_its_members(iam: Any, user: dict[str, Any], group: dict[str, Any]) -> None:
    iam.add_user_to_group(UserName=user["UserName"], GroupName=group["GroupName"])
    new_name = fresh("New")
    assert answer(iam.update_group, GroupName=group["GroupName"], NewGroupName=new_name, NewPath="/x/") == {}
    renamed = answer(iam.get_group, GroupName=new_name)
    assert renamed["Group"]["GroupId"] == group["GroupId"]
    assert renamed["Group"]["Path"] == "/x/"
    assert renamed["Users"] == [user]


def test_a_name_is_taken_in_any_case(iam: Any, group: dict[str, Any]) -> None:
    other, name = iam.create_group(GroupName=fresh())["Group"]["GroupName"], group["GroupName"].upper()
    taken = ("EntityAlreadyExists", f"Group with name {name} already exists.", 409)
    assert refusal(iam.create_group, GroupName=name) == taken
    assert refusal(iam.update_group, GroupName=other, NewGroupName=name) == taken


@pytest.mark.parametrize(
    ("hang", "sentence"),
    [
        ("member", "must remove users from group first."),
        ("policy", "must detach all policies first."),
        ("inline policy", "must delete policies first."),
    ],
)
def test_a_group_on_which_something_hangs_is_not_deleted(
    iam: Any, user: dict[str, Any], group: dict[str, Any], hang: str, sentence: str
) -> None:
    name = group["GroupName"]
    match hang:
        case "member":
            iam.add_user_to_group(UserName=user["UserName"], GroupName=name)
        case "policy":
            iam.attach_group_policy(GroupName=name, PolicyArn=READ_ONLY)
        case _:
            iam.put_group_policy(GroupName=name, PolicyName="p", PolicyDocument=DOCUMENT)
    assert refusal(iam.delete_group, GroupName=name) == ("DeleteConflict", f"Cannot delete entity, {sentence}", 409)


def test_a_deleted_group_is_gone(iam: Any, group: dict[str, Any]) -> None:
    name = group["GroupName"]
    assert answer(iam.delete_group, GroupName=name) == {}
    gone = ("NoSuchEntity", f"The group with name {name} cannot be found.", 404)
    assert refusal(iam.get_group, GroupName=name) == gone
    assert refusal(iam.delete_group, GroupName=name) == gone
