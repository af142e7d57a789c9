"""How a request's facts are kept."""

from ostiary.policy import AccessRequest, Principal, PrincipalKind
from tests.policy.cases import CALLERS, Question, ask_engine, document

ANYBODY = Principal(PrincipalKind.ANONYMOUS)


def test_keys_are_kept_in_lower_case() -> None:
    request = AccessRequest(ANYBODY, "iam:GetUser", "*", {"AWS:UserName": "alice", "aws:TagKeys": ("a", "b")})
    assert request.context == {"aws:username": "alice", "aws:tagkeys": ("a", "b")}
    assert (request.action_key, request.resource_parts) == ("iam:getuser", None)


def test_keys_that_differ_by_case_become_one_with_all_values() -> None:
    context = {"aws:RequestTag/Team": "red", "aws:requesttag/team": "blue", "aws:username": "alice"}
    request = AccessRequest(ANYBODY, "iam:TagUser", "*", context)
    assert request.context == {"aws:requesttag/team": ("red", "blue"), "aws:username": "alice"}
    condition = {"StringEquals": {"aws:RequestTag/team": "blue"}}
    allow = document({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition})
    assert ask_engine(Question(CALLERS["alice"], context=context, identity=(allow,)))[0] == "implicit deny"


def test_accounts() -> None:
    alice = Principal(PrincipalKind.USER, "arn:aws:iam::111122223333:user/alice", "111122223333")
    assert not AccessRequest(alice, "iam:GetUser", "*").crosses_accounts
    assert not AccessRequest(alice, "iam:GetUser", "*", resource_account="111122223333").crosses_accounts
    assert AccessRequest(alice, "iam:GetUser", "*", resource_account="444455556666").crosses_accounts
