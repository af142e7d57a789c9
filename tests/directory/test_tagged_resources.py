from ostiary.directory import groups, policies, tags, users
from ostiary.directory.directory import Directory
from ostiary.directory.tagged_resources import RESOURCE_KINDS, TaggedResource, list_tagged_resources
from ostiary.directory.tags import Tagged
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT


def make_policy(directory: Directory, name: str, given: dict[str, str]) -> str:
    policy = policies.create_policy(directory, ACCOUNT, name, path="/p/", document="{}", now=NOW)
    tags.set_tags(directory, ACCOUNT, policy.policy_id, given, Tagged.POLICY)
    return policy.arn


def test_what_has_tags_is_found_by_its_arn(directory: Directory) -> None:
    b = make_policy(directory, "B", {"team": "red", "Team": "blue", "empty": ""})
    a = make_policy(directory, "A", {"team": "red"})
    make_policy(directory, "Untagged", {})

    assert list_tagged_resources(directory, ACCOUNT) == [
        TaggedResource("policy", a, {"team": "red"}),
        TaggedResource("policy", b, {"team": "red", "Team": "blue", "empty": ""}),
    ]
    assert "policy" in RESOURCE_KINDS


def test_users_groups_and_other_accounts_are_not(directory: Directory) -> None:
    user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    tags.set_tags(directory, ACCOUNT, user.user_id, {"team": "red"}, Tagged.USER)
    groups.create_group(directory, ACCOUNT, "devs", now=NOW)
    make_policy(directory, "A", {"team": "red"})

    assert len(list_tagged_resources(directory, ACCOUNT)) == 1
    assert list_tagged_resources(directory, OTHER_ACCOUNT) == []
