"""ExplainDecision, asked of a real server about principals of its account."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.ostiary.calling import User, document, refusal, sign_in

NewUser = Callable[..., User]
CHECKER = Path(__file__).parents[3] / "conformance" / "check_certificate.py"
OBJECT = "arn:aws:s3:::reports/q1.csv"


def explained(client: Any, **parameters: Any) -> tuple[str, dict[str, Any]]:
    """Return the decision, and the explanation that is JSON."""
    answer = client.explain_decision(**parameters)
    explanation: dict[str, Any] = json.loads(answer["Explanation"])
    return answer["Decision"], explanation


def layer(explanation: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the policies of a layer."""
    (found,) = (each for each in explanation["explanation"]["layers"] if each["layer"] == name)
    policies: list[dict[str, Any]] = found["policies"]
    return policies


def make_role(iam: Any, name: str, principal: str, *, path: str = "/", **tags: str) -> str:
    trust = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    made = iam.create_role(
        RoleName=name,
        Path=path,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}),
        Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
    )
    return str(made["Role"]["Arn"])


def test_each_policy_says_where_it_comes_from(iam: Any, ostiary: Any, new_user: NewUser) -> None:
    user = new_user({"Action": "s3:PutObject", "Sid": "Puts"})
    iam.create_group(GroupName="readers")
    iam.add_user_to_group(GroupName="readers", UserName=user.name)
    iam.put_group_policy(GroupName="readers", PolicyName="Reads", PolicyDocument=document({"Action": "s3:GetObject"}))
    managed = iam.create_policy(PolicyName="Lists", PolicyDocument=document({"Action": "s3:ListBucket"}))["Policy"]
    bound = iam.create_policy(PolicyName="Bound", PolicyDocument=document({"Action": "s3:*"}))["Policy"]
    for attach, owner in (
        (iam.attach_user_policy, {"UserName": user.name}),
        (iam.attach_group_policy, {"GroupName": "readers"}),
    ):
        attach(**owner, PolicyArn=managed["Arn"])
    iam.put_user_permissions_boundary(UserName=user.name, PermissionsBoundary=bound["Arn"])

    decision, explanation = explained(ostiary, PrincipalArn=user.arn, Action="s3:GetObject", Resource=OBJECT)
    assert decision == "allowed"
    group, person = {"type": "group", "name": "readers"}, {"type": "user", "name": user.name}
    by_name = {policy["name"]: policy for policy in layer(explanation, "identity")}
    assert {name: policy["origin"] for name, policy in by_name.items()} == {
        "Reads in group readers": {"type": "inline", "attached_to": [group]},
        f"Given in user {user.name}": {"type": "inline", "attached_to": [person]},
        "Lists": {"type": "managed", "arn": managed["Arn"], "attached_to": [person, group]},
    }
    (puts,) = by_name[f"Given in user {user.name}"]["statements"]
    assert (puts["sid"], puts["applies"]) == ("Puts", False)
    assert puts["mismatches"] == [
        {
            "reason": "action",
            "element": "Action",
            "expected": ["s3:PutObject"],
            "actual": "s3:GetObject",
            "undecided": False,
        }
    ]
    (boundary,) = layer(explanation, "boundary")
    assert boundary["origin"] == {"type": "managed", "arn": bound["Arn"], "attached_to": [person]}
    assert "statement 1 of Reads in group readers" in " ".join(explanation["explanation"]["lines"])


def test_it_is_decided_as_the_call_itself_is(server: RunningServer, iam: Any, ostiary: Any, new_user: NewUser) -> None:
    team = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    user = new_user({"Action": "iam:DeleteUser", "Condition": team})
    iam.tag_user(UserName=user.name, Tags=[{"Key": "team", "Value": "red"}])
    decided = {}
    for color in ("red", "blue"):
        name = iam.create_user(UserName=f"of-{color}", Tags=[{"Key": "team", "Value": color}])["User"]["UserName"]
        arn = f"arn:aws:iam::{server.account_id}:user/{name}"
        decided[color], _ = explained(ostiary, PrincipalArn=user.arn, Action="iam:DeleteUser", Resource=arn)
    assert decided == {"red": "allowed", "blue": "implicitDeny"}
    client = server.client("iam", user.key)
    client.delete_user(UserName="of-red")
    assert refusal(client.delete_user, UserName="of-blue")[0] == "AccessDenied"


def test_the_caller_is_meant_when_nobody_is_named(server: RunningServer, new_user: NewUser) -> None:
    user = new_user(
        {"Action": "iam:SimulatePrincipalPolicy"},
        {"Action": "s3:GetObject", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
    )
    asked = {"Action": "s3:GetObject", "Resource": OBJECT}
    decision, explanation = explained(server.client("ostiary", user.key), **asked)
    assert decision == "implicitDeny"
    context = explanation["request"]["context"]
    assert (context["aws:sourceip"], context["aws:username"]) == ("127.0.0.1", user.name)
    assert "aws:multifactorauthpresent" not in context
    signed_in = sign_in(server, user.name)
    client = server.client("ostiary", signed_in.credentials)
    assert explained(client, **asked)[0] == "allowed"
    # By name it is the user with a key of theirs, and no address is made up for them.
    decision, explanation = explained(client, PrincipalArn=user.arn, **asked)
    assert decision == "implicitDeny"
    assert "aws:sourceip" not in explanation["request"]["context"]
    assert "aws:MultiFactorAuthPresent; with it the answer may differ" in " ".join(explanation["explanation"]["lines"])


def test_given_context_wins_over_what_is_known(ostiary: Any, new_user: NewUser) -> None:
    office = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}, "StringEquals": {"aws:username": "alias"}}
    keys = {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}
    user = new_user({"Action": "s3:GetObject", "Condition": office}, {"Action": "s3:PutObject", "Condition": keys})
    asked = {"PrincipalArn": user.arn, "Resource": OBJECT}
    context = {"AWS:SourceIP": ["192.0.2.7"], "aws:userName": ["alias"]}
    assert explained(ostiary, **asked, Action="s3:GetObject", Context=context)[0] == "allowed"
    assert explained(ostiary, **asked, Action="s3:GetObject")[0] == "implicitDeny"
    for values, expected in ((["a", "b"], "allowed"), (["a", "c"], "implicitDeny")):
        given = {"aws:TagKeys": values}
        assert explained(ostiary, **asked, Action="s3:PutObject", Context=given)[0] == expected


def test_each_layer_says_what_it_comes_to(iam: Any, ostiary: Any, new_user: NewUser) -> None:
    user = new_user({"Action": "s3:*"}, {"Effect": "Deny", "Action": "s3:PutObject"})
    bound = iam.create_policy(PolicyName="Gets", PolicyDocument=document({"Action": "s3:Get*"}))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName=user.name, PermissionsBoundary=bound)
    expected = {
        "s3:GetObject": {"identity": ("allows", False), "boundary": ("allows", False)},
        "s3:PutObject": {"identity": ("denies", True), "boundary": ("silent", True)},
        "s3:DeleteObject": {"identity": ("allows", False), "boundary": ("silent", True)},
    }
    for action, says in expected.items():
        _, explanation = explained(ostiary, PrincipalArn=user.arn, Action=action, Resource=OBJECT)
        told = explanation["explanation"]
        assert {each["layer"]: (each["says"], each["blocks"]) for each in told["layers"]} == says
        assert told["missing"] == []


def test_a_deny_is_told_as_such(ostiary: Any, new_user: NewUser) -> None:
    user = new_user({"Action": "*"}, {"Effect": "Deny", "Action": "s3:*"})
    decision, explanation = explained(ostiary, PrincipalArn=user.arn, Action="s3:GetObject", Resource=OBJECT)
    assert (decision, explanation["decision"], explanation["layer"]) == ("explicitDeny", "explicit_deny", "identity")


def test_taking_on_a_role_needs_its_trust(server: RunningServer, iam: Any, ostiary: Any, new_user: NewUser) -> None:
    trusted = new_user({"Action": "sts:AssumeRole"})
    other = new_user({"Action": "sts:AssumeRole"})
    arn = make_role(iam, "Trusting", trusted.arn, path="/team/")
    decision, explanation = explained(ostiary, PrincipalArn=trusted.arn, Action="sts:AssumeRole", Resource=arn)
    assert decision == "allowed"
    (trust,) = layer(explanation, "trust")
    assert trust["origin"] == {"type": "trust", "arn": arn}
    assert explained(ostiary, PrincipalArn=other.arn, Action="sts:AssumeRole", Resource=arn)[0] == "implicitDeny"
    nobodys = f"arn:aws:iam::{server.account_id}:role/Trusting"
    told = refusal(ostiary.explain_decision, PrincipalArn=trusted.arn, Action="sts:AssumeRole", Resource=nobodys)
    assert told[:2] == ("NoSuchEntity", "The role with name Trusting cannot be found.")


def test_a_role_acts_in_a_session(server: RunningServer, iam: Any, ostiary: Any) -> None:
    arn = make_role(iam, "Worker", server.account_id, team="red")
    iam.put_role_policy(
        RoleName="Worker",
        PolicyName="Works",
        PolicyDocument=document(
            {"Action": "s3:GetObject", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}
        ),
    )
    decision, explanation = explained(ostiary, PrincipalArn=arn, Action="s3:GetObject", Resource=OBJECT)
    assert decision == "allowed"
    assert explanation["request"]["principal"]["issuer_arn"] == arn
    assert explanation["request"]["context"]["aws:principalarn"] == arn


def test_the_root_user_needs_no_policy(server: RunningServer, ostiary: Any) -> None:
    root = f"arn:aws:iam::{server.account_id}:root"
    decision, explanation = explained(ostiary, PrincipalArn=root, Action="iam:CreateUser")
    assert (decision, explanation["explanation"]["layers"]) == ("allowed", [])


def test_the_account_lets_users_change_their_passwords(start_server: Callable[..., RunningServer]) -> None:
    server = start_server()
    iam, ostiary = server.client("iam", server.admin), server.client("ostiary", server.admin)
    arn = iam.create_user(UserName="alice")["User"]["Arn"]
    asked = {"PrincipalArn": arn, "Action": "iam:ChangePassword", "Resource": arn}
    assert explained(ostiary, **asked)[0] == "implicitDeny"
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    assert explained(ostiary, **asked)[0] == "allowed"
    assert explained(ostiary, **{**asked, "Action": "ostiary:EndSignInSession"})[0] == "allowed"


def test_what_a_sessions_policies_say_is_not_told(server: RunningServer, iam: Any, sts: Any) -> None:
    arn = make_role(iam, "Narrowed", server.account_id)
    iam.put_role_policy(RoleName="Narrowed", PolicyName="All", PolicyDocument=document({"Action": "*"}))
    policy = document({"Action": ["iam:*", "s3:ListBucket"], "Sid": "Hidden"})
    session = sts.assume_role(RoleArn=arn, RoleSessionName="narrow", Policy=policy)["Credentials"]
    client = server.client("ostiary", Credentials.of(session))
    decision, explanation = explained(client, Action="s3:GetObject", Resource=OBJECT)
    assert (decision, explanation["layer"]) == ("implicitDeny", "session")
    assert [each["layer"] for each in explanation["explanation"]["layers"]] == ["identity"]
    assert "certificate" not in explanation
    assert "Hidden" not in json.dumps(explanation)
    assert explained(client, Action="s3:ListBucket", Resource="arn:aws:s3:::reports")[0] == "allowed"


def test_a_certificate_can_be_checked_by_a_program_that_shares_nothing(
    ostiary: Any, new_user: NewUser, tmp_path: Path
) -> None:
    user = new_user(
        {"Action": "s3:GetObject", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}
    )
    _, explanation = explained(ostiary, PrincipalArn=user.arn, Action="s3:GetObject", Resource=OBJECT)
    proof = tmp_path / "proof.json"
    proof.write_text(json.dumps({name: explanation[name] for name in ("request", "policies", "certificate")}))
    checked = subprocess.run([sys.executable, CHECKER, proof], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_it_takes_a_permission_on_the_principal_also_on_oneself(server: RunningServer, new_user: NewUser) -> None:
    user, other = new_user(), new_user()
    helper = new_user({"Action": "iam:SimulatePrincipalPolicy", "Resource": other.arn})
    sentence = (
        "User: {} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: {} "
        "because no identity-based policy allows the iam:SimulatePrincipalPolicy action"
    )
    client = server.client("ostiary", user.key)
    told = ("AccessDeniedException", sentence.format(user.arn, user.arn), 403)
    assert refusal(client.explain_decision, Action="s3:GetObject", Resource=OBJECT) == told
    client = server.client("ostiary", helper.key)
    assert explained(client, PrincipalArn=other.arn, Action="s3:GetObject", Resource=OBJECT)[0] == "implicitDeny"
    told = ("AccessDeniedException", sentence.format(helper.arn, user.arn), 403)
    assert refusal(client.explain_decision, PrincipalArn=user.arn, Action="s3:GetObject", Resource=OBJECT) == told


def test_what_the_answer_shows_of_the_resource_takes_the_permission_to_read_it(
    server: RunningServer, iam: Any, new_user: NewUser
) -> None:
    helper = new_user({"Action": "iam:SimulatePrincipalPolicy"})
    arn = make_role(iam, "Private", server.account_id)
    client = server.client("ostiary", helper.key)
    gone = f"arn:aws:iam::{server.account_id}:role/Gone"
    for resource in (arn, gone):
        told = refusal(client.explain_decision, Action="sts:AssumeRole", Resource=resource)
        assert told == (
            "AccessDeniedException",
            (
                f"User: {helper.arn} is not authorized to perform: iam:GetRole on resource: {resource} "
                "because no identity-based policy allows the iam:GetRole action"
            ),
            403,
        )


def test_what_the_answer_shows_of_another_principal_takes_the_permission_to_read_it(
    server: RunningServer, iam: Any, new_user: NewUser
) -> None:
    other, allowed = new_user(), {"Action": "iam:SimulatePrincipalPolicy"}
    client = server.client("ostiary", new_user(allowed).key)
    asked = {"PrincipalArn": other.arn, "Action": "s3:GetObject", "Resource": OBJECT}
    assert explained(client, **asked)[0] == "implicitDeny"
    iam.tag_user(UserName=other.name, Tags=[{"Key": "salary", "Value": "high"}])
    code, sentence = refusal(client.explain_decision, **asked)[:2]
    assert code == "AccessDeniedException"
    assert f"perform: iam:GetUser on resource: {other.arn}" in sentence
    reader = new_user({"Action": ["iam:SimulatePrincipalPolicy", "iam:GetUser"]})
    _, explanation = explained(server.client("ostiary", reader.key), **asked)
    assert explanation["request"]["context"]["aws:principaltag/salary"] == "high"


def test_who_is_not_there(server: RunningServer, ostiary: Any) -> None:
    for kind, name in (("user", "nobody-here"), ("role", "no-role")):
        arn = f"arn:aws:iam::{server.account_id}:{kind}/{name}"
        told = refusal(ostiary.explain_decision, PrincipalArn=arn, Action="s3:GetObject")
        assert told == ("NoSuchEntity", f"The {kind} with name {name} cannot be found.", 404)
    elsewhere = "arn:aws:iam::444455556666:user/admin"
    assert refusal(ostiary.explain_decision, PrincipalArn=elsewhere, Action="s3:GetObject")[0] == "NoSuchEntity"


NOBODY = "is not the ARN of a user, of a role or of the account's root user."
BAD: list[tuple[dict[str, Any], str]] = [
    ({"Action": "iam:CreateUsr"}, "was iam:CreateUser meant?"),
    ({"Action": "nothing:Do"}, "nothing:Do is not an action of a service that is known."),
    ({"Action": "s3:*"}, "s3:* is not known as an action of Amazon S3"),
    ({"Resource": "reports/q1.csv"}, "reports/q1.csv is not an ARN."),
    ({"Resource": "arn:aws::::"}, "arn:aws:::: is not an ARN."),
    ({"Action": "sts:AssumeRole"}, "name one role's ARN."),
    ({"PrincipalArn": "arn:aws:iam::111122223333:group/devs"}, NOBODY),
    ({"PrincipalArn": "arn:aws:sts::111122223333:assumed-role/a/b"}, NOBODY),
    ({"PrincipalArn": "somebody whom nobody knows"}, NOBODY),
    ({"Context": {"aws:SourceIp": ["192.0.2.1"], "aws:sourceip": ["192.0.2.2"]}}, "is given twice."),
    ({"Context": {"aws:SourceIp": []}}, "has no value: leave it out."),
    ({"Context": {f"k:{number}": ["v"] for number in range(101)}}, "less than or equal to 100"),
]


@pytest.mark.parametrize(("changed", "sentence"), BAD)
def test_bad_input(ostiary: Any, changed: dict[str, Any], sentence: str) -> None:
    told = refusal(ostiary.explain_decision, **{"Action": "s3:GetObject", **changed})
    assert told[0] == "ValidationException"
    assert sentence in told[1]


def test_a_role_of_another_account_is_that_accounts_to_explain(ostiary: Any) -> None:
    told = refusal(ostiary.explain_decision, Action="sts:AssumeRole", Resource="arn:aws:iam::444455556666:role/Theirs")
    assert told == (
        "InvalidInput",
        "The trust policy of arn:aws:iam::444455556666:role/Theirs is another account's to know.",
        400,
    )


def test_an_answer_is_bounded(ostiary: Any, new_user: NewUser) -> None:
    condition = {"StringLike": {f"k:{number}": "x*" for number in range(40)}}
    user = new_user({"Action": "*", "Condition": condition})
    context = {f"k:{number}": ["y" * 2_048] * 20 for number in range(20)}
    asked = {"PrincipalArn": user.arn, "Action": "s3:GetObject", "Resource": OBJECT}
    assert explained(ostiary, **asked, Context=context)[0] == "implicitDeny"
    context = {f"k:{number}": ["y" * 2_048] * 25 for number in range(20)}
    told = refusal(ostiary.explain_decision, **asked, Context=context)
    assert told[:2] == ("InvalidInput", "There is too much context for policies of this size: leave out some of it.")


def test_what_was_not_meant_is_noted(ostiary: Any, new_user: NewUser) -> None:
    user = new_user({"Action": "*"})
    _, explanation = explained(ostiary, PrincipalArn=user.arn, Action="iam:ListUsers", Resource=OBJECT)
    assert explanation["notes"] == [f"iam:ListUsers has no resources, so it was decided on * in place of {OBJECT}."]
    _, explanation = explained(ostiary, PrincipalArn=user.arn, Action="iam:GetUser", Resource=OBJECT)
    assert explanation["notes"] == [f"{OBJECT} is not of a kind that AWS documents for iam:GetUser."]
