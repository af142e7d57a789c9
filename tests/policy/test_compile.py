"""What compiling adds to a document."""

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
    assert (compiled.allows, compiled.denies) == (compiled.statements[:1], compiled.statements[1:])


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
