"""What compiling adds to a document."""

import pytest

from ostiary.policy import (
    AccessRequest,
    Condition,
    Effect,
    Patterns,
    PolicyDocument,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    Statement,
    compile_policy,
    decide,
)

SOURCE = PolicySource(PolicyKind.IDENTITY, "arn:aws:iam::111122223333:policy/made", "made")
ALICE = Principal(PrincipalKind.USER, "arn:aws:iam::111122223333:user/alice", "111122223333")
EVERYTHING = Patterns(("*",))


def made_by_hand(*statements: Statement) -> PolicyDocument:
    return PolicyDocument(PolicyKind.IDENTITY, "2012-10-17", statements)


def test_statements_say_where_they_come_from() -> None:
    allow = Statement(Effect.ALLOW, EVERYTHING, EVERYTHING, sid="All")
    deny = Statement(Effect.DENY, EVERYTHING, EVERYTHING)
    compiled = compile_policy(made_by_hand(allow, deny), SOURCE)
    assert [(each.ref.source, each.ref.index, each.ref.sid) for each in compiled.statements] == [
        (SOURCE, 0, "All"),
        (SOURCE, 1, None),
    ]
    assert [each.denies for each in compiled.statements] == [False, True]


@pytest.mark.parametrize(
    ("action", "selected"),
    [
        ("s3:getobject", [0, 1, 2, 4, 5]),
        ("s3:putobject", [1, 3, 4]),
        ("iam:getuser", [1, 2, 3, 4]),
        ("sqs:sendmessage", [1, 3, 4]),
    ],
)
def test_statements_are_selected_by_action_in_their_order(action: str, selected: list[int]) -> None:
    elements = [
        Patterns(("s3:GetObject", "s3:Get*")),
        Patterns(("*",)),
        Patterns(("*:Get*",)),
        Patterns(("s3:G*",), negated=True),
        Patterns(("s3:*", "iam:GetUser", "SQS:*")),
        Patterns(("S3:getobject", "ec2:*")),
    ]
    compiled = compile_policy(made_by_hand(*(Statement(Effect.ALLOW, each, EVERYTHING) for each in elements)), SOURCE)
    assert [each.ref.index for each in compiled.select(action)] == selected


def test_an_operator_that_the_grammar_does_not_know_fails_closed() -> None:
    unknown = (Condition("StringResembles", "aws:username", ("alice",)),)
    allow = Statement(Effect.ALLOW, EVERYTHING, EVERYTHING)
    conditional_allow = Statement(Effect.ALLOW, EVERYTHING, EVERYTHING, conditions=unknown)
    conditional_deny = Statement(Effect.DENY, EVERYTHING, EVERYTHING, conditions=unknown)
    request = AccessRequest(ALICE, "iam:GetUser", "*", {"aws:username": "alice"})
    alone = compile_policy(made_by_hand(conditional_allow), SOURCE)
    assert not decide(request, PolicySet(identity=(alone,))).allowed
    both = compile_policy(made_by_hand(allow, conditional_deny), SOURCE)
    assert decide(request, PolicySet(identity=(both,))).explicit_deny
