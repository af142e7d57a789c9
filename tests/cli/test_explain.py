"""`ostiary explain` and `ostiary simulate`, run as people run them: of files, and of a running server."""

import json
import os
import runpy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.asking import ALL, DEPLOYER, PAGE, READ, UPLOADS, ask, document, write_policies
from tests.cli.test_commands import ostiary
from tests.conftest import Credentials, RunningServer

CHECKER = Path(__file__).parents[2] / "conformance" / "check_certificate.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policies")
    write_policies(folder)
    return folder


BY_FILES = [
    (["--policy", "deployer.json", "--context", "aws:RequestedRegion=eu-west-1"], 0, "Allow statement 2 (Uploads) of"),
    (["--policy", "deployer.json", "--context-file", "context.json"], 0, "Allow statement 2 (Uploads) of"),
    (["--policy", "deployer.json"], 1, "The closest is Allow statement 2 (Uploads) of deployer.json, but the"),
    (["--policy", "all.json", "--boundary", "boundary.json"], 1, "no permissions boundary allows the"),
    (["--policy", "all.json", "--session", "boundary.json"], 1, "because no session policy allows the"),
    (
        [
            "--policy",
            "all.json",
            "--scp",
            "all.json",
            "--scp",
            "workloads",
            "--context",
            "aws:RequestedRegion=us-east-1",
        ],
        1,
        "✗ service control, level 1 (workloads)  denies  statement 1 (StayInEurope)",
    ),
    (["--policy", "all.json", "--resource-account", "444455556666"], 1, "The resource belongs to account 444455556666"),
    (
        ["--policy", "all.json", "--resource-account", "444455556666", "--resource-policy", "bucket.json"],
        0,
        "which names the account",
    ),
]


@pytest.mark.parametrize(("words", "status", "said"), BY_FILES)
def test_files_decide(folder: Path, words: list[str], status: int, said: str) -> None:
    asked = ["explain", "--principal", DEPLOYER, "--action", "s3:PutObject", "--resource", PAGE]
    result = ask(folder, *asked, *words)
    assert result.exit_code == status, result.stderr
    assert said in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_a_trust_policy_has_to_allow(folder: Path) -> None:
    asked = ["explain", "--action", "sts:AssumeRole", "--resource", "arn:aws:iam::111122223333:role/Admin"]
    allowed = ask(folder, *asked, "--principal", DEPLOYER, "--trust-policy", "trust.json", "--policy", "all.json")
    assert (allowed.exit_code, allowed.stderr) == (0, "")
    denied = ask(folder, *asked, "--policy", "all.json", "--trust-policy", "trust.json")
    assert denied.exit_code == 1
    assert "A role can be assumed only by whom its trust policy allows." in denied.stdout


def test_an_action_without_resources_says_so(folder: Path) -> None:
    words = ["explain", "--policy", "deployer.json", "--action", "s3:ListAllMyBuckets", "--resource", PAGE]
    result = ask(folder, *words)
    assert result.exit_code == 0
    assert "Note: s3:ListAllMyBuckets has no resources, so it was decided on * in place of" in result.stdout


@pytest.mark.parametrize(("words", "status", "said"), BY_FILES)
def test_each_answer_can_be_checked(folder: Path, tmp_path: Path, words: list[str], status: int, said: str) -> None:
    del said
    checker = runpy.run_path(str(CHECKER))
    proof = tmp_path / "proof.json"
    asked = ["explain", "--principal", DEPLOYER, "--action", "s3:PutObject", "--resource", PAGE]
    result = ask(folder, *asked, *words, "--certificate", str(proof), "--format", "json")
    assert result.exit_code == status
    told = json.loads(result.stdout)
    assert told["certificate"] == json.loads(proof.read_text())["certificate"]
    assert told["allowed"] == (status == 0)
    written = json.loads(proof.read_text())
    checker["check"](written, written["certificate"])
    with pytest.raises(checker["CertificateRefused"]):
        checker["check"](written, {**written["certificate"], "decision": "allow" if status else "explicit_deny"})
    again = ask(folder, "explain", "--question", str(proof), "--format", "json")
    assert (again.exit_code, json.loads(again.stdout)["certificate"]) == (status, told["certificate"])


def test_the_whole_explanation_as_json(folder: Path) -> None:
    words = ["--policy", "deployer.json", "--action", "s3:PutObject", "--resource", PAGE, "--format", "json"]
    told = json.loads(ask(folder, "explain", *words).stdout)
    assert {"decision", "allowed", "layer", "level", "request", "policies", "explanation", "certificate"} == set(told)
    (layer,) = told["explanation"]["layers"]
    assert layer["policies"][0]["statements"][1] == {
        "statement": 1,
        "sid": "Uploads",
        "effect": "Allow",
        "applies": False,
        "reaches": None,
        "mismatches": [
            {
                "reason": "condition",
                "operator": "StringEquals",
                "key": "aws:RequestedRegion",
                "expected": ["eu-west-1"],
                "actual": None,
                "undecided": False,
            }
        ],
    }


def test_a_list_of_questions(folder: Path, tmp_path: Path) -> None:
    request = {"principal": "*", "action": "s3:GetObject", "resource": PAGE}
    opened = {"Version": "2012-10-17", "Statement": {**ALL, "Principal": "*"}}
    written = [
        {"id": "open", "request": request, "policies": {"resource": opened}},
        {"request": request, "policies": {}},
    ]
    (tmp_path / "questions.json").write_text(json.dumps(written))
    result = ask(folder, "explain", "--question", str(tmp_path / "questions.json"))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"== open\nALLOWED: s3:GetObject on {PAGE}\n")
    assert f"== question 2\nDENIED: s3:GetObject on {PAGE}" in result.stdout


def test_names_in_questions_stay_on_their_line(folder: Path, tmp_path: Path) -> None:
    request = {"principal": "*", "action": "s3:GetObject", "resource": PAGE}
    forged = "one\x1b[2J\nALLOWED: everything"
    path = tmp_path / "questions.json"
    path.write_text(json.dumps([{"id": forged, "request": request, "policies": {}}, {"id": 5}]))
    result = ask(folder, "explain", "--question", str(path))
    assert result.stderr == f"ostiary: {path}: question 2: `request` must be an object\n"
    path.write_text(json.dumps([{"id": forged, "request": request, "policies": {}}] * 2))
    result = ask(folder, "explain", "--question", str(path))
    assert result.stdout.startswith("== one\\x1b[2J\\nALLOWED: everything\nDENIED: ")


def test_questions_are_decided_as_they_are_written(folder: Path, tmp_path: Path) -> None:
    """Also where a reader of JSON would make another number of it, or takes the last of two keys."""
    policy = document({**ALL, "Condition": {"StringEquals": {"x:n": "NUMBER"}}}).replace('"NUMBER"', "1.50")
    question = '{{"request": {{"principal": "{}", "action": "s3:GetObject", "resource": "{}", "context": {}}}, {} {}}}'
    principal, policies = "arn:aws:iam::111122223333:user/alice", f'"policies": {{"identity": [{policy}]}}'
    path, proof = tmp_path / "question.json", tmp_path / "proof.json"
    path.write_text(question.format(principal, PAGE, '{"x:n": 1.50, "x:yes": true}', "", policies))
    result = ask(folder, "explain", "--question", str(path), "--certificate", str(proof))
    assert result.exit_code == 0, result.stderr
    written = json.loads(proof.read_text())
    assert written["request"]["context"] == {"x:n": "1.50", "x:yes": "true"}
    runpy.run_path(str(CHECKER))["check"](written, written["certificate"])
    path.write_text(question.format(principal, PAGE, '{"x:n": 1.5}', "", policies))
    assert ask(folder, "explain", "--question", str(path)).exit_code == 1
    path.write_text(question.format(principal, PAGE, "{}", '"policies": {},', policies))
    refused = ask(folder, "explain", "--question", str(path))
    assert (refused.exit_code, refused.stderr) == (
        2,
        f"ostiary: {path}: no JSON: the key policies stands twice in one object\n",
    )


def test_a_mistyped_action_is_noted_below(folder: Path) -> None:
    words = ["explain", "--policy", "boundary.json", "--action", "s3:GetObjekt", "--resource", PAGE]
    note = "s3:GetObjekt is not known as an action of Amazon S3; was s3:GetObject meant?"
    assert ask(folder, *words).stdout.splitlines()[-2:] == ["", f"Note: {note}"]
    assert json.loads(ask(folder, *words, "--format", "json").stdout)["notes"] == [note]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--policy", "broken.json", "--action", "s3:X"], "broken.json:2:15: no identity-based policy: Syntax errors"),
        (["--policy", "nowhere.json", "--action", "s3:X"], "nowhere.json: no such file or directory"),
        (
            ["--policy", "bucket.json", "--action", "s3:X"],
            "bucket.json: no identity-based policy: Policy document should",
        ),
        (["--policy", "all.json", "--action", "PutObject"], "`PutObject` is no action: expected one such as"),
        (["--policy", "all.json", "--action", "s3:Put*"], "`s3:Put*` is no action"),
        (["--policy", "all.json", "--action", "s3:X", "--resource", "site"], "`site` is no resource"),
        (["--policy", "all.json", "--action", "s3:X", "--context", "x"], "--context x: expected key=value"),
        (["--policy", "all.json", "--action", "s3:X", "--context-file", "broken.json"], "broken.json:2:15: no JSON: "),
        (["--policy", "all.json", "--action", "s3:X", "--principal", "bob"], "`bob` is no principal: expected"),
        (["--policy", "all.json"], "one of --action, --question and --message is needed, not none"),
        (["--question", "all.json", "--policy", "all.json"], "--question brings its own policies and principal"),
        (["--question", "all.json"], "all.json: question 1: `request` must be an object"),
        (["--question", "broken.json"], "broken.json:2:15: no JSON: "),
        (["--action", "s3:X", "--principal", "ec2.amazonaws.com"], "`ec2.amazonaws.com` has no policies to look up"),
        (["--action", "s3:X", "--principal", "arn:aws:iam::111122223333:user/a"], "no AWS credentials to ask a server"),
        (
            [
                "--policy",
                "all.json",
                "--action",
                "sqs:SendMessage",
                "--resource",
                "arn:aws:sqs:us-east-1:444455556666:jobs",
                "--resource-account",
                "111122223333",
            ],
            "arn:aws:sqs:us-east-1:444455556666:jobs belongs to account 444455556666, as its ARN says, not to 1111",
        ),
        (["--policy", "no\x1b[2Jwhere.json", "--action", "s3:X"], r"no\x1b[2Jwhere.json: no such file or directory"),
        (["--policy", "all.json", "--action", "s3:X\x9b"], r"`s3:X\x9b` is no action"),
        (["--message", "x"], "no AWS credentials to ask a server"),
    ],
)
def test_bad_input_is_one_line(folder: Path, words: list[str], complaint: str) -> None:
    result = ask(folder, "explain", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"ostiary: {complaint}")
    assert len(result.stderr.splitlines()) == 1


def test_terminals_without_the_marks(folder: Path) -> None:
    words = ["explain", "--policy", "all.json", "--action", "s3:GetObject"]
    result = ostiary(*words, cwd=folder, env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert result.returncode == 0
    assert "  + identity-based policy  allows  statement 1 (Everything) of all.json" in result.stdout


@pytest.fixture(scope="module")
def estate(server: RunningServer, iam: Any) -> Mapping[str, str]:
    """A user with policies of every kind, and a role with a trust policy, on a running server."""
    iam.create_group(GroupName="readers")
    iam.put_group_policy(GroupName="readers", PolicyName="read", PolicyDocument=document(READ))
    boundary = iam.create_policy(
        PolicyName="edge", PolicyDocument=document({**ALL, "Action": ["s3:*", "sts:*", "iam:*"]})
    )
    alice = iam.create_user(UserName="alice", Path="/team/", PermissionsBoundary=boundary["Policy"]["Arn"])["User"]
    iam.tag_user(UserName="alice", Tags=[{"Key": "team", "Value": "red"}])
    iam.add_user_to_group(GroupName="readers", UserName="alice")
    tagged = {"StringEquals": {"aws:PrincipalTag/team": "red"}}
    own = document({"Effect": "Allow", "Action": ["ec2:*", "s3:PutObject"], "Resource": "*", "Condition": tagged})
    iam.put_user_policy(UserName="alice", PolicyName="own", PolicyDocument=own)
    iam.attach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    trust = document({"Effect": "Allow", "Principal": {"AWS": alice["Arn"]}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="Deployer", AssumeRolePolicyDocument=trust)["Role"]
    iam.put_role_policy(RoleName="Deployer", PolicyName="uploads", PolicyDocument=document(UPLOADS))
    group = f"arn:aws:iam::{server.account_id}:group/readers"
    return {"alice": alice["Arn"], "role": role["Arn"], "group": group}


Asked = Callable[..., Result]


@pytest.fixture
def asked(server: RunningServer, tmp_path: Path) -> Asked:
    """Run a command with the administrator's keys, where there are no files."""
    return lambda command, *words: ask(tmp_path, command, *words, server=server)


@pytest.mark.parametrize(
    ("principal", "action", "resource", "said"),
    [
        ("alice", "s3:GetObject", PAGE, "ALLOWED: … Allow statement 1 (Read) of read in group readers allows it."),
        ("alice", "s3:PutObject", PAGE, "ALLOWED: … Allow statement 1 of own in user alice allows it."),
        ("alice", "ec2:RunInstances", "*", "DENIED: … no permissions boundary allows the ec2:RunInstances action"),
        ("alice", "iam:ListUsers", "*", "ALLOWED: … of IAMReadOnlyAccess allows it."),
        ("alice", "sts:AssumeRole", "role", "ALLOWED: … Allow statement 1 of trust policy of Deployer allows it."),
        ("role", "sts:AssumeRole", "role", "DENIED: … no identity-based policy allows"),
        ("role", "s3:PutObject", PAGE, "DENIED: … StringEquals aws:RequestedRegion expects eu-west-1"),
        ("group", "s3:GetObject", PAGE, "ALLOWED: … Allow statement 1 (Read) of read in group readers allows it."),
    ],
)
def test_a_running_server_is_asked(
    asked: Asked, estate: Mapping[str, str], *, principal: str, action: str, resource: str, said: str
) -> None:
    words = ["--principal", estate[principal], "--action", action, "--resource", estate.get(resource, resource)]
    result = asked("explain", *words)
    told = " ".join(result.stdout.split())
    verdict, reason = said.split("… ")
    assert told.startswith(verdict.strip()), result.stderr
    assert reason in told
    assert result.exit_code == (0 if verdict.startswith("ALLOWED") else 1)


def test_the_caller_is_asked_about_when_nobody_is_named(asked: Asked) -> None:
    result = asked("simulate", "--action", "iam:CreateUser", "--action", "sts:GetCallerIdentity")
    assert result.stdout.count("of AdministratorAccess") == 2, result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arn", "complaint"),
    [
        ("arn:aws:iam::{account}:user/nobody", "iam:GetUser: NoSuchEntity: The user with name nobody cannot be found."),
        ("arn:aws:iam::999999999999:user/admin", "the server has no arn:aws:iam::999999999999:user/admin; it has arn:"),
        (
            "arn:aws:iam::{account}:role/elsewhere/Deployer",
            "the server has no arn:aws:iam::{account}:role/elsewhere/Deployer; it has arn:aws:iam::{account}:role/D",
        ),
        (
            "arn:aws:sts::999999999999:assumed-role/Deployer/ci",
            "the server has no arn:aws:iam::999999999999:role/Deployer; it has arn:aws:iam::{account}:role/Deployer",
        ),
    ],
)
@pytest.mark.usefixtures("estate")
def test_a_principal_that_the_server_does_not_have(
    server: RunningServer, asked: Asked, arn: str, complaint: str
) -> None:
    result = asked("explain", "--action", "s3:GetObject", "--principal", arn.format(account=server.account_id))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"ostiary: {complaint.format(account=server.account_id)}")


def test_a_session_is_known_by_its_role_whatever_the_path(server: RunningServer, asked: Asked, iam: Any) -> None:
    trust = document({"Effect": "Allow", "Principal": {"AWS": server.account_id}, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName="Nested", Path="/team/ci/", AssumeRolePolicyDocument=trust)["Role"]
    session = f"arn:aws:sts::{server.account_id}:assumed-role/Nested/ci"
    for principal in (session, role["Arn"]):
        result = asked("explain", "--action", "s3:GetObject", "--principal", principal, "--format", "json")
        told = json.loads(result.stdout)["request"]["principal"]
        assert (told["issuer_arn"], told["issuer_id"]) == (role["Arn"], role["RoleId"])


def test_what_a_look_up_leaves_out_is_said(asked: Asked, estate: Mapping[str, str]) -> None:
    words = ("--principal", estate["alice"], "--action")
    unasked = "not asked of the server: organisation control policies, session policies"
    of_resource = f"{unasked}, the resource's own policy."
    for command in ("explain", "simulate"):
        lines = asked(command, *words, "s3:GetObject").stdout.splitlines()
        assert lines.count(f"Note: {of_resource}") == 1
    assert json.loads(asked("explain", *words, "s3:GetObject", "--format", "json").stdout)["notes"] == [of_resource]
    (row,) = json.loads(asked("simulate", *words, "s3:GetObject", "--format", "json").stdout)
    assert row["notes"] == [of_resource]
    taken_on = asked("explain", *words, "sts:AssumeRole", "--resource", estate["role"])
    assert f"Note: {unasked}." in taken_on.stdout.splitlines()


def test_a_refusal_of_the_server_decoded(server: RunningServer, asked: Asked, iam: Any) -> None:
    """The message that came with a refusal says again what the refusal was about."""
    iam.create_user(UserName="mallory")
    key = iam.create_access_key(UserName="mallory")["AccessKey"]
    client = server.client("iam", Credentials.of(key))
    with pytest.raises(client.exceptions.ClientError) as refused:
        client.list_users()
    message = refused.value.response["ResponseMetadata"]["HTTPHeaders"]["x-ostiary-authorization-message"]
    result = asked("explain", "--message", message)
    assert result.exit_code == 1, result.stderr
    assert "DENIED: iam:ListUsers on" in result.stdout
