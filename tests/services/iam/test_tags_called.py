"""Tags on users, roles and policies, through boto3."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, TRUST, answer, fresh, refusal

CASE_HINT = " Please note that Tag keys are case insensitive."


@dataclass(frozen=True)
class Bearer:
    """What bears tags, and the operations that its kind has."""

    iam: Any
    kind: str
    named: dict[str, str]

    def call(self, pattern: str) -> Callable[..., Any]:
        operation: Callable[..., Any] = getattr(self.iam, pattern.replace("*", self.kind))
        return operation

    def answer(self, pattern: str, **parameters: Any) -> dict[str, Any]:
        return answer(self.call(pattern), **self.named, **parameters)

    def refusal(self, pattern: str, **parameters: Any) -> tuple[str, str, int]:
        return refusal(self.call(pattern), **self.named, **parameters)

    def tags(self) -> dict[str, str]:
        return {tag["Key"]: tag["Value"] for tag in self.answer("list_*_tags")["Tags"]}


def tag_list(*tags: tuple[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags]


def new(kind: str) -> dict[str, str]:
    """Return what an operation that creates one takes."""
    more = {"role": {"AssumeRolePolicyDocument": TRUST}, "policy": {"PolicyDocument": DOCUMENT}}
    return {f"{kind.capitalize()}Name": fresh(), **more.get(kind, {})}


@pytest.fixture(params=["user", "role", "policy"])
def bearer(iam: Any, request: pytest.FixtureRequest) -> Bearer:
    kind = request.param
    parameters = new(kind)
    made = getattr(iam, f"create_{kind}")(**parameters)[kind.capitalize()]
    name = f"{kind.capitalize()}Name"
    return Bearer(iam, kind, {"PolicyArn": made["Arn"]} if kind == "policy" else {name: parameters[name]})


def test_tags_are_added_replaced_and_removed(bearer: Bearer) -> None:
    assert bearer.answer("list_*_tags") == {"Tags": [], "IsTruncated": False}
    assert bearer.answer("tag_*", Tags=tag_list(("b", "1"), ("a", ""))) == {}
    assert bearer.answer("list_*_tags")["Tags"] == tag_list(("a", ""), ("b", "1"))
    assert bearer.answer("tag_*", Tags=tag_list(("b", "2"), ("c", "3"))) == {}
    assert bearer.tags() == {"a": "", "b": "2", "c": "3"}
    assert bearer.answer("untag_*", TagKeys=["a", "absent"]) == {}
    assert bearer.tags() == {"b": "2", "c": "3"}


def test_users_and_roles_look_past_a_keys_case_and_policies_do_not(bearer: Bearer) -> None:
    bearer.answer("tag_*", Tags=tag_list(("a", "lower")))
    bearer.answer("tag_*", Tags=tag_list(("A", "upper")))
    both = bearer.kind == "policy"
    assert list(bearer.tags().items()) == [("A", "upper")] + ([("a", "lower")] if both else [])
    bearer.answer("untag_*", TagKeys=["a"])
    assert bearer.tags() == ({"A": "upper"} if both else {})


def test_a_key_comes_once_in_a_call(bearer: Bearer) -> None:
    hint = "" if bearer.kind == "policy" else CASE_HINT
    twice = ("InvalidInput", f"Duplicate tag keys found.{hint}", 400)
    assert bearer.refusal("tag_*", Tags=tag_list(("a", "1"), ("a", "2"))) == twice
    create = bearer.call("create_*")
    assert refusal(create, **new(bearer.kind), Tags=tag_list(("a", "1"), ("a", "2"))) == twice
    if hint:
        assert bearer.refusal("tag_*", Tags=tag_list(("a", "1"), ("A", "2"))) == twice
        assert refusal(create, **new(bearer.kind), Tags=tag_list(("a", "1"), ("A", "2"))) == twice
    assert bearer.tags() == {}


@pytest.mark.parametrize("key", ["aws:x", "AWS:x", "Aws:"])
def test_awss_own_keys_are_kept_from_others(bearer: Bearer, key: str) -> None:
    reserved = ("InvalidInput", "aws: prefixed tag key names are not allowed for external use.", 400)
    assert bearer.refusal("tag_*", Tags=tag_list((key, ""))) == reserved
    assert refusal(bearer.call("create_*"), **new(bearer.kind), Tags=tag_list((key, ""))) == reserved


def test_no_more_than_fifty_tags(bearer: Bearer) -> None:
    bearer.answer("tag_*", Tags=tag_list(*((f"t{number}", "") for number in range(50))))
    assert bearer.refusal("tag_*", Tags=tag_list(("new", ""))) == (
        "LimitExceeded",
        f"Cannot exceed quota for TagsPer{bearer.kind.capitalize()}: 50",
        409,
    )
    assert bearer.answer("tag_*", Tags=tag_list(("t0", "new"))) == {}
    assert bearer.tags()["t0"] == "new"


def test_tags_come_in_pages_whatever_their_keys(bearer: Bearer) -> None:
    keys = ["short", "\u5b57" * 128, "\u5b57" * 127 + "\u6c34", "Z", "a b", "a", "\u00e9" * 128]
    bearer.answer("tag_*", Tags=tag_list(*((key, key[:3]) for key in keys)))
    pages = bearer.iam.get_paginator(f"list_{bearer.kind}_tags").paginate(
        **bearer.named, PaginationConfig={"PageSize": 1}
    )
    listed = [page["Tags"] for page in pages]
    assert [len(page) for page in listed] == [1] * len(keys)
    assert {tag["Key"] for (tag,) in listed} == set(keys)
    # A policy's tags are listed by the length of their keys.
    first = ["a", "Z", "a b", "short"] if bearer.kind == "policy" else ["a", "a b", "short", "Z"]
    assert [tag["Key"] for (tag,) in listed][:4] == first
