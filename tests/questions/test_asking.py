"""Questions put together: what is filled in, what is read from files, and what cannot be asked."""

import json
from pathlib import Path
from typing import Any

import pytest

from ostiary.policy import explanation_lines
from ostiary.questions import (
    Asker,
    LevelTexts,
    PolicyTexts,
    QuestionsError,
    UnreadableFile,
    UnusableQuestion,
    answer_question,
    read_document,
    read_json_file,
    read_level,
    read_policy,
)

ALICE = "arn:aws:iam::111122223333:user/team/alice"
ALL = read_document({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}, "all")
TEXTS = PolicyTexts(identity=(ALL,))
PAGE = "arn:aws:s3:::site/index.html"


@pytest.mark.parametrize(
    ("principal", "derived"),
    [
        (
            ALICE,
            {
                "aws:PrincipalArn": ALICE,
                "aws:PrincipalAccount": "111122223333",
                "aws:PrincipalType": "User",
                "aws:PrincipalIsAWSService": "false",
                "aws:username": "alice",
                "aws:ResourceAccount": "111122223333",
            },
        ),
        (
            "arn:aws:iam::111122223333:role/team/Deployer",
            {
                "aws:PrincipalArn": "arn:aws:iam::111122223333:role/team/Deployer",
                "aws:PrincipalAccount": "111122223333",
                "aws:PrincipalType": "AssumedRole",
                "aws:PrincipalIsAWSService": "false",
                "aws:ResourceAccount": "111122223333",
            },
        ),
        (
            {"kind": "role_session", "arn": "x/ci", "account": "111122223333", "issuer_arn": "y", "issuer_id": "AROA1"},
            {
                "aws:PrincipalArn": "y",
                "aws:PrincipalAccount": "111122223333",
                "aws:PrincipalType": "AssumedRole",
                "aws:PrincipalIsAWSService": "false",
                "aws:userid": "AROA1:ci",
                "aws:ResourceAccount": "111122223333",
            },
        ),
        (
            "ec2.amazonaws.com",
            {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": "ec2.amazonaws.com"},
        ),
        ("*", {"aws:PrincipalType": "Anonymous", "aws:PrincipalIsAWSService": "false"}),
    ],
)
def test_what_follows_from_the_principal_is_filled_in(principal: Any, derived: dict[str, str]) -> None:
    answer = Asker(PolicyTexts(), principal).ask("s3:GetObject", PAGE)
    assert answer.question["request"]["context"] == derived


def test_a_role_acts_in_a_session() -> None:
    answer = Asker(TEXTS, "arn:aws-cn:iam::111122223333:role/team/Deployer").ask("s3:GetObject", PAGE)
    assert answer.question["request"]["principal"] == {
        "kind": "role_session",
        "arn": "arn:aws-cn:sts::111122223333:assumed-role/Deployer/session",
        "account": "111122223333",
        "issuer_arn": "arn:aws-cn:iam::111122223333:role/team/Deployer",
    }


def test_keys_that_are_given_hide_those_filled_in_and_those_given_before() -> None:
    asker = Asker(TEXTS, ALICE, {"AWS:USERNAME": "bob", "aws:SourceIp": "10.0.0.1"})
    context = asker.ask("s3:GetObject", PAGE, {"aws:sourceip": "10.0.0.2", "aws:TagKeys": ("a", "b")}).question
    assert context["request"]["context"] | {"aws:sourceip": "10.0.0.2"} == context["request"]["context"]
    assert "aws:username" not in context["request"]["context"]
    assert "aws:SourceIp" not in context["request"]["context"]
    assert context["request"]["context"]["aws:TagKeys"] == ["a", "b"]


@pytest.mark.parametrize(
    ("resource", "account", "given", "allowed"),
    [
        ("arn:aws:sqs:us-east-1:111122223333:jobs", None, None, True),
        ("arn:aws:sqs:us-east-1:444455556666:jobs", None, None, False),
        (PAGE, None, None, True),
        (PAGE, "444455556666", None, False),
        (PAGE, "444455556666", "111122223333", True),
    ],
)
def test_whose_resource_it_is(resource: str, account: str | None, given: str | None, *, allowed: bool) -> None:
    asker = Asker(TEXTS, ALICE, resource_account=account)
    assert bool(asker.ask("sqs:SendMessage", resource, resource_account=given)) is allowed


def test_an_action_without_resources_is_decided_on_a_star() -> None:
    answer = Asker(TEXTS, ALICE).ask("iam:ListUsers", "arn:aws:iam::444455556666:user/x")
    assert answer
    assert answer.question["request"]["resource"] == "*"
    assert answer.notes == (
        "iam:ListUsers has no resources, so it was decided on * in place of arn:aws:iam::444455556666:user/x.",
    )
    assert Asker(TEXTS, ALICE).ask("iam:ListUsers").notes == ()


def test_a_written_question_is_taken_as_it_is() -> None:
    asked = Asker(PolicyTexts((ALL,), (ALL,), (), (LevelTexts("root", (ALL,)),)), ALICE).ask("s3:GetObject", PAGE)
    again = answer_question(json.loads(json.dumps(asked.question)))
    assert again.explanation.decision.layer == asked.explanation.decision.layer
    assert again.question == asked.question
    assert again.lines() != explanation_lines(asked.explanation)  # The names are not part of a question.


@pytest.mark.parametrize(
    ("texts", "principal", "action", "resource", "context", "complaint"),
    [
        (TEXTS, "alice", "s3:GetObject", PAGE, {}, "`alice` is no principal"),
        (TEXTS, ALICE, "s3:Get*", PAGE, {}, "`s3:Get*` is no action"),
        (TEXTS, ALICE, "s3:GetObject", "arn:aws:s3", {}, "`arn:aws:s3` is no resource"),
        (TEXTS, ALICE, "s3:GetObject", PAGE, {"aws:x": None}, "the value of `aws:x` must be a text"),
        (
            PolicyTexts(boundary=(read_document({}, "b.json"),)),
            ALICE,
            "s3:GetObject",
            PAGE,
            {},
            "b.json: no permissions",
        ),
        (PolicyTexts(resource=ALL, trust=ALL), ALICE, "s3:GetObject", PAGE, {}, "a resource-based policy and a role"),
    ],
)
def test_what_cannot_be_asked(
    *, texts: PolicyTexts, principal: str, action: str, resource: str, context: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(UnusableQuestion) as refused:
        Asker(texts, principal).ask(action, resource, context)
    assert str(refused.value).startswith(complaint)


def test_a_level_is_a_directory_or_a_file(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "notes.txt"):
        (tmp_path / name).write_text(ALL.text)
    level = read_level(tmp_path, "org/root")
    assert (level.target, [each.name for each in level.policies]) == (
        tmp_path.name,
        ["org/root/a.json", "org/root/b.json"],
    )
    assert read_level(tmp_path / "a.json").target == "a"
    assert read_policy(tmp_path / "a.json").name == str(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe", "not UTF-8 text"),
        (b" " * 4_194_305, "longer than 4194304 bytes"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{\n,}", "no JSON: "),
    ],
)
def test_files_that_are_no_json(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(UnreadableFile, match=complaint):
        read_json_file(tmp_path / "x.json")


def test_a_level_is_bounded(tmp_path: Path) -> None:
    for number in range(101):
        (tmp_path / f"{number}.json").write_text("{}")
    with pytest.raises(QuestionsError, match="more than 100 policies for one level"):
        read_level(tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(ALL.text, encoding="utf-8-sig")
    assert read_policy(tmp_path / "x.json").text == ALL.text
