"""Tags: which keys are the same, and what replaces what."""

import pytest

from ostiary.directory import policies, roles, tags, users
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from tests.directory.facts import ACCOUNT, DOCUMENT, NOW, OTHER_ACCOUNT

CASES = [
    # of, set first, set next, what is there then
    (Tagged.USER, {"Team": "a"}, {"tEAM": "b"}, {"tEAM": "b"}),
    (Tagged.ROLE, {"Team": "a"}, {"tEAM": "b"}, {"tEAM": "b"}),
    (Tagged.POLICY, {"Team": "a"}, {"tEAM": "b"}, {"Team": "a", "tEAM": "b"}),
    (Tagged.USER, {"b": "", "A": "x"}, {"C": "y"}, {"A": "x", "b": "", "C": "y"}),
    (Tagged.POLICY, {"b": "", "A": "x"}, {"C": "y"}, {"A": "x", "C": "y", "b": ""}),
    (Tagged.USER, {"a": "x"}, {}, {"a": "x"}),
]


@pytest.mark.parametrize(("of", "first", "then", "expected"), CASES)
def test_tags_replace_those_of_the_same_key(
    directory: Directory, of: Tagged, first: dict[str, str], then: dict[str, str], expected: dict[str, str]
) -> None:
    for given in (first, then):
        tags.set_tags(directory, ACCOUNT, "ID", given, of)
    assert list(tags.get_tags(directory, ACCOUNT, "ID").items()) == list(expected.items())
    assert tags.get_tags(directory, OTHER_ACCOUNT, "ID") == {}
    assert tags.get_tags(directory, ACCOUNT, "OTHER") == {}


@pytest.mark.parametrize(("of", "left"), [(Tagged.USER, {}), (Tagged.ROLE, {}), (Tagged.POLICY, {"Team": "a"})])
def test_keys_are_removed_as_they_are_told_apart(directory: Directory, of: Tagged, left: dict[str, str]) -> None:
    tags.set_tags(directory, ACCOUNT, "ID", {"Team": "a"}, of)
    tags.remove_tags(directory, ACCOUNT, "ID", ["TEAM", "absent"], of)
    assert tags.get_tags(directory, ACCOUNT, "ID") == left


def test_tags_go_with_what_bears_them(directory: Directory) -> None:
    user = users.create_user(directory, ACCOUNT, "u", now=NOW)
    role = roles.create_role(directory, ACCOUNT, "r", trust_policy="{}", now=NOW)
    policy = policies.create_policy(directory, ACCOUNT, "p", document=DOCUMENT, now=NOW)
    bearers = {user.user_id: Tagged.USER, role.role_id: Tagged.ROLE, policy.policy_id: Tagged.POLICY}
    for unique_id, of in bearers.items():
        tags.set_tags(directory, ACCOUNT, unique_id, {"a": "b"}, of)
    users.delete_user(directory, user)
    roles.delete_role(directory, role)
    policies.delete_policy(directory, policy)
    assert [tags.get_tags(directory, ACCOUNT, unique_id) for unique_id in bearers] == [{}, {}, {}]
