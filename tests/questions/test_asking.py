"""Questions put together: what is filled in, what is read from files, and what cannot be asked."""

import json
from pathlib import Path
from typing import Any

import pytest

from ostiary.policy import explanation_lines
from ostiary.policy.json_text import JsonNumber
from ostiary.questions import (
    Asker,
    LevelTexts,
    PolicyTexts,
    QuestionsError,
    UnreadableFile,
    UnusableQuestion,
    answer_question,
    printable,
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


QUEUE = "arn:aws:sqs:us-east-1:444455556666:jobs"


@pytest.mark.parametrize("given", ["111122223333", "x"])
def test_an_arn_that_names_its_owner_is_not_contradicted(given: str) -> None:
    complaint = f"^{QUEUE} belongs to account 444455556666, as its ARN says, not to {given}$"
    with pytest.raises(UnusableQuestion, match=complaint):
        Asker(TEXTS, ALICE, resource_account=given).ask("sqs:SendMessage", QUEUE)
    with pytest.raises(UnusableQuestion, match=complaint):
        Asker(TEXTS, ALICE).ask("sqs:SendMessage", QUEUE, resource_account=given)
    request = {"principal": ALICE, "action": "sqs:SendMessage", "resource": QUEUE, "resource_account": given}
    with pytest.raises(UnusableQuestion, match=complaint):
        answer_question({"request": request, "policies": {}})
    assert not Asker(TEXTS, ALICE, resource_account="444455556666").ask("sqs:SendMessage", QUEUE)


@pytest.mark.parametrize(
    ("action", "note"),
    [
        ("s3:GetObjekt", "s3:GetObjekt is not known as an action of Amazon S3; was s3:GetObject meant?"),
        ("S3:getobject", None),
        ("s3:Zzzzzzzzzzzz", "s3:Zzzzzzzzzzzz is not known as an action of Amazon S3."),
        ("nosuchservice:Get", None),
    ],
)
def test_a_mistyped_action_is_noted(action: str, note: str | None) -> None:
    expected = () if note is None else (note,)
    request = {"principal": ALICE, "action": action, "resource": PAGE}
    assert Asker(TEXTS, ALICE).ask(action, PAGE).notes == expected
    assert answer_question({"request": request, "policies": {}}).notes == expected


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


def test_a_question_holds_what_was_compared() -> None:
    """Numbers and booleans are texts, as the engine saw them, so that whoever reads them again sees no others."""
    condition = {"StringEquals": {"x:n": JsonNumber("1.50"), "x:b": True}}
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    policy = {"Version": "2012-10-17", "Statement": allow}
    texts = PolicyTexts(identity=(read_document(policy, "p"),))
    asked = Asker(texts, ALICE, {"x:n": JsonNumber("1.50")}).ask("s3:GetObject", PAGE, {"x:b": True, "x:l": (1, "a")})
    assert asked
    context = asked.question["request"]["context"]
    assert (context["x:n"], context["x:b"], context["x:l"]) == ("1.50", "true", ["1", "a"])
    (written,) = asked.question["policies"]["identity"]
    assert written["Statement"]["Condition"] == {"StringEquals": {"x:n": "1.50", "x:b": True}}
    policies = {"identity": [json.dumps(written)], "service_control": [[policy]], "boundary": None}
    request = {
        "principal": ALICE,
        "action": "s3:GetObject",
        "resource": PAGE,
        "context": {"x:n": JsonNumber("1.50"), "x:b": True},
    }
    answer = answer_question({"request": request, "policies": policies})
    assert answer
    assert answer.question["request"]["context"] == {"x:n": "1.50", "x:b": "true"}
    assert answer.question["policies"] == {"identity": [written], "service_control": [[written]], "boundary": None}


@pytest.mark.parametrize(
    ("texts", "principal", "action", "resource", "context", "complaint"),
    [
        (TEXTS, "alice", "s3:GetObject", PAGE, {}, "`alice` is no principal"),
        (TEXTS, ALICE, "s3:Get*", PAGE, {}, "`s3:Get*` is no action"),
        (TEXTS, ALICE, "s3:GetObject", "arn:aws:s3", {}, "`arn:aws:s3` is no resource"),
        (TEXTS, ALICE, "s3:Get\x1b[2J", PAGE, {}, r"`s3:Get\x1b[2J` is no action"),
        (TEXTS, ALICE, "s3:GetObject", PAGE, "x", "`context` must be an object"),
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


@pytest.mark.parametrize("account", [5, ["111122223333"], {"a": "b"}, JsonNumber("111122223333")])
def test_an_account_is_a_text(account: Any) -> None:
    with pytest.raises(UnusableQuestion, match="must be a text"):
        Asker(TEXTS, ALICE).ask("s3:GetObject", PAGE, resource_account=account)
    with pytest.raises(UnusableQuestion, match="must be a text"):
        Asker(TEXTS, ALICE, resource_account=account).ask("s3:GetObject", PAGE)


def test_a_context_is_an_object() -> None:
    with pytest.raises(UnusableQuestion, match="`context` must be an object"):
        Asker(TEXTS, ALICE, context=[])  # type: ignore[arg-type] # what a file may hold


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
        (b"{\n,}", ":2:1: no JSON: "),
        (b'{"a": [{"b": 1, "c": 2, "b": 1}]}', r"x\.json: no JSON: the key b stands twice in one object$"),
        (b'{"\\u001b": 1, "\\u001b": 2}', r"the key \\x1b stands twice in one object$"),
        (b'{"a": NaN}', r"no JSON: NaN is no number$"),
        (b'{"a": -Infinity}', r"no JSON: -Infinity is no number$"),
    ],
)
def test_files_that_are_no_json(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(UnreadableFile, match=complaint):
        read_json_file(tmp_path / "x.json")


def test_numbers_are_read_as_they_are_written(tmp_path: Path) -> None:
    digits = "9" * 5_000
    (tmp_path / "x.json").write_text(f'{{"a": {digits}, "b": [1.50, 1e3]}}')
    assert read_json_file(tmp_path / "x.json") == {
        "a": JsonNumber(digits),
        "b": [JsonNumber("1.50"), JsonNumber("1e3")],
    }


@pytest.mark.parametrize("document", [{"a": {1, 2}}, {"a": float("nan")}, {"a": 10**5_000}, {1: "x"}])
def test_documents_that_are_no_json(document: Any) -> None:
    with pytest.raises(UnreadableFile, match=r"^p: no JSON value: "):
        read_document(document, "p")


def test_nothing_in_a_line_moves_a_terminal() -> None:
    assert printable("✓ ümläut · 東京 'a b'") == "✓ ümläut · 東京 'a b'"
    assert printable("a\x1b[2J\n\t\r\x07\x9b\u202eü") == r"a\x1b[2J\n\t\r\x07\x9b\u202eü"


def test_a_level_is_bounded(tmp_path: Path) -> None:
    for number in range(101):
        (tmp_path / f"{number}.json").write_text("{}")
    with pytest.raises(QuestionsError, match="more than 100 policies for one level"):
        read_level(tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(ALL.text, encoding="utf-8-sig")
    assert read_policy(tmp_path / "x.json").text == ALL.text
