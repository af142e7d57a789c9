"""Lists in pages, through boto3's paginators, and markers that were not handed out for them."""

from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, TRUST, refusal

COUNT = 5
NAMES = ("UserName", "GroupName", "RoleName", "PolicyName", "VersionId")


@pytest.fixture(scope="module")
def filled(iam: Any, account_id: str) -> dict[str, dict[str, str]]:
    """Five of everything under one path, and who owns what; by the paginator that lists it."""
    for number in range(COUNT):
        name = f"{'aB'[number % 2]}{number}"
        iam.create_user(UserName=name, Path="/list/")
        iam.create_group(GroupName=name, Path="/list/")
        iam.create_role(RoleName=name, Path="/list/", AssumeRolePolicyDocument=TRUST)
        policy = iam.create_policy(PolicyName=name, Path="/list/", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
        iam.add_user_to_group(UserName=name, GroupName="a0")
        iam.add_user_to_group(UserName="a0", GroupName=name)
        for kind in ("user", "group", "role"):
            named = {f"{kind.capitalize()}Name": "a0"}
            getattr(iam, f"put_{kind}_policy")(**named, PolicyName=name, PolicyDocument=DOCUMENT)
            getattr(iam, f"attach_{kind}_policy")(**named, PolicyArn=policy)
        if number:
            iam.create_policy_version(PolicyArn=f"arn:aws:iam::{account_id}:policy/list/a0", PolicyDocument=DOCUMENT)
    path, user, group, role = {"PathPrefix": "/list/"}, {"UserName": "a0"}, {"GroupName": "a0"}, {"RoleName": "a0"}
    return {
        "list_users": path,
        "list_groups": path,
        "list_roles": path,
        "list_policies": path,
        "get_group": group,
        "list_groups_for_user": user,
        "list_user_policies": user,
        "list_group_policies": group,
        "list_role_policies": role,
        "list_attached_user_policies": user,
        "list_attached_group_policies": group,
        "list_attached_role_policies": role,
        "list_policy_versions": {"PolicyArn": f"arn:aws:iam::{account_id}:policy/list/a0"},
    }


PAGINATORS = {
    "list_users": "Users",
    "list_groups": "Groups",
    "list_roles": "Roles",
    "list_policies": "Policies",
    "get_group": "Users",
    "list_groups_for_user": "Groups",
    "list_user_policies": "PolicyNames",
    "list_group_policies": "PolicyNames",
    "list_role_policies": "PolicyNames",
    "list_attached_user_policies": "AttachedPolicies",
    "list_attached_group_policies": "AttachedPolicies",
    "list_attached_role_policies": "AttachedPolicies",
    "list_policy_versions": "Versions",
}


@pytest.mark.parametrize(("paginator", "member"), PAGINATORS.items())
@pytest.mark.parametrize("size", [1, 2, 5])
def test_all_come_once_and_in_order(
    iam: Any, filled: dict[str, dict[str, str]], paginator: str, member: str, size: int
) -> None:
    pages = list(iam.get_paginator(paginator).paginate(**filled[paginator], PaginationConfig={"PageSize": size}))
    assert [page["IsTruncated"] for page in pages] == [True] * (len(pages) - 1) + [False]
    assert all(len(page[member]) == size for page in pages[:-1])
    items = [item for page in pages for item in page[member]]
    names = [name_of(item) for item in items]
    assert len(names) == COUNT
    assert names == sorted(names, key=str.lower, reverse=member == "Versions")


def name_of(item: Any) -> str:
    if isinstance(item, str):
        return item
    return next(str(item[key]) for key in NAMES if key in item)


def test_those_who_use_a_policy_come_in_pages(iam: Any, filled: dict[str, dict[str, str]]) -> None:
    arn = filled["list_policy_versions"]["PolicyArn"]
    pages = iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=arn, PaginationConfig={"PageSize": 1})
    found = [page["PolicyGroups"] + page["PolicyUsers"] + page["PolicyRoles"] for page in pages]
    assert [len(page) for page in found] == [1, 1, 1]
    assert [name_of(page[0]) for page in found] == ["a0", "a0", "a0"]


def test_every_awss_policy_is_listed_once(iam: Any) -> None:
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 1000})
    arns = [policy["Arn"] for page in pages for policy in page["Policies"]]
    assert len(arns) > 1000
    assert len(set(arns)) == len(arns)
    assert all(arn.startswith("arn:aws:iam::aws:policy/") for arn in arns)


@pytest.mark.parametrize("marker", ["AAAA", "not base64!", "zzzz" * 50])
def test_a_marker_that_was_never_handed_out_is_refused(iam: Any, marker: str) -> None:
    assert refusal(iam.list_users, Marker=marker) == ("ValidationError", "Invalid Marker.", 400)


def test_a_marker_is_good_for_the_operation_that_gave_it(iam: Any, filled: dict[str, dict[str, str]]) -> None:
    marker = iam.list_users(MaxItems=1, **filled["list_users"])["Marker"]
    assert refusal(iam.list_groups, Marker=marker) == ("ValidationError", "Invalid Marker.", 400)


def test_a_marker_fits_into_awss_limit(iam: Any) -> None:
    for end in "ab":
        iam.create_policy(PolicyName="n" * 127 + end, Path="/long/", PolicyDocument=DOCUMENT)
    page = iam.list_policies(PathPrefix="/long/", MaxItems=1)
    assert len(page["Marker"]) <= 320
    assert len(iam.list_policies(PathPrefix="/long/", MaxItems=1, Marker=page["Marker"])["Policies"]) == 1
