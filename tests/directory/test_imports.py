"""What is imported beside what is there."""

from dataclasses import replace
from typing import Any

import pytest

from ostiary.directory import accounts, attachments, groups, policies, roles, users
from ostiary.directory.attachments import PolicyUse
from ostiary.directory.authorization_details import GroupDetail, Permissions, PolicyDetail, RoleDetail, UserDetail
from ostiary.directory.directory import Directory
from ostiary.directory.errors import CannotImport, Quota
from ostiary.directory.groups import Group
from ostiary.directory.imports import AccountDetails, import_details
from ostiary.directory.instance_profiles import InstanceProfile
from ostiary.directory.pages import PageRequest
from ostiary.directory.policies import Policy, PolicyVersion
from ostiary.directory.quotas import set_quota
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from tests.directory.facts import ACCOUNT, DOCUMENT, NOW

NONE = Permissions((), (), {})
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
AUDIT = "arn:aws:iam::aws:policy/SecurityAudit"
USER = UserDetail(
    User(ACCOUNT, "AIDAUSER", "Ann", "/", NOW), Permissions((("p", DOCUMENT),), (), {"a": "b"}), ("devs",)
)
GROUP = GroupDetail(Group(ACCOUNT, "AGPAGROUP", "devs", "/x/", NOW), Permissions((), (READ_ONLY,), {}))
PROFILE = InstanceProfile(ACCOUNT, "AIPAPROFILE", "Web", "/", NOW, "AROAROLE")
ROLE = RoleDetail(Role(ACCOUNT, "AROAROLE", "Web", "/", NOW, DOCUMENT), NONE, (PROFILE,))
OWN = Policy(ACCOUNT, "ANPAPOLICY", f"arn:aws:iam::{ACCOUNT}:policy/Own", "Own", "/", 3, NOW, NOW)
VERSIONS = (PolicyVersion(5, "{}", is_default=False, created_at=NOW), PolicyVersion(3, DOCUMENT, True, NOW))  # noqa: FBT003 - short
POLICY = PolicyDetail(OWN, VERSIONS, PolicyUse())
ALL = AccountDetails((USER,), (GROUP,), (ROLE,), (POLICY,))


def test_all_is_added_once(directory: Directory) -> None:
    before = accounts.get_access_revision(directory, ACCOUNT)
    added = import_details(directory, ACCOUNT, ALL).added
    assert added == {"users": 1, "groups": 1, "roles": 1, "policies": 1, "policies of AWS's": 0}
    after = accounts.get_access_revision(directory, ACCOUNT)
    assert after > before
    assert users.get_user(directory, ACCOUNT, "ann") == USER.user
    assert roles.get_role(directory, ACCOUNT, "web") == ROLE.role
    assert set(import_details(directory, ACCOUNT, ALL).added.values()) == {0}
    assert accounts.get_access_revision(directory, ACCOUNT) == after


def test_version_numbers_are_not_used_again(directory: Directory) -> None:
    import_details(directory, ACCOUNT, ALL)
    policy = policies.get_own_policy(directory, ACCOUNT, OWN.arn)
    assert policies.create_version(directory, policy, "{}", set_as_default=False, now=NOW).version == 6


def test_quotas_do_not_count(directory: Directory) -> None:
    for quota in Quota:
        set_quota(directory, ACCOUNT, quota, 0)
    import_details(directory, ACCOUNT, ALL)


def test_what_changes_by_use_makes_no_difference(directory: Directory) -> None:
    import_details(directory, ACCOUNT, ALL)
    used = replace(ROLE, role=replace(ROLE.role, last_used_at=NOW, last_used_region="eu-west-1"))
    roles.update_role(directory, ROLE.role, description="new", max_session_duration=7200)
    assert import_details(directory, ACCOUNT, replace(ALL, roles=(used,))).added["roles"] == 0


DIFFERENT: list[tuple[dict[str, Any], str]] = [
    ({"users": (replace(USER, groups=()),)}, "there is a user ann already, and it differs from the one in the file"),
    (
        {"users": (replace(USER, user=replace(USER.user, user_id="AIDAOTHER")),)},
        "there is a user ann already, and it differs from the one in the file",
    ),
    (
        {"roles": (replace(ROLE, role=replace(ROLE.role, trust_policy="{}")),)},
        "there is a role web already, and it differs from the one in the file",
    ),
    (
        {"policies": (replace(POLICY, versions=VERSIONS[1:]),)},
        "there is a policy own already, and it differs from the one in the file",
    ),
    (
        {"groups": (replace(GROUP, permissions=replace(GROUP.permissions, attached=(AUDIT,))),)},
        "there is a group devs already, and it differs from the one in the file",
    ),
    (
        {"users": (replace(USER, user=replace(USER.user, name="Bea")),)},
        "something in the file has the name or ID of something else that is there",
    ),
]


@pytest.mark.parametrize(("changed", "message"), DIFFERENT)
def test_what_is_there_and_differs_is_in_the_way(directory: Directory, changed: dict[str, Any], message: str) -> None:
    import_details(directory, ACCOUNT, ALL)
    with pytest.raises(CannotImport) as caught:
        import_details(directory, ACCOUNT, replace(ALL, **changed))
    assert str(caught.value) == message


def test_nothing_comes_twice(directory: Directory) -> None:
    with pytest.raises(CannotImport, match="the role web is in the file twice"):
        import_details(directory, ACCOUNT, replace(ALL, roles=(ROLE, ROLE)))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"groups": ()}, "the user Ann is in the group devs, which is nowhere"),
        (
            {"users": (replace(USER, user=replace(USER.user, boundary_arn=f"{OWN.arn}2")),)},
            f"the policy {OWN.arn}2 is in use, and is neither in the file nor known here",
        ),
        (
            {"groups": (replace(GROUP, permissions=replace(NONE, attached=(f"{READ_ONLY}2",))),)},
            f"the policy {READ_ONLY}2 is in use, and is neither in the file nor known here",
        ),
    ],
)
def test_what_is_needed_must_be_somewhere(directory: Directory, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(CannotImport) as caught:
        import_details(directory, ACCOUNT, replace(ALL, **changed))
    assert str(caught.value) == message


def test_a_group_of_the_same_name_is_taken_on_with_its_members(directory: Directory) -> None:
    old = groups.create_group(directory, ACCOUNT, "DEVS", now=NOW)
    member = users.create_user(directory, ACCOUNT, "member", now=NOW)
    groups.add_member(directory, old, member)
    for arn in (READ_ONLY, AUDIT):
        policy = policies.get_policy(directory, ACCOUNT, arn)
        attachments.attach_policy(directory, ACCOUNT, old.group_id, policy, Quota.ATTACHED_POLICIES_PER_GROUP)
    assert import_details(directory, ACCOUNT, ALL).taken_on == ("devs",)
    taken = groups.get_group(directory, ACCOUNT, "devs")
    assert taken == GROUP.group
    page = groups.list_members(directory, taken, PageRequest())
    assert [user.name for user in page.items] == ["Ann", "member"]
    assert attachments.list_attached(directory, ACCOUNT, taken.group_id) == [READ_ONLY, AUDIT]
    assert import_details(directory, ACCOUNT, ALL).taken_on == ()


def test_a_policy_of_awss_is_the_accounts_as_it_was(directory: Directory) -> None:
    known = policies.get_policy(directory, ACCOUNT, READ_ONLY)
    was = replace(known, default_version=2, policy_id="ANPAOLD", description=None)
    versions = (PolicyVersion(2, DOCUMENT, True, NOW), PolicyVersion(1, "{}", False, NOW))  # noqa: FBT003 - short
    given = replace(ALL, aws_policies=(PolicyDetail(was, versions, PolicyUse()),))
    assert import_details(directory, ACCOUNT, given).added["policies of AWS's"] == 1
    found = policies.get_attachable_policy(directory, ACCOUNT, READ_ONLY)
    assert (found.policy_id, found.default_version, found.account) == ("ANPAOLD", 2, None)
    assert policies.list_versions(directory, found) == list(versions)
    assert policies.get_version(directory, found, 1).document == "{}"
    listed = [policy for policy in policies.list_policies(directory, ACCOUNT) if policy.arn == READ_ONLY]
    assert listed == [found]
    assert import_details(directory, ACCOUNT, given).added["policies of AWS's"] == 0
