"""Questions in JSON: what is refused, and that values are taken as they are written."""

from typing import Any

import pytest

from ostiary.policy import (
    MalformedQuestion,
    PolicyError,
    Principal,
    PrincipalKind,
    decide,
    parse_principal,
    parse_question,
    parse_request,
)
from ostiary.policy.json_text import JsonNumber
from ostiary.policy.question_values import write_json

ACCOUNT = "111122223333"
USER = {"kind": "user", "arn": f"arn:aws:iam::{ACCOUNT}:user/alice"}
SESSION = {"kind": "role_session", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Deployer/ci"}
ASKED = {"principal": USER, "action": "s3:GetObject", "resource": "*"}


@pytest.mark.parametrize(
    "member", ["arn", "account", "issuer_arn", "unique_id", "issuer_id", "canonical_id"], ids=lambda member: member
)
@pytest.mark.parametrize(
    "principal", [USER, SESSION, {"kind": "root", "account": ACCOUNT}], ids=lambda each: each["kind"]
)
def test_a_fact_about_a_principal_is_not_empty(principal: dict[str, str], member: str) -> None:
    with pytest.raises(MalformedQuestion, match=f"`{member}` is empty"):
        parse_principal({"account": ACCOUNT, **principal, member: ""})


def test_who_has_no_account_may_say_so() -> None:
    assert parse_principal({"kind": "anonymous", "arn": "", "account": ""}) == Principal(PrincipalKind.ANONYMOUS)
    name = "ec2.amazonaws.com"
    assert parse_principal({"kind": "service", "arn": name, "account": ""}) == Principal(PrincipalKind.SERVICE, name)
    with pytest.raises(MalformedQuestion, match="`arn` is empty"):
        parse_principal({"kind": "service", "arn": ""})


def test_an_issuer_that_is_not_known_is_left_out() -> None:
    found = parse_principal({**SESSION, "issuer_arn": None, "issuer_id": "AROAEXAMPLE"})
    assert (found.issuer_arn, found.issuer_id) == (None, "AROAEXAMPLE")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("x", "x"),
        (7, "7"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
        (JsonNumber("1.50"), "1.50"),
        (JsonNumber("9" * 5_000), "9" * 5_000),
        (["a", 1, JsonNumber("1e3")], ("a", "1", "1e3")),
        ([], ()),
    ],
)
def test_values_of_the_context_are_texts(written: Any, text: Any) -> None:
    assert parse_request({**ASKED, "context": {"x:y": written}}).context == {"x:y": text}


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (10**5_000, "the value of `x:y` is too long a number: write it as a text"),
        ([10**5_000], "the value of `x:y` is too long a number: write it as a text"),
        (float("nan"), "the value of `x:y` must be a text or a list of texts"),
        (float("inf"), "the value of `x:y` must be a text or a list of texts"),
        (None, "the value of `x:y` must be a text or a list of texts"),
        ([["a"]], "the value of `x:y` must be a text or a list of texts"),
        ({"a": "b"}, "the value of `x:y` must be a text or a list of texts"),
    ],
    ids=range(7),
)
def test_values_that_no_key_has(value: Any, complaint: str) -> None:
    with pytest.raises(MalformedQuestion) as refused:
        parse_request({**ASKED, "context": {"x:y": value}})
    assert refused.value.message == complaint


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "policies",
    [
        {"identity": [{"Statement": {1, 2}}]},
        {"identity": [{1: "x"}]},
        {"identity": [{"Statement": float("nan")}]},
        {"identity": [{"Statement": 10**5_000}]},
        {"identity": [_nested(100_000)]},
        {"identity": [5]},
        {"identity": "x"},
        {"identity": {}},
        {"service_control": ""},
        {"service_control": "abc"},
        {"service_control": {}},
        {"service_control": ["abc"]},
        {"resource_control": [{}]},
        {"trust": b"x"},
    ],
    ids=range(14),
)
def test_policies_that_are_none(policies: Any) -> None:
    with pytest.raises(PolicyError):
        parse_question({"request": ASKED, "policies": policies})


@pytest.mark.parametrize("context", ["", 0, [], "x", JsonNumber("1")])
def test_a_context_is_an_object(context: Any) -> None:
    with pytest.raises(MalformedQuestion, match="`context` must be an object"):
        parse_request({**ASKED, "context": context})


@pytest.mark.parametrize(("has", "allowed"), [("1.50", True), ("1.5", False)])
def test_numbers_in_policies_are_decided_as_they_are_written(has: str, *, allowed: bool) -> None:
    condition = {"StringEquals": {"x:y": JsonNumber("1.50")}}
    policy = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}}
    asked = parse_question({"request": {**ASKED, "context": {"x:y": has}}, "policies": {"identity": [policy]}})
    assert decide(asked.request, asked.policies, asked.resource_policies).allowed is allowed


def test_a_number_does_not_pass_for_a_text() -> None:
    policy = {"Statement": {"Sid": JsonNumber("1"), "Effect": "Allow", "Action": "*", "Resource": "*"}}
    with pytest.raises(PolicyError, match=r"Syntax errors in policy\."):
        parse_question({"request": ASKED, "policies": {"identity": [policy]}})


def test_json_is_written_as_it_was_read() -> None:
    assert (
        write_json({"a": [JsonNumber("1.0"), True, None, '"\n'], "b": {}})
        == '{"a": [1.0, true, null, "\\"\\n"], "b": {}}'
    )
