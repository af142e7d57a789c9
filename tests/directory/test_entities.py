"""What users, groups, roles and policies have in common: unique names, ARNs, renaming, and conflicts on deletion."""

from collections.abc import Callable
from typing import Any

import pytest

from ostiary.directory import (
    attachments,
    entities,
    groups,
    inline_policies,
    keys,
    login_profiles,
    policies,
    roles,
    users,
)
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.errors import DeleteConflict, EntityAlreadyExists, Hanger, NoSuchEntity, Noun, Quota
from tests.directory.facts import ACCOUNT, DOCUMENT, NOW, OTHER_ACCOUNT

TRUST = '{"Version":"2012-10-17","Statement":[]}'


def create_user(directory: Directory, name: str, path: str = "/", account: Any = ACCOUNT) -> users.User:
    return users.create_user(directory, account, name, path=path, now=NOW)


def create_group(directory: Directory, name: str, path: str = "/", account: Any = ACCOUNT) -> groups.Group:
    return groups.create_group(directory, account, name, path=path, now=NOW)


def create_role(directory: Directory, name: str, path: str = "/", account: Any = ACCOUNT) -> roles.Role:
    return roles.create_role(directory, account, name, path=path, trust_policy=TRUST, now=NOW)


def create_policy(directory: Directory, name: str, path: str = "/", account: Any = ACCOUNT) -> policies.Policy:
    return policies.create_policy(directory, account, name, path=path, document=DOCUMENT, now=NOW)


CREATE: dict[Noun, Callable[..., Any]] = {
    Noun.USER: create_user,
    Noun.GROUP: create_group,
    Noun.ROLE: create_role,
    Noun.POLICY: create_policy,
}
PREFIXES = {Noun.USER: "AIDA", Noun.GROUP: "AGPA", Noun.ROLE: "AROA", Noun.POLICY: "ANPA"}
every_noun = pytest.mark.parametrize("noun", CREATE, ids=lambda noun: noun.name)
every_kind = pytest.mark.parametrize("kind", EntityKind)


@every_noun
def test_arn_has_the_path(directory: Directory, noun: Noun) -> None:
    made = CREATE[noun](directory, "Name", "/division/team/")
    assert made.arn == f"arn:aws:iam::{ACCOUNT}:{noun.name.lower()}/division/team/Name"


@every_noun
def test_unique_id_tells_what_it_is_of(directory: Directory, noun: Noun) -> None:
    made = CREATE[noun](directory, "Name")
    unique_id = made.policy_id if noun is Noun.POLICY else made.unique_id
    assert unique_id.startswith(PREFIXES[noun])


@every_noun
@pytest.mark.parametrize("second", ["Name", "NAME", "name"])
def test_names_are_unique_without_regard_to_case(directory: Directory, noun: Noun, second: str) -> None:
    CREATE[noun](directory, "Name")
    with pytest.raises(EntityAlreadyExists) as caught:
        CREATE[noun](directory, second, "/elsewhere/")
    assert (caught.value.noun, caught.value.name) == (noun, second)


@every_noun
def test_accounts_have_names_of_their_own(directory: Directory, noun: Noun) -> None:
    CREATE[noun](directory, "Name")
    assert str(OTHER_ACCOUNT) in CREATE[noun](directory, "Name", account=OTHER_ACCOUNT).arn


@every_kind
def test_is_found_without_regard_to_case_and_keeps_its_own(directory: Directory, kind: EntityKind) -> None:
    made = CREATE[Noun[kind.name]](directory, "SomeName")
    assert entities.get_entity(directory, ACCOUNT, kind, "sOMEnAME") == made
    assert made.name == "SomeName"


@every_kind
def test_what_does_not_exist(directory: Directory, kind: EntityKind) -> None:
    CREATE[Noun[kind.name]](directory, "Name", account=OTHER_ACCOUNT)
    assert entities.find_entity(directory, ACCOUNT, kind, "Name") is None
    with pytest.raises(NoSuchEntity) as caught:
        entities.get_entity(directory, ACCOUNT, kind, "Name")
    assert (caught.value.noun, caught.value.name) == (Noun[kind.name], "Name")


RENAMED = {
    "name": ({"new_name": "New"}, "/old/New"),
    "case": ({"new_name": "oLD"}, "/old/oLD"),
    "path": ({"new_path": "/new/"}, "/new/Old"),
    "both": ({"new_name": "New", "new_path": "/"}, "/New"),
    "neither": ({}, "/old/Old"),
}


@pytest.mark.parametrize(("changes", "tail"), RENAMED.values(), ids=RENAMED)
def test_renamed_users_and_groups_keep_their_ids(directory: Directory, changes: dict[str, str], tail: str) -> None:
    user, group = create_user(directory, "Old", "/old/"), create_group(directory, "Old", "/old/")
    users.update_user(directory, user, **changes)
    groups.update_group(directory, group, **changes)
    name = changes.get("new_name", "Old")
    new_user, new_group = users.get_user(directory, ACCOUNT, name), groups.get_group(directory, ACCOUNT, name)
    assert (new_user.user_id, new_group.group_id) == (user.user_id, group.group_id)
    assert new_user.arn.endswith(f"user{tail}")
    assert new_group.arn.endswith(f"group{tail}")


def test_a_name_that_is_taken_cannot_be_renamed_to(directory: Directory) -> None:
    user, group = create_user(directory, "One"), create_group(directory, "One")
    create_user(directory, "Two")
    create_group(directory, "Two")
    with pytest.raises(EntityAlreadyExists):
        users.update_user(directory, user, new_name="TWO")
    with pytest.raises(EntityAlreadyExists):
        groups.update_group(directory, group, new_name="TWO")
    assert users.get_user(directory, ACCOUNT, "One") == user


def hang_attachment(directory: Directory, entity: Any) -> None:
    policy = create_policy(directory, "Hung")
    attachments.attach_policy(directory, ACCOUNT, entity.unique_id, policy, Quota.ATTACHED_POLICIES_PER_USER)


def hang_inline(directory: Directory, entity: Any) -> None:
    inline_policies.put_inline_policy(
        directory, ACCOUNT, entity.unique_id, "Inline", DOCUMENT, quota=Quota.USER_POLICY_SIZE, owner=entity.name
    )


def hang_key(directory: Directory, entity: Any) -> None:
    keys.create_access_key(directory, ACCOUNT, entity, now=NOW)


def hang_password(directory: Directory, entity: Any) -> None:
    login_profiles.create_login_profile(directory, entity, password_hash="-", must_change=False, now=NOW)


def hang_membership(directory: Directory, entity: Any) -> None:
    if isinstance(entity, groups.Group):
        groups.add_member(directory, entity, create_user(directory, "Member"))
    else:
        groups.add_member(directory, create_group(directory, "Club"), entity)


CONFLICTS = [
    (EntityKind.USER, hang_attachment, Hanger.ATTACHED_POLICIES),
    (EntityKind.USER, hang_inline, Hanger.INLINE_POLICIES),
    (EntityKind.USER, hang_key, Hanger.ACCESS_KEYS),
    (EntityKind.USER, hang_password, Hanger.LOGIN_PROFILE),
    (EntityKind.USER, hang_membership, Hanger.GROUPS),
    (EntityKind.GROUP, hang_attachment, Hanger.ATTACHED_POLICIES),
    (EntityKind.GROUP, hang_inline, Hanger.INLINE_POLICIES),
    (EntityKind.GROUP, hang_membership, Hanger.MEMBERS),
    (EntityKind.ROLE, hang_attachment, Hanger.ATTACHED_POLICIES),
    (EntityKind.ROLE, hang_inline, Hanger.INLINE_POLICIES),
]
DELETE: dict[EntityKind, Callable[..., None]] = {
    EntityKind.USER: users.delete_user,
    EntityKind.GROUP: groups.delete_group,
    EntityKind.ROLE: roles.delete_role,
}


@pytest.mark.parametrize(("kind", "hang", "hanger"), CONFLICTS)
def test_nothing_is_deleted_on_which_something_hangs(
    directory: Directory, kind: EntityKind, hang: Callable[..., None], hanger: Hanger
) -> None:
    made = CREATE[Noun[kind.name]](directory, "Name")
    hang(directory, made)
    with pytest.raises(DeleteConflict) as caught:
        DELETE[kind](directory, made)
    assert caught.value.hanger is hanger
    assert entities.find_entity(directory, ACCOUNT, kind, "Name") is not None


@every_kind
def test_what_is_deleted_is_gone_and_its_name_free(directory: Directory, kind: EntityKind) -> None:
    made = CREATE[Noun[kind.name]](directory, "Name")
    DELETE[kind](directory, made)
    assert entities.find_entity(directory, ACCOUNT, kind, "Name") is None
    assert CREATE[Noun[kind.name]](directory, "Name").unique_id != made.unique_id
